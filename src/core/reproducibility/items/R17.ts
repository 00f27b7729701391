// R17: are Python and the operating system recorded?

import { factEvidence, paramEvidence, paramsLike } from '../evidence';
import { logParam } from '../fixes';
import { type ChecklistItem, missing, partial, pass } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R17',
    question: 'Are the versions of Python and the operating system recorded?',
    section: 'environment',
    weight: 'medium',
    reference: 'ML Reproducibility Checklist',
  },
  check(context) {
    const params = { python: paramsLike(context.run, /^(python|sys)(_?version)?$/i), os: paramsLike(context.run, /^(os|platform)(_?(name|version))?$/i) };
    const has = (kind: 'python' | 'os'): boolean => context.run.facts.some((fact) => fact.kind === kind) || params[kind].length > 0;
    const evidence = [...factEvidence(context.run, 'python', 'os'), ...paramEvidence([...params.python, ...params.os])];
    if (has('python') && has('os')) return pass('Both are recorded.', evidence);
    if (has('python') || has('os'))
      return partial(has('python') ? 'Python is recorded, the operating system is not.' : 'The operating system is recorded, Python is not.', evidence);
    return missing(context, 'python', 'them');
  },
  fix: (_, tracker) => ({
    text: 'Record both at the start.',
    code: [logParam('python', 'sys.version.split()[0]', tracker), logParam('os', 'platform.platform()', tracker)].join('\n'),
  }),
  examples: [
    {
      run: {
        facts: [
          { kind: 'python', value: '3.11.7' },
          { kind: 'os', value: 'Linux-6.1' },
        ],
      },
      verdict: 'pass',
    },
    { run: { params: { python: '3.11.7', os: 'Linux' } }, verdict: 'pass' },
    { run: { facts: [{ kind: 'python', value: '3.11.7' }] }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
