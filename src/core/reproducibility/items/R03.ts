// R03: were deterministic kernels requested or declined on purpose?

import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { inFramework } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

const setting = /^(deterministic|full_determinism|use_deterministic_algorithms|op_determinism|TF_DETERMINISTIC_OPS)$/i;
/** Half the way: one library's flag, or a precondition. */
const half = /^(cudnn_)?(benchmark|deterministic)$|^cudnn_|^CUBLAS_WORKSPACE_CONFIG$|^XLA_FLAGS$/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R03',
    question: 'Were deterministic kernels requested, or declined on purpose?',
    section: 'seeds',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check({ run }) {
    const fact = Object.entries(factValue(run.facts, 'determinism') ?? {}).filter(([, value]) => value !== null);
    const params = paramsLike(run, setting).filter(({ key }) => !/cudnn/i.test(key));
    const [known] = [...params.map(({ key, value }) => [key, value] as const), ...fact.filter(([key]) => setting.test(key))];
    const evidence = params.length > 0 ? paramEvidence(params) : factEvidence(run, 'determinism');
    if (known) return pass(`Determinism is documented: ${known[0]} = ${String(known[1])}.`, evidence);
    const only = paramsLike(run, half);
    if (only.length > 0) return partial(`Only a part is recorded: ${only.map(({ key }) => key).join(', ')}.`, paramEvidence(only));
    const part = fact.filter(([key]) => half.test(key));
    if (part.length > 0) return partial(`Only a part is recorded: ${part.map(([key]) => key).join(', ')}.`, factEvidence(run, 'determinism'));
    return unknown('Unknown: no determinism setting is recorded.');
  },
  fix: (framework) =>
    inFramework(
      'Ask for deterministic kernels, or record that they are off on purpose.',
      {
        lightning: 'Trainer(deterministic="warn")',
        transformers: 'TrainingArguments(..., full_determinism=True)',
        keras: 'tf.config.experimental.enable_op_determinism()',
        jax: 'os.environ["XLA_FLAGS"] = "--xla_gpu_deterministic_ops=true --xla_gpu_autotune_level=0"   # before jax is imported; record it',
        boosting: 'params = {"deterministic": True, "force_row_wise": True, "num_threads": 4}   # LightGBM; XGBoost: a fixed nthread',
        pytorch:
          'os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"   # before CUDA starts\ntorch.use_deterministic_algorithms(True, warn_only=True)\ntorch.backends.cudnn.benchmark = False',
      },
      framework,
    ),
  examples: [
    { run: { params: { 'trainer.deterministic': 'True' } }, verdict: 'pass' },
    { run: { params: { full_determinism: false } }, verdict: 'pass' },
    { run: { params: { benchmark: false } }, verdict: 'partial' },
    { run: { params: { cudnn_deterministic: true } }, verdict: 'partial' },
    { run: { params: { 'trainer.deterministic': null } }, verdict: 'unknown' },
    { run: { facts: [{ kind: 'determinism', value: { tf32: true } }] }, verdict: 'unknown' },
    { run: { params: { lr: 0.1 } }, verdict: 'unknown' },
  ],
};
