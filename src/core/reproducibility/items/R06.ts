// R06: is the exact dataset version recorded?

import { type Dataset, factValue } from '../../model/facts';
import { dataParams, factEvidence, paramEvidence, paramsLike } from '../evidence';
import { inTracker, runJson } from '../fixes';
import { type ChecklistItem, missing, partial, pass } from '../item';
import { type DataLevel, dataLevel, dataLevelTexts } from '../ladders';

const revision = /(^|[._/])(data(set)?|corpus)[._]?(revision|commit|sha256|sha1|md5|hash|digest)$/i;

/** The weakest set counts: a chain of data is as exact as its least exact link. */
function weakest(sets: readonly Dataset[]): { readonly level: DataLevel; readonly set: Dataset } | null {
  const [first, ...others] = sets.map((set) => ({ level: dataLevel(set), set }));
  return first ? others.reduce((low, one) => (one.level < low.level ? one : low), first) : null;
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
    const sets = factValue(run.facts, 'datasets') ?? [];
    const evidence = factEvidence(run, 'datasets');
    const low = weakest(sets);
    const hashes = paramsLike(run, revision).filter(({ value }) => typeof value === 'string' && dataLevel({ name: '', digest: value }) === 'S4');
    if (hashes.length > 0 && (low === null || low.level < 'S3'))
      return pass(`A hash or full revision of the data stands among the params (${dataLevelTexts.S4}).`, paramEvidence(hashes));
    if (low) {
      const text = `${sets.length === 1 ? '' : `The weakest of ${sets.length} data sets, `}${low.set.name}: ${dataLevelTexts[low.level]}.`;
      return low.level >= 'S3' ? pass(text, evidence) : partial(text, evidence);
    }
    const named = dataParams(run);
    return named.length > 0 ? partial(`The data are named in the params (${dataLevelTexts.S1}).`, paramEvidence(named)) : missing(context, 'data', 'the data');
  },
  fix: (framework, tracker) =>
    framework === 'transformers' && tracker !== 'mlflow' && tracker !== 'wandb'
      ? { text: 'Pin the revision of the data set, and record it.', code: 'load_dataset(name, revision="<40-hex commit>")' }
      : inTracker(
          'Record the data with a hash of its files or an immutable version. MLflow’s own digest is over the first 10,000 rows: add the hash of the file.',
          {
            mlflow:
              'mlflow.log_input(mlflow.data.from_pandas(df, name="train"), context="training")\nmlflow.log_param("data_sha256", hashlib.sha256(Path("train.parquet").read_bytes()).hexdigest())',
            wandb: 'run.use_artifact("train-set:v3")   # or log it first: run.log_artifact("train.parquet", name="train-set", type="dataset")',
            files: runJson('"data_sha256": hashlib.sha256(Path("train.parquet").read_bytes()).hexdigest()'),
          },
          tracker,
        ),
  examples: [
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: 'd41d8cd98f00b204e9800998ecf8427e' }] }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: null, version: 'v3' }] }] }, verdict: 'pass' },
    { run: { params: { dataset_revision: 'a'.repeat(40) } }, verdict: 'pass' },
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: 'a1b2c3d4' }] }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'datasets', value: [{ name: 'digits', digest: null, version: 'main' }] }] }, verdict: 'partial' },
    {
      run: {
        facts: [
          {
            kind: 'datasets',
            value: [
              { name: 'a', digest: 'd41d8cd98f00b204e9800998ecf8427e' },
              { name: 'b', digest: null },
            ],
          },
        ],
      },
      verdict: 'partial',
    },
    { run: { params: { 'data.name': 'cifar10' } }, verdict: 'partial' },
    { run: { records: { data: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
