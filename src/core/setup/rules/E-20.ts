// Requirements that take whatever version is newest.

import { lockFiles, type Requirement, requirementsOf } from '../facts/environment';
import { seemsToTrain } from '../facts/unrecognised';
import type { SetupRule } from '../rule';

/** Libraries whose version changes what is trained. */
const matters =
  /^(torch|pytorch|torchvision|torchaudio|torchtext|torchmetrics|torch-geometric|tensorflow|tensorflow-gpu|tensorflow-cpu|tf-nightly|keras|tf-keras|jax|jaxlib|flax|optax|haiku|dm-haiku|equinox|orbax-checkpoint|lightning|pytorch-lightning|transformers|datasets|tokenizers|accelerate|peft|trl|diffusers|evaluate|sentence-transformers|timm|scikit-learn|sklearn|xgboost|lightgbm|catboost|imbalanced-learn|numpy|scipy|pandas|polars|fastai|ultralytics|stable-baselines3|sb3-contrib|gym|gymnasium|ray|optuna|mlflow|wandb|neptune|comet-ml|clearml|dvclive|aim|hydra-core|deepspeed|bitsandbytes|spacy|gensim|nltk|albumentations|opencv-python|kornia|monai|einops|mxnet|paddlepaddle|pyro-ppl|dgl|statsmodels|cupy|numba|xformers|vllm|flash-attn|aif360|fairlearn|deepxde|talos|keras-tuner|autokeras|hyperopt|tensorflow-(probability|addons|datasets|hub|text|privacy)|dm-sonnet|chex|numpyro|gpjax|gpytorch|botorch|category-encoders|shap|sktime|darts|prophet|pycaret|tpot|segmentation-models(-pytorch)?|efficientnet|pytorch-tabnet)(-cu\d+)?$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-20',
    title: 'Requirements are pinned',
    severity: 'warn',
    why: 'An open version installs something else next month: the same commit then trains another model, or fails.',
    source: 'mllint, dependency-management/use; pip, “Repeatable installs”',
  },
  *check({ project, trainings, own }) {
    if ((trainings.length === 0 && !seemsToTrain(project)) || lockFiles(project).length > 0) return;
    // Bounds are what a package should have that others install beside their own.
    const isOffered = own.length === 0;
    const all = requirementsOf(project);
    const isPackages = ({ source }: Requirement) => source === 'pyproject' || source === 'setup';
    // A range in `setup.py` is meant; a bare name, where nothing else says more, is none.
    const isMeant = ({ source, version }: Requirement) => source === 'setup' && (version !== '' || all.some((one) => one.source !== 'setup'));
    const open = all.filter((one) => !one.pinned && matters.test(one.name) && counts(one) && !(isOffered && isPackages(one)) && !isMeant(one));
    const [first] = open;
    if (!first) return;
    const inNotebook = first.source === 'notebook';
    yield {
      kind: 'finding',
      confidence: first.source === 'requirements' || inNotebook ? 0.9 : 0.7,
      places: open.map(({ place }) => ({ place })),
      summary: `${listed(open)} ${open.length === 1 ? 'is' : 'are'} not pinned to a version.`,
      fix: {
        text: inNotebook ? 'Install exact versions.' : 'Pin exact versions, or keep a lock file beside the requirements.',
        code: inNotebook ? `%pip install ${first.name}==<version>` : 'uv pip compile requirements.txt -o requirements.lock',
        edits: [],
      },
    };
  },
};

/** What tests, documents and checks need trains nothing. */
const counts = ({ place }: Requirement): boolean =>
  !/(dev|docs?|tests?|lint|ci|build|style|tox|quality|examples?)[\w.-]*\.txt$/i.test(place.file.split('/').at(-1) ?? '');

const listed = (all: readonly Requirement[]): string => {
  const names = [...new Set(all.map(({ name }) => name))];
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.length > 1
      ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
      : (names[0] ?? '');
};
