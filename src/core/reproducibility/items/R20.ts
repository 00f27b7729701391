// R20: is the accelerator recorded?

import { factEvidence } from '../evidence';
import { type ChecklistItem, missing, partial, pass } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R20',
    question: 'Are type, count and memory of the accelerator recorded?',
    section: 'hardware',
    weight: 'medium',
    reference: 'NeurIPS paper checklist',
  },
  check(context) {
    const { run } = context;
    const has = (...kinds: readonly string[]): boolean => kinds.every((kind) => run.facts.some((fact) => fact.kind === kind));
    const evidence = factEvidence(run, 'gpu', 'gpu_count', 'cpu', 'cpu_count', 'memory_bytes');
    if (has('gpu', 'gpu_count')) return pass('Type and count are recorded.', evidence);
    if (has('gpu') || has('gpu_count'))
      return partial(has('gpu') ? 'The type is recorded, the count is not.' : 'The count is recorded, the type is not.', evidence);
    if (has('cpu_count') || has('cpu')) return partial('The processor is recorded; no accelerator was seen.', evidence);
    return missing(context, 'hardware', 'hardware');
  },
  fix: () => ({
    text: 'Turn on the tracker’s system metrics, or log the device.',
    code: 'log_params({"gpu": torch.cuda.get_device_name(), "n_gpu": torch.cuda.device_count()})',
  }),
  examples: [
    {
      run: {
        facts: [
          { kind: 'gpu', value: 'A100' },
          { kind: 'gpu_count', value: 8 },
        ],
      },
      verdict: 'pass',
    },
    { run: { facts: [{ kind: 'cpu_count', value: 2 }] }, verdict: 'partial' },
    { run: { records: { hardware: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
