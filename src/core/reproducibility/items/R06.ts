// R06: is the exact dataset version recorded?

import type { Dataset } from '../../model/facts';
import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, missing, partial, pass } from '../item';

const contentHash = /^(sha256:|md5:|sha1:)?[0-9a-f]{32,64}(\.dir)?$/i;
const immutableVersion = /(:v\d+|@[0-9a-f]{7,64}|^v\d+(\.\d+)*|^[0-9a-f]{40})$/i;
const dataParam = /(^|[./])(train_)?(data|datasets?|corpus)([._/]?(set|dir|path|root|file|name|version|revision|id))?$/i;

/** Strength of what pins a data set: a full hash or an immutable version beats a short digest, which beats a name. */
function strength({ digest, version }: Dataset): 'exact' | 'digest' | 'name' {
  if ((digest && contentHash.test(digest)) || (version && (immutableVersion.test(version) || contentHash.test(version)))) return 'exact';
  return digest || version ? 'digest' : 'name';
}

export const item: ChecklistItem = {
  meta: {
    id: 'R06',
    question: 'Is the exact version of the data recorded?',
    section: 'data',
    weight: 'critical',
    reference: 'ML Reproducibility Checklist; DVC',
  },
  check(context) {
    const { run } = context;
    const datasets = factValue(run.facts, 'datasets') ?? [];
    const evidence = factEvidence(run, 'datasets');
    if (datasets.length > 0 && datasets.every((dataset) => strength(dataset) === 'exact'))
      return pass('Every data set is pinned by a content hash or an immutable version.', evidence);
    if (datasets.some((dataset) => strength(dataset) !== 'name'))
      return partial('The data carry a short or sampled digest: it tells changes, but does not pin every byte.', evidence);
    if (datasets.length > 0) return partial('The data are named without a version.', evidence);
    const named = paramsLike(run, dataParam).filter(({ value }) => typeof value === 'string');
    return named.length > 0 ? partial('The data are named in the params, without a version.', paramEvidence(named)) : missing(context, 'data', 'the data');
  },
  fix: (framework) =>
    framework === 'transformers'
      ? { text: 'Pin the data set’s revision.', code: 'load_dataset(name, revision="<40-hex commit>")' }
      : {
          text: 'Log the data set with a digest of its files or an immutable version.',
          code: 'mlflow.log_input(mlflow.data.from_pandas(df, name="train"), context="training")\n# or: run.use_artifact("train-set:v3")',
        },
  examples: [
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: 'd41d8cd98f00b204e9800998ecf8427e' }] }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: 'a1b2c3d4' }] }] }, verdict: 'partial' },
    { run: { params: { 'data.name': 'cifar10' } }, verdict: 'partial' },
    { run: { records: { data: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
