// R11: is the commit recorded?

import { factValue } from '../../model/facts';
import { factEvidence } from '../evidence';
import { type ChecklistItem, missing, partial, pass } from '../item';

export const item: ChecklistItem = {
  meta: { id: 'R11', question: 'Is the commit of the code recorded?', section: 'code', weight: 'critical', reference: 'ML Reproducibility Checklist' },
  check(context) {
    const commit = factValue(context.run.facts, 'git_commit');
    const evidence = factEvidence(context.run, 'git_commit');
    if (commit && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit)) return pass(`Commit ${commit.slice(0, 10)}….`, evidence);
    if (commit && /^[0-9a-f]{7,39}$/i.test(commit)) return partial(`The commit is abbreviated: ${commit}.`, evidence);
    return missing(context, 'commit', 'the commit');
  },
  fix: () => ({
    text: 'Start the training from a clone, or log the commit yourself.',
    code: 'subprocess.check_output(["git", "rev-parse", "HEAD"], text=True).strip()',
  }),
  examples: [
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde8233695ae54f4a09f57236f611deaf5a8' }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde' }] }, verdict: 'partial' },
    { run: { records: { commit: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
