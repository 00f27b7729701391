// R03: were deterministic kernels requested or declined on purpose?

import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const setting = /^(deterministic|full_determinism|use_deterministic_algorithms|op_determinism|cudnn_deterministic)$/i;
const benchmark = /^(cudnn_)?benchmark$/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R03',
    question: 'Were deterministic kernels requested, or declined on purpose?',
    section: 'seeds',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check({ run }) {
    const found = paramsLike(run, setting);
    if (found.length > 0) return pass(`Determinism is documented: ${found.map(({ key, value }) => `${key} = ${value}`).join(', ')}.`, paramEvidence(found));
    if (run.facts.some((fact) => fact.kind === 'determinism')) return pass('Determinism flags are recorded.', factEvidence(run, 'determinism'));
    const only = paramsLike(run, benchmark);
    if (only.length > 0) return partial('Only the cuDNN benchmark flag is recorded.', paramEvidence(only));
    return unknown('Unknown: no determinism setting is recorded.');
  },
  fix: (framework) =>
    framework === 'lightning'
      ? { text: 'Ask for deterministic kernels.', code: 'Trainer(deterministic="warn")' }
      : framework === 'keras'
        ? { text: 'Ask for deterministic kernels.', code: 'tf.config.experimental.enable_op_determinism()' }
        : {
            text: 'Ask for deterministic kernels, or log that they are off on purpose.',
            code: 'torch.use_deterministic_algorithms(True, warn_only=True)\ntorch.backends.cudnn.benchmark = False',
          },
  examples: [
    { run: { params: { 'trainer.deterministic': 'True' } }, verdict: 'pass' },
    { run: { params: { benchmark: false } }, verdict: 'partial' },
    { run: { params: { lr: 0.1 } }, verdict: 'unknown' },
  ],
};
