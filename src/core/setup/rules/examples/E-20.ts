// Code on which E-20 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'bare names in setup.py, and nothing else',
      files: {
        'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n',
        'setup.py': 'from setuptools import setup\nsetup(\n    name="lab",\n    install_requires=[\n        "tqdm",\n        "scikit-learn",\n    ],\n)\n',
      },
      at: 'setup.py:6',
    },
    {
      title: 'what is trained is named in settings only',
      files: {
        'train.py':
          'import importlib\ndef get(module, name):\n    return getattr(importlib.import_module(module), name)\nmodel = get(cfg["module"], cfg["class"])()\nmodel.fit(x, y)\n',
        'requirements.txt': 'scikit-learn>=1.0\n',
      },
      at: 'requirements.txt:1',
    },
    {
      title: 'a lower bound',
      files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n', 'requirements.txt': 'pyyaml\nscikit-learn>=1.0\nnumpy\n' },
      at: 'requirements.txt:2',
    },
    {
      title: 'a cell that installs',
      files: {
        'a.ipynb':
          '{"cells":[{"cell_type":"code","source":["!pip install -q scikit-learn\\n"]},{"cell_type":"code","source":["from sklearn.linear_model import Ridge\\n","Ridge().fit(x, y)"]}],"metadata":{}}',
      },
      at: 'a.ipynb:1',
    },
  ],
  silent: [
    {
      title: 'ranges in setup.py',
      files: {
        'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n',
        'setup.py': 'from setuptools import setup\nsetup(name="lab", install_requires=[\n    "scikit-learn>=1.4",\n])\n',
      },
    },
    {
      title: 'bare names in setup.py beside pinned requirements',
      files: {
        'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n',
        'setup.py': 'from setuptools import setup\nsetup(\n    name="lab",\n    install_requires=["scikit-learn"],\n)\n',
        'requirements.txt': 'scikit-learn==1.5.2\n',
      },
    },
    {
      title: 'nothing is asked to train',
      files: {
        'app.py': 'from sklearn.preprocessing import StandardScaler\nStandardScaler().fit(x)\n',
        'requirements.txt': 'scikit-learn>=1.0\n',
      },
    },
    {
      title: 'pinned, with markers, hashes and commits',
      files: {
        'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n',
        'requirements.txt':
          'scikit-learn==1.5.2 ; python_version > "3.9"\nnumpy \\\n    --hash=sha256:aa\ntransformers @ git+https://example.org/t.git@0123456789abcdef0123456789abcdef01234567\ntyping-extensions\n',
      },
    },
    {
      title: 'a lock beside it',
      files: { 'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n', 'requirements.txt': 'numpy\n', 'uv.lock': 'version = 1\n' },
    },
    {
      title: 'for developers only',
      files: {
        'train.py': 'from sklearn.linear_model import Ridge\nRidge().fit(x, y)\n',
        'requirements.txt': 'scikit-learn==1.5.2\n',
        'requirements-docs.txt': 'numpy\n',
      },
    },
  ],
};
