// R02: are all random generators covered?

import { inFramework } from '../fixes';
import { type ChecklistItem, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R02',
    question: 'Are all random generators seeded?',
    section: 'seeds',
    weight: 'high',
    reference: 'PyTorch and TensorFlow reproducibility notes',
  },
  check: () => unknown('Unknown: needs the training code.'),
  fix: (framework) =>
    inFramework(
      'Seed Python, NumPy and the framework in one helper, called before anything else.',
      {
        lightning: 'L.seed_everything(seed, workers=True)',
        transformers: 'transformers.set_seed(seed)',
        keras: 'keras.utils.set_random_seed(seed)   # Python, NumPy and the backend',
        jax: 'random.seed(seed); np.random.seed(seed)\nkey = jax.random.key(seed)',
        sklearn: 'np.random.seed(seed)   # and random_state=seed on splitter, cross-validation and estimator',
        boosting: 'np.random.seed(seed)\nparams = {"seed": seed, "bagging_seed": seed, "feature_fraction_seed": seed}',
        pytorch: 'def seed_all(seed):\n    random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)',
      },
      framework,
    ),
  examples: [{ run: { params: { seed: 1 } }, verdict: 'unknown' }],
};
