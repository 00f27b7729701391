// R12: was the tree clean, or is the diff saved?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { inTracker } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: { id: 'R12', question: 'Was the working tree clean, or is the difference saved?', section: 'code', weight: 'critical', reference: 'W&B, Sacred' },
  check({ run, records }) {
    const commit = factValue(run.facts, 'git_commit');
    const dirty = factValue(run.facts, 'git_dirty');
    const evidence = factEvidence(run, 'git_dirty', 'git_patch');
    if (!commit) return unknown('Unknown: no commit is recorded, so a clean tree would say nothing.');
    if (factValue(run.facts, 'git_patch')) return pass('The difference to the commit is saved. Files that were never added are not in it.', evidence);
    const patches = artifactsLike(run, /(^|\/)(git[_-]?)?(diff|changes|uncommitted)\.(patch|diff)$/i);
    if (patches.length > 0)
      return pass('The difference to the commit is saved as a file of the run. Files that were never added are not in it.', artifactEvidence(patches));
    if (dirty === false) return pass('The working tree was clean.', evidence);
    if (dirty === true) return fail('The working tree had changes, and they are not saved.', evidence);
    return partial(
      records.patch === 'auto'
        ? 'The commit is known. No difference is saved, which suggests a clean tree and does not show it.'
        : 'The commit is known; whether the tree was clean is not.',
      factEvidence(run, 'git_commit'),
    );
  },
  fix: (_, tracker) =>
    inTracker(
      'Commit before the run, or save the difference with it. Files that were never added are in no difference: list them too.',
      {
        mlflow:
          'diff = subprocess.check_output(["git", "diff", "HEAD"], text=True)\nmlflow.set_tag("mlflow.source.git.dirty", str(bool(diff)))\nmlflow.log_text(diff, "diff.patch")',
        wandb: 'wandb.init(save_code=True)   # saves diff.patch when the tree is not clean; code that is not in git: run.log_code(".")',
        files: 'Path(log_dir, "diff.patch").write_text(subprocess.check_output(["git", "diff", "HEAD"], text=True))',
      },
      tracker,
    ),
  examples: [
    {
      run: {
        facts: [
          { kind: 'git_commit', value: 'a5dafde' },
          { kind: 'git_dirty', value: false },
        ],
      },
      verdict: 'pass',
    },
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde' }], artifacts: [{ path: 'diff.patch', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'git_commit', value: 'a5dafde' }] }, verdict: 'partial' },
    {
      run: {
        facts: [
          { kind: 'git_commit', value: 'a5dafde' },
          { kind: 'git_dirty', value: true },
        ],
      },
      verdict: 'fail',
    },
    { run: {}, verdict: 'unknown' },
  ],
};
