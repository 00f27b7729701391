// R23: is the exact command recorded?

import { factValue } from '../../model/facts';
import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { logParam } from '../fixes';
import { type ChecklistItem, missing, partial, pass } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R23',
    question: 'Is the exact command recorded?',
    section: 'config',
    weight: 'high',
    reference: 'Papers with Code completeness checklist; NeurIPS paper checklist',
  },
  check(context) {
    const { run, records } = context;
    const [param] = paramsLike(run, /^(command(_?line)?|cmd(_?line)?|argv)$/i).filter(({ value }) => /\S\s+\S/.test(String(value)));
    if (param) return pass(`Command, as a param: ${String(param.value)}`, paramEvidence([param]));
    const command = factValue(run.facts, 'command');
    const evidence = factEvidence(run, 'command', 'entry_point');
    // A tracker that captures the arguments by itself shows with a bare program that there were none.
    if (command && (/\s/.test(command) || records.command === 'auto')) return pass(`Command: ${command}`, evidence);
    if (command || factValue(run.facts, 'entry_point')) return partial('Only the script is recorded, not its arguments.', evidence);
    return missing(context, 'command', 'the command');
  },
  fix: (_, tracker) => ({
    text: 'Record the command line and how it was launched (torchrun, accelerate, srun).',
    code: logParam('command', 'shlex.join([sys.executable, *sys.argv])', tracker),
  }),
  examples: [
    { run: { facts: [{ kind: 'command', value: 'train.py --lr 0.1' }] }, verdict: 'pass' },
    { run: { params: { command: 'python train.py --lr 0.1' } }, verdict: 'pass' },
    { run: { facts: [{ kind: 'command', value: 'train.py' }] }, verdict: 'partial' },
    { run: { records: { command: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
