// R13: can the repository be reached from the record?

import { factValue } from '../../model/facts';
import { factEvidence } from '../evidence';
import { inTracker, runJson } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R13',
    question: 'Does the record lead to the repository?',
    section: 'code',
    weight: 'medium',
    reference: 'Papers with Code completeness checklist',
  },
  check({ run }) {
    const remote = factValue(run.facts, 'git_remote');
    if (!remote) return unknown('Unknown: no repository is recorded.');
    const evidence = factEvidence(run, 'git_remote');
    if (/^([a-z+]+:\/\/|[\w.-]+@[\w.-]+:)/i.test(remote) && !/^file:/i.test(remote)) return pass(`Repository: ${remote}.`, evidence);
    return /^(file:|\/|~|[a-z]:\\)/i.test(remote) ? fail('The repository is a path on one machine.', evidence) : partial(`Only a name: ${remote}.`, evidence);
  },
  fix: (_, tracker) =>
    inTracker(
      'Record the address of the remote.',
      {
        mlflow:
          'remote = subprocess.check_output(["git", "remote", "get-url", "origin"], text=True).strip()\nmlflow.set_tag("mlflow.source.git.repoURL", remote)',
        wandb: 'git remote add origin ADDRESS   # W&B takes the address of the remote called origin',
        files: runJson('"remote": subprocess.check_output(["git", "remote", "get-url", "origin"], text=True).strip()'),
      },
      tracker,
    ),
  examples: [
    { run: { facts: [{ kind: 'git_remote', value: 'git@example.org:team/repo.git' }] }, verdict: 'pass' },
    { run: { facts: [{ kind: 'git_remote', value: 'my-project' }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'git_remote', value: '/home/me/repo' }] }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
