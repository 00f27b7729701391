// R01: is a seed recorded?

import { factValue } from '../../model/facts';
import { factEvidence, hasParams, isUnset, paramEvidence, seedParams } from '../evidence';
import { andRecord, inFramework, logParam } from '../fixes';
import { type ChecklistItem, fail, missing, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R01',
    question: 'Is a seed recorded?',
    section: 'seeds',
    weight: 'critical',
    reference: 'ML Reproducibility Checklist; PyTorch reproducibility notes',
  },
  check(context) {
    const { run } = context;
    const seeds = seedParams(run);
    const set = seeds.filter(
      ({ value }) =>
        [value].flat().every((one) => (typeof one === 'number' && one !== -1) || typeof one === 'bigint') && !(Array.isArray(value) && value.length === 0),
    );
    if (set.length > 0) return pass(`Seed recorded: ${set.map(({ key, value }) => `${key} = ${String(value)}`).join(', ')}.`, paramEvidence(set));
    if (factValue(run.facts, 'seed') !== undefined) return pass('A seed is recorded.', factEvidence(run, 'seed'));
    const unset = seeds.filter(({ value }) => isUnset(value));
    if (unset.length > 0) return fail('There is a seed setting, and it was not set.', paramEvidence(unset));
    if (/\bseed[= ]\d+/i.test(factValue(run.facts, 'command') ?? '')) return partial('A seed stands only in the command line.', factEvidence(run, 'command'));
    if (hasParams(run) && (context.records.seed ?? 'never') !== 'never') return fail('Params were logged, and no seed is among them.');
    return hasParams(run) ? missing(context, 'seed', 'a seed') : unknown('Unknown: no params were logged.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Seed all generators in one helper at the start, and record the value.',
        {
          lightning: 'L.seed_everything(seed, workers=True)\nself.save_hyperparameters()   # with the seed among them',
          transformers: 'TrainingArguments(..., seed=42, data_seed=42)',
          keras: 'keras.utils.set_random_seed(seed)',
          jax: 'key = jax.random.key(seed)   # all keys are split from this one',
          sklearn: 'train_test_split(X, y, random_state=seed)\nestimator = RandomForestClassifier(random_state=seed)   # and the cross-validation’s splitter',
          boosting: 'params = {"seed": seed, ...}   # LightGBM: also deterministic=True, a fixed num_threads',
          pytorch: 'random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)',
        },
        framework,
      ),
      logParam('seed', 'seed', tracker),
    ),
  examples: [
    { run: { params: { 'train.seed': '7' } }, verdict: 'pass' },
    { run: { params: { seeds: 3, seed: [0, 1] } }, verdict: 'pass' },
    { run: { facts: [{ kind: 'command', value: 'train.py --seed 3' }] }, verdict: 'partial' },
    { run: { params: { seed: null } }, verdict: 'fail' },
    { run: { params: { lr: 1 }, records: { seed: 'optional' } }, verdict: 'fail' },
    { run: { params: { lr: 1 } }, verdict: 'unknown' },
    { run: { params: { seed: -1 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
