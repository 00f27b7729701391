// R18: are CUDA, driver and framework build recorded?

import { factValue } from '../../model/facts';
import { factEvidence } from '../evidence';
import { type ChecklistItem, missing, notApplicable, partial, pass } from '../item';

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
    const torch = factValue(run.facts, 'packages')?.torch ?? factValue(run.facts, 'framework')?.torch ?? '';
    if (factValue(run.facts, 'cuda')) return pass(`CUDA ${factValue(run.facts, 'cuda')}.`, factEvidence(run, 'cuda'));
    if (/\+cpu$/.test(torch)) return notApplicable('The framework’s build is for the CPU.', factEvidence(run, 'packages', 'framework'));
    if (/\+(cu|rocm)\d/.test(torch)) return partial(`Only the framework’s build tells: torch ${torch}.`, factEvidence(run, 'packages', 'framework'));
    return missing(context, 'hardware', 'CUDA and driver versions');
  },
  fix: () => ({
    text: 'Save the framework’s own report and the driver’s.',
    code: 'python -m torch.utils.collect_env > collect_env.txt\nnvidia-smi -q > nvidia-smi.txt',
  }),
  examples: [
    { run: { facts: [{ kind: 'cuda', value: '12.4' }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'packages', value: { torch: '2.4.0+cu121' } }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'packages', value: { torch: '2.4.0+cpu' } }] }, verdict: 'n.a.' },
    { run: {}, verdict: 'unknown' },
  ],
};
