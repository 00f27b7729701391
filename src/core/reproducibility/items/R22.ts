// R22: are parallel layout and precision recorded?

import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, logParams } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const layout =
  /^(world_size|n?_?devices|num_(nodes|gpus|processes)|strategy|ddp|fsdp|tensor_parallel\w*|pipeline_parallel\w*|gradient_accumulation_steps|accumulate_grad_batches)$/i;
const precision = /^(precision|mixed_precision|amp|use_amp|fp16|bf16|dtype|tf32|allow_tf32|torch_compile)$/i;

export const item: ChecklistItem = {
  meta: {
    id: 'R22',
    question: 'Are the parallel layout and the numeric precision recorded?',
    section: 'hardware',
    weight: 'medium',
    reference: 'PyTorch reproducibility notes',
  },
  check({ run }) {
    const layouts = paramsLike(run, layout);
    const precisions = paramsLike(run, precision);
    const hasLayout = layouts.length > 0 || factValue(run.facts, 'world_size') !== undefined;
    const hasPrecision = precisions.length > 0 || factValue(run.facts, 'precision') !== undefined;
    const evidence = [...paramEvidence([...layouts, ...precisions]), ...factEvidence(run, 'world_size', 'precision')];
    if (hasLayout && hasPrecision) return pass('Both are recorded.', evidence);
    if (hasLayout || hasPrecision)
      return partial(hasLayout ? 'The layout is recorded, the precision is not.' : 'The precision is recorded, the layout is not.', evidence);
    if ((factValue(run.facts, 'gpu_count') ?? 0) > 1)
      return fail('Several accelerators were there, and how they were used is not recorded.', factEvidence(run, 'gpu_count'));
    return unknown('Unknown: neither is recorded.');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Record the resolved layout and precision: processes, strategy, accumulation, dtype, TF32, compile.',
        {
          lightning:
            'layout = {"world_size": trainer.world_size, "strategy": type(trainer.strategy).__name__, "precision": trainer.precision, "accumulate": trainer.accumulate_grad_batches}',
          transformers:
            'layout = {"world_size": args.world_size, "bf16": args.bf16, "tf32": args.tf32, "gradient_accumulation_steps": args.gradient_accumulation_steps}',
          keras: 'layout = {"replicas": strategy.num_replicas_in_sync, "precision": keras.mixed_precision.dtype_policy().name}',
          jax: 'layout = {"devices": jax.device_count(), "processes": jax.process_count(), "precision": str(params_dtype)}',
          boosting: 'layout = {"num_threads": 4, "device": "cuda", "tree_method": "hist"}',
          pytorch: 'layout = {"world_size": dist.get_world_size(), "amp": "bf16", "tf32": torch.backends.cuda.matmul.allow_tf32, "compile": compiled}',
        },
        framework,
      ),
      logParams('layout', tracker),
    ),
  examples: [
    { run: { params: { precision: 'bf16', world_size: 8 } }, verdict: 'pass' },
    { run: { params: { use_amp: 'False' } }, verdict: 'partial' },
    { run: { facts: [{ kind: 'gpu_count', value: 8 }] }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
