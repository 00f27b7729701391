// R07: is the split recorded and reproducible?

import { artifactEvidence, artifactsLike, isUnset, paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const ratio = /^(test_size|val_size|valid_size|(train|val|valid|validation|test)_(split|ratio|fraction|frac)|split_ratio|n_?folds?|k_?folds?)$/i;
const pinned = /^(split_?seed|split_?(id|hash|file|version)|fold|fold_(id|idx|index))$/i;

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
    const ratios = paramsLike(run, ratio);
    const pins = paramsLike(run, pinned).filter(({ value }) => !isUnset(value) || value === 0);
    if (pins.length > 0) return partial('The split is described by its ratio, seed or fold, not by its members.', paramEvidence([...ratios, ...pins]));
    return ratios.length > 0 ? fail('The split has a ratio and no seed of its own.', paramEvidence(ratios)) : unknown('Unknown: no split is recorded.');
  },
  fix: () => ({
    text: 'Save the indices or ids of each part as an artifact, or log the split’s seed.',
    code: 'np.savez("split.npz", train=train_idx, val=val_idx, test=test_idx)',
  }),
  examples: [
    { run: { artifacts: [{ path: 'data/split.json', size: 10, kind: 'file' }] }, verdict: 'pass' },
    { run: { params: { test_size: 0.2, split_seed: 3 } }, verdict: 'partial' },
    { run: { params: { test_size: 0.2 } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
