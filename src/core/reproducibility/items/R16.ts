// R16: are package versions recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { type ChecklistItem, fail, missing, partial, pass } from '../item';

const lockFile = /(^|\/)(uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|conda-lock\.ya?ml|pixi\.lock)$/;

export const item: ChecklistItem = {
  meta: {
    id: 'R16',
    question: 'Are the versions of all packages recorded?',
    section: 'environment',
    weight: 'critical',
    reference: 'Papers with Code completeness checklist',
  },
  check(context) {
    const { run, records } = context;
    const locks = artifactsLike(run, lockFile);
    if (locks.length > 0) return pass('A lock file is saved with the run.', artifactEvidence(locks));
    const packages = factValue(run.facts, 'packages');
    const evidence = factEvidence(run, 'packages');
    const names = Object.keys(packages ?? {});
    if (!packages || names.length === 0) return missing(context, 'packages', 'package versions');
    const versioned = names.filter((name) => packages[name]).length;
    if (versioned === 0) return fail(`${names.length} packages are listed without versions.`, evidence);
    if (records.packages === 'auto' && versioned === names.length) return pass(`${versioned} packages of the environment with their versions.`, evidence);
    return partial(`${versioned} packages with versions: those that were imported or declared, not the whole environment.`, evidence);
  },
  fix: () => ({ text: 'Save the frozen environment or the lock file when the run starts.', code: 'python -m pip freeze --all > requirements.lock.txt' }),
  examples: [
    { run: { records: { packages: 'auto' }, facts: [{ kind: 'packages', value: { torch: '2.4.0', numpy: '2.1.0' } }] }, verdict: 'pass' },
    { run: { records: { packages: 'optional' }, facts: [{ kind: 'packages', value: { torch: '2.4.0' } }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'packages', value: { torch: '' } }] }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
