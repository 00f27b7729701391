// R18: are CUDA, driver and framework build recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { andRecord, inFramework } from '../fixes';
import { type ChecklistItem, missing, notApplicable, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R18',
    question: 'Are CUDA, driver and the framework’s build recorded?',
    section: 'environment',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check(context) {
    const { run } = context;
    const packages = factValue(run.facts, 'packages') ?? {};
    const torch = packages.torch || factValue(run.facts, 'framework')?.torch || '';
    const cuda = factValue(run.facts, 'cuda');
    const build = /\+(cu|rocm)\d/.test(torch)
      ? `torch ${torch}`
      : Object.keys(packages).find((name) => /^nvidia-cuda-runtime|^jax-cuda|^cudatoolkit$/i.test(name));
    const evidence = factEvidence(run, 'cuda', 'packages', 'framework');
    const reports = [artifactsLike(run, /nvidia[-_]smi[^/]*$/i), artifactsLike(run, /(^|\/)(collect_env|build)[^/]*\.txt$/i)];
    if (reports.every((found) => found.length > 0)) return pass('The reports of driver and framework are saved.', artifactEvidence(reports.flat()));
    if (cuda && build) return pass(`CUDA ${cuda} of the driver, and the framework’s build: ${build}.`, evidence);
    if (cuda) return partial(`CUDA ${cuda} is recorded; which CUDA the framework was built for is not.`, factEvidence(run, 'cuda'));
    if (/\+cpu$/.test(torch)) return notApplicable('The framework’s build is for the CPU.', factEvidence(run, 'packages', 'framework'));
    if (build) return partial(`Only the framework’s build tells: ${build}. The driver is not recorded.`, factEvidence(run, 'packages', 'framework'));
    const seen = (['gpu', 'gpu_count'] as const).some((kind) => factValue(run.facts, kind) !== undefined);
    const machine = factValue(run.facts, 'cpu_count') !== undefined || factValue(run.facts, 'cpu') !== undefined;
    if (machine && !seen) return unknown('Unknown: no accelerator was seen, so there may be nothing to record.', factEvidence(run, 'cpu', 'cpu_count'));
    return seen ? missing(context, 'hardware', 'CUDA and driver versions') : unknown('Unknown: neither an accelerator nor its software is recorded.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Save the framework’s own report and the driver’s.',
        {
          keras: 'python -c "import tensorflow as tf; print(tf.sysconfig.get_build_info())" > build.txt\nnvidia-smi -q > nvidia-smi.txt',
          jax: 'python -c "import jax; jax.print_environment_info()" > build.txt\nnvidia-smi -q > nvidia-smi.txt',
          boosting: 'python -c "import xgboost; print(xgboost.build_info())" > build.txt\nnvidia-smi -q > nvidia-smi.txt',
          pytorch: 'python -m torch.utils.collect_env > build.txt\nnvidia-smi -q > nvidia-smi.txt',
        },
        framework,
      ),
      tracker === 'wandb'
        ? 'wandb.save("build.txt"); wandb.save("nvidia-smi.txt")'
        : tracker === 'mlflow' || tracker === undefined
          ? 'mlflow.log_artifact("build.txt"); mlflow.log_artifact("nvidia-smi.txt")'
          : 'mv build.txt nvidia-smi.txt LOG_DIR',
    ),
  examples: [
    {
      run: {
        facts: [
          { kind: 'cuda', value: '12.4' },
          { kind: 'packages', value: { torch: '2.4.0+cu121' } },
        ],
      },
      verdict: 'pass',
    },
    { run: { facts: [{ kind: 'cuda', value: '12.4' }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'gpu', value: 'A100' }], records: { hardware: 'auto' } }, verdict: 'fail' },
    { run: { facts: [{ kind: 'cpu_count', value: 2 }], records: { hardware: 'auto' } }, verdict: 'unknown' },
    { run: { facts: [{ kind: 'packages', value: { torch: '2.4.0+cu121' } }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'packages', value: { torch: '2.4.0+cpu' } }] }, verdict: 'n.a.' },
    { run: {}, verdict: 'unknown' },
  ],
};
