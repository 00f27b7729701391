// R04: are data order and workers controlled?

import { isUnset, paramEvidence, paramsLike, seedParams } from '../evidence';
import { inFramework } from '../fixes';
import { type ChecklistItem, partial, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R04',
    question: 'Are data order and loader workers controlled?',
    section: 'seeds',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check({ run }) {
    const found = paramsLike(run, /^data_?seed$/i).filter(({ value }) => !isUnset(value) || value === 0);
    const workers = paramsLike(run, /^(dataloader_)?(num_)?workers$|^num_proc(esses)?_data$/i).filter(({ value }) => value === 0);
    if (found.length > 0) return partial('The data order has its own seed; how workers are seeded needs the training code.', paramEvidence(found));
    const seeds = seedParams(run).filter(({ value }) => typeof value === 'number');
    return workers.length > 0 && seeds.length > 0
      ? partial(
          'There are no worker processes, so the order follows the seed, if the loader is seeded; that needs the training code.',
          paramEvidence([...workers, ...seeds]),
        )
      : unknown('Unknown: needs the training code.');
  },
  fix: (framework) =>
    inFramework(
      'Seed the order of the data and the workers that load them.',
      {
        lightning: 'L.seed_everything(seed, workers=True)   # seeds each loader worker',
        transformers: 'TrainingArguments(..., data_seed=42, dataloader_num_workers=4)',
        keras: 'options = tf.data.Options(); options.deterministic = True\nds = ds.shuffle(10_000, seed=seed).with_options(options)',
        jax: 'loader = grain.DataLoader(..., sampler=grain.IndexSampler(n, shuffle=True, seed=seed))',
        sklearn: 'KFold(n_splits=5, shuffle=True, random_state=seed)',
        boosting: 'params = {"data_random_seed": seed, "num_threads": 4}',
        pytorch:
          'g = torch.Generator(); g.manual_seed(seed)\ndef seed_worker(_): s = torch.initial_seed() % 2**32; np.random.seed(s); random.seed(s)\nDataLoader(ds, generator=g, worker_init_fn=seed_worker)',
      },
      framework,
    ),
  examples: [
    { run: { params: { data_seed: 3 } }, verdict: 'partial' },
    { run: { params: { num_workers: 0, seed: 1 } }, verdict: 'partial' },
    { run: { params: { num_workers: 4, seed: 1 } }, verdict: 'unknown' },
    { run: { params: { seed: 3 } }, verdict: 'unknown' },
  ],
};
