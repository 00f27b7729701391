// R20: is the accelerator recorded?

import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, logParam } from '../fixes';
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
    const names = paramsLike(run, /^(gpu(_?(name|type|model))?|device_name|accelerator(_type)?)$/i).filter(
      ({ value }) => typeof value === 'string' && !/^(auto|gpu|cuda(:\d+)?)$/i.test(value),
    );
    const counts = paramsLike(run, /^(n_?gpus?|num_gpus|gpu_count|device_count)$/i).filter(({ value }) => typeof value === 'number' && value > 0);
    if (names.length > 0 && counts.length > 0) return pass('Type and count are recorded as params.', paramEvidence([...names, ...counts]));
    const evidence = factEvidence(run, 'gpu', 'gpu_count', 'cpu', 'cpu_count', 'memory_bytes');
    if (has('gpu', 'gpu_count')) return pass('Type and count are recorded.', evidence);
    if (has('gpu') || has('gpu_count'))
      return partial(has('gpu') ? 'The type is recorded, the count is not.' : 'The count is recorded, the type is not.', evidence);
    if (has('cpu_count') || has('cpu')) return partial('The processor is recorded; no accelerator was seen.', evidence);
    return missing(context, 'hardware', 'hardware');
  },
  fix: (framework, tracker) => {
    const fix = inFramework(
      'Turn on the tracker’s system metrics, and record the device.',
      {
        keras: 'gpus = [tf.config.experimental.get_device_details(g)["device_name"] for g in tf.config.list_physical_devices("GPU")]',
        jax: 'gpus = [d.device_kind for d in jax.devices()]',
        pytorch: 'gpus = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]',
      },
      framework,
    );
    const devices = fix.code === undefined ? '' : `${logParam('gpu', 'gpus[0]', tracker)}\n${logParam('n_gpu', 'len(gpus)', tracker)}`;
    return tracker === 'mlflow' || tracker === undefined
      ? andRecord(fix, ['mlflow.enable_system_metrics_logging()', devices].filter((line) => line !== '').join('\n'))
      : devices === ''
        ? fix
        : andRecord(fix, devices);
  },
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
    { run: { params: { gpu: 'A100', n_gpu: 2 } }, verdict: 'pass' },
    { run: { facts: [{ kind: 'cpu_count', value: 2 }] }, verdict: 'partial' },
    { run: { records: { hardware: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
