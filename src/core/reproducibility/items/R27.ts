// R27: can the evaluated checkpoint be identified?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const weightFile = /\.(ckpt|pt|pth|safetensors|h5|keras|onnx|joblib|skops|ubj|cbm)$|(^|\/)(MLmodel|model\.pkl|checkpoint-\d+\/.*)$/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R27',
    question: 'Can the evaluated checkpoint be identified, and was the test set used once?',
    section: 'checkpoints',
    weight: 'high',
    reference: 'ML Reproducibility Checklist',
  },
  check({ run }) {
    const checkpoints = factValue(run.facts, 'checkpoint') ?? [];
    const evidence = factEvidence(run, 'checkpoint');
    const repeated = run.series.filter((series) => series.split === 'test' && series.count > 3).map(({ name }) => name);
    const warning =
      repeated.length > 0
        ? ` ${repeated[0]} was logged ${repeated.length > 1 ? 'like others of the test set ' : ''}many times: choosing by it would use the test set up.`
        : '';
    if (checkpoints.some(({ digest, step }) => digest !== null && step !== null) && warning === '')
      return pass('A checkpoint with its step and digest is recorded.', evidence);
    if (checkpoints.length > 0) return partial(`Checkpoints are recorded without a digest.${warning}`, evidence);
    const files = artifactsLike(run, weightFile);
    return files.length > 0
      ? partial(`A model is saved, without step and digest.${warning}`, artifactEvidence(files))
      : unknown(`Unknown: no checkpoint is recorded.${warning}`);
  },
  fix: () => ({
    text: 'Save the checkpoint with its step and a hash, and evaluate on the test set once, at the end.',
    code: 'mlflow.pytorch.log_model(model, name="best", step=best_step)',
  }),
  examples: [
    { run: { facts: [{ kind: 'checkpoint', value: [{ path: 'best.pt', step: 10, digest: 'sha256:00' }] }] }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'best.ckpt', size: 1, kind: 'file' }] }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
