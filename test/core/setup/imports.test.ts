// Which of a project's files an import means.
import { describe, expect, test } from 'vitest';
import { drawnProject } from '../../support/setup-project';

const helper = (value: string) => `def load():\n    return ${value}\n`;
const script = (line: string) => `${line}\nx = load()\n`;

/** The names of all calls of a file. */
async function callsOf(path: string, files: Readonly<Record<string, string>>): Promise<readonly (string | null)[]> {
  const project = await drawnProject(files);
  return project.modules.filter(({ code }) => code.path === path).flatMap(({ calls }) => calls.map(({ callee, module }) => project.nameOf(callee, module)));
}

describe('imports', () => {
  test('takes the file beside the script before one of that name elsewhere', async () => {
    const files = { 'a/one/run.py': script('from util import load'), 'a/one/util.py': helper('1'), 'a/two/util.py': helper('2'), 'util.py': helper('3') };
    expect(await callsOf('a/one/run.py', files)).toEqual(['a.one.util.load']);
  });

  test('goes up to the folder that has it', async () => {
    const files = { 'src/train/deep/run.py': script('from shared.util import load'), 'src/shared/util.py': helper('1') };
    expect(await callsOf('src/train/deep/run.py', files)).toEqual(['src.shared.util.load']);
  });

  test('means a library by a name that the file itself has', async () => {
    const line = 'from ray import tune\nfrom ray.tune import CLIReporter\ntune.report(loss=1)';
    expect(await callsOf('tune.py', { 'tune.py': script(line) })).toContain('ray.tune.report');
  });

  test('drops the folders above the one in view, where all that is imported of them is in view', async () => {
    const files = { 'run.py': script('from lab.speech.util import load'), 'util.py': helper('1'), 'net.py': 'from lab.speech import util\n' };
    expect(await callsOf('run.py', files)).toEqual(['util.load']);
    expect(await callsOf('run.py', { ...files, 'more.py': 'from lab.speech.missing import other\n' })).toEqual(['lab.speech.util.load']);
  });

  test('takes no library for something that a package hands on', async () => {
    const files = {
      'lab/__init__.py': 'import lab.net\nfrom lab.net import *\n',
      'lab/net.py': 'class Net:\n    pass\n',
      'lab/run.py': 'from lightning import Trainer\nfrom lab import Net\nTrainer()\nNet()\n',
    };
    expect(await callsOf('lab/run.py', files)).toEqual(['lightning.Trainer', 'lab.Net']);
    expect((await drawnProject(files)).classOf('lab.Net')?.dotted).toBe('lab.net.Net');
  });

  test('follows what a module imports and hands on with all of its names', async () => {
    const files = {
      'lab/net.py': 'from .parts import *\nclass Net(nn.Module):\n    pass\nnn.Linear(2, 1)\n',
      'lab/parts.py': 'from torch import nn\nclass Block(nn.Module):\n    pass\n',
    };
    expect(await callsOf('lab/net.py', files)).toEqual(['torch.nn.Linear']);
  });

  test('takes the whole name before the short one of a file that is named like its package', async () => {
    const files = {
      'lab/lab.py': '',
      'lab/train/__init__.py': 'from .fit import Fitter\n',
      'lab/train/fit.py': 'import lightning as L\nclass Fitter(L.Trainer):\n    pass\n',
      'lab/run.py': 'from lab.train import Fitter\nfitter = Fitter()\nfitter.fit(net)\n',
    };
    expect(await callsOf('lab/run.py', files)).toEqual(['lab.train.Fitter', 'lightning.Trainer.fit']);
  });

  test('finds the method of a base through super', async () => {
    const files = { 'a.py': 'import lightning as L\nclass Fitter(L.Trainer):\n    def fit(self, net):\n        super().fit(net)\nFitter().fit(net)\n' };
    expect(await callsOf('a.py', files)).toContain('lightning.Trainer.fit');
  });

  test('leaves libraries what they are', async () => {
    const files = {
      'lab/run.py': 'import random\nfrom torch.utils.data import DataLoader\nrandom.random()\nDataLoader()\n',
      'lab/random.py': helper('1'),
      'utils/data.py': '',
    };
    expect(await callsOf('lab/run.py', files)).toEqual(['random.random', 'torch.utils.data.DataLoader']);
  });
});
