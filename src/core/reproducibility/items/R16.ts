// R16: are package versions recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence, lockFile } from '../evidence';
import { type ChecklistItem, fail, missing, partial, pass } from '../item';
import { environmentLevel, environmentLevelTexts } from '../ladders';

export const item: ChecklistItem = {
  meta: {
    id: 'R16',
    question: 'Are the versions of all packages recorded?',
    section: 'environment',
    weight: 'critical',
    reference: 'Papers with Code completeness checklist',
  },
  check(context) {
    const { run } = context;
    const level = environmentLevel(context);
    if (level === 'E0') return missing(context, 'packages', 'package versions');
    const names = Object.keys(factValue(run.facts, 'packages') ?? {});
    const evidence = [...artifactEvidence(artifactsLike(run, lockFile)), ...factEvidence(run, 'packages', 'container')];
    if (level === 'E1') return fail(`${names.length} packages are listed without versions (${environmentLevelTexts.E1}).`, evidence);
    const text = `${environmentLevelTexts[level]}${names.length > 0 ? `; ${names.length} packages` : ''}.`;
    return level >= 'E3' ? pass(text, evidence) : partial(text, evidence);
  },
  fix: () => ({ text: 'Save the frozen environment or the lock file when the run starts.', code: 'python -m pip freeze --all > requirements.lock.txt' }),
  examples: [
    { run: { records: { packages: 'auto' }, facts: [{ kind: 'packages', value: { torch: '2.4.0', numpy: '2.1.0' } }] }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'code/uv.lock', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { records: { packages: 'optional' }, facts: [{ kind: 'packages', value: { torch: '2.4.0' } }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'container', value: 'team/train:latest' }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'packages', value: { torch: '' } }] }, verdict: 'fail' },
    { run: { records: { packages: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
