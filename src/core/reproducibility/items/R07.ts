// R07: is the split recorded and reproducible?

import { artifactEvidence, artifactsLike, isUnset, paramEvidence, paramsLike, seedParams } from '../evidence';
import { andRecord, inFramework } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const ratio = /^(test_size|val_size|valid_size|(train|val|valid|validation|test)_(split|ratio|fraction|frac)|split_ratio|n_?folds?|k_?folds?)$/i;
const hashed = /^(split|(train|val|test)_(ids?|indices))_?(hash|sha256|sha1|md5|digest)$/i;
const pinned = /^(split_?seed|split_?(id|file|version)|fold|fold_(id|idx|index))$/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R07',
    question: 'Is the split recorded, and can it be made again?',
    section: 'data',
    weight: 'high',
    reference: 'ML Reproducibility Checklist; REFORMS',
  },
  check({ run }) {
    const files = artifactsLike(run, /(^|[/_.-])(splits?|indices|folds?)[^/]*\.(json|csv|txt|npy|npz|parquet|ya?ml)$/i);
    if (files.length > 0) return pass('The split is saved as a file.', artifactEvidence(files));
    const hashes = paramsLike(run, hashed);
    if (hashes.length > 0) return pass('The members of the split are pinned by a hash.', paramEvidence(hashes));
    const ratios = paramsLike(run, ratio);
    const pins = paramsLike(run, pinned).filter(({ value }) => !isUnset(value) || value === 0);
    if (pins.length > 0) return partial('The split is described by its ratio, seed or fold, not by its members.', paramEvidence([...ratios, ...pins]));
    const seeds = seedParams(run).filter(({ value }) => typeof value === 'number');
    if (ratios.length > 0 && seeds.length > 0)
      return partial('The split has a ratio, and the run a seed that may be the split’s; its members are not recorded.', paramEvidence([...ratios, ...seeds]));
    return ratios.length > 0 ? fail('The split has a ratio, and no seed is recorded.', paramEvidence(ratios)) : unknown('Unknown: no split is recorded.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Save the indices or ids of each part with the run; at least seed the split and record the seed.',
        {
          sklearn: 'train_idx, test_idx = train_test_split(np.arange(len(X)), test_size=0.2, random_state=split_seed)',
          transformers: 'ds = ds.train_test_split(test_size=0.1, seed=split_seed)',
          keras: 'train_idx, val_idx = np.split(np.random.default_rng(split_seed).permutation(n), [int(0.9 * n)])',
          pytorch:
            'train, val = random_split(ds, [0.9, 0.1], generator=torch.Generator().manual_seed(split_seed))\ntrain_idx, val_idx = train.indices, val.indices',
        },
        framework,
      ),
      tracker === 'wandb'
        ? 'np.savez("split.npz", train=train_idx, val=val_idx); wandb.save("split.npz")'
        : tracker === 'mlflow' || tracker === undefined
          ? 'np.savez("split.npz", train=train_idx, val=val_idx); mlflow.log_artifact("split.npz")'
          : 'np.savez(f"{log_dir}/split.npz", train=train_idx, val=val_idx)',
    ),
  examples: [
    { run: { artifacts: [{ path: 'data/split.json', size: 10, kind: 'file' }] }, verdict: 'pass' },
    { run: { params: { test_size: 0.2, split_seed: 3 } }, verdict: 'partial' },
    { run: { params: { split_sha256: 'ab' } }, verdict: 'pass' },
    { run: { params: { test_size: 0.2, seed: 1 } }, verdict: 'partial' },
    { run: { params: { test_size: 0.2 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
