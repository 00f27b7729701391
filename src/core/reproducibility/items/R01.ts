// R01: is a seed recorded?

import { factValue } from '../../model/facts';
import { factEvidence, hasParams, isUnset, paramEvidence, seedParams } from '../evidence';
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
    const set = seeds.filter(({ value }) => typeof value === 'number' && value !== -1);
    if (set.length > 0) return pass(`Seed recorded: ${set.map(({ key, value }) => `${key} = ${value}`).join(', ')}.`, paramEvidence(set));
    if (factValue(run.facts, 'seed') !== undefined) return pass('A seed is recorded.', factEvidence(run, 'seed'));
    const unset = seeds.filter(({ value }) => isUnset(value));
    if (unset.length > 0) return fail('There is a seed setting, and it was not set.', paramEvidence(unset));
    if (/\bseed[= ]\d+/i.test(factValue(run.facts, 'command') ?? '')) return partial('A seed stands only in the command line.', factEvidence(run, 'command'));
    if (hasParams(run) && (context.records.seed ?? 'never') !== 'never') return fail('Params were logged, and no seed is among them.');
    return hasParams(run) ? missing(context, 'seed', 'a seed') : unknown('Unknown: no params were logged.');
  },
  fix: (framework) =>
    ({
      lightning: {
        text: 'Seed everything at the start and save the value with the hyperparameters.',
        code: 'L.seed_everything(cfg.seed, workers=True)\nself.save_hyperparameters()',
      },
      transformers: { text: 'Set the seed explicitly.', code: 'TrainingArguments(..., seed=42, data_seed=42)' },
      keras: { text: 'Set and log one seed.', code: 'keras.utils.set_random_seed(seed)' },
      jax: { text: 'Derive all keys from one logged seed.', code: 'key = jax.random.key(cfg.seed)' },
      sklearn: {
        text: 'Pass random_state to the splitter, the cross-validation and the estimator, and log it.',
        code: 'train_test_split(X, y, random_state=seed)',
      },
      boosting: { text: 'Set the library’s seed and log it.', code: 'params = {"seed": seed, ...}' },
      pytorch: { text: 'Seed all generators in one helper and log the value.', code: 'random.seed(s); np.random.seed(s); torch.manual_seed(s)' },
    })[framework ?? 'pytorch'],
  examples: [
    { run: { params: { 'train.seed': '7' } }, verdict: 'pass' },
    { run: { params: { seed: null } }, verdict: 'fail' },
    { run: { params: { seed: -1 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
