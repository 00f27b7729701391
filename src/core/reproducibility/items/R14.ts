// R14: are entry point and own packages recorded?

import { factValue } from '../../model/facts';
import { artifactEvidence, artifactsLike, factEvidence } from '../evidence';
import { inTracker } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R14',
    question: 'Is the entry point recorded, with the version of the code behind it?',
    section: 'code',
    weight: 'medium',
    reference: 'Papers with Code completeness checklist',
  },
  check({ run }) {
    const entry = factValue(run.facts, 'entry_point') ?? factValue(run.facts, 'command');
    if (!entry) return unknown('Unknown: no entry point is recorded.');
    const evidence = factEvidence(run, 'entry_point', 'command');
    const copies = artifactsLike(run, /\.(py|ipynb)$/i);
    const notebook = /\.ipynb|ipykernel|<stdin>|colab/i.test(entry);
    if (notebook && copies.length === 0) return fail('The run came from a notebook, and no copy of it is saved.', evidence);
    if (copies.length > 0 || factValue(run.facts, 'git_commit'))
      return pass('The entry point and the code behind it are recorded.', [...evidence, ...artifactEvidence(copies)]);
    return partial('The entry point is recorded, the code behind it is not.', evidence);
  },
  fix: (_, tracker) =>
    inTracker(
      'Save a copy of the script or notebook with the run; own packages belong in the freeze with their commit (-e git+…@commit).',
      {
        mlflow: 'mlflow.log_artifact(__file__, "code")',
        wandb: 'run.log_code(".", include_fn=lambda path: path.endswith((".py", ".ipynb")))',
        files: 'shutil.copy(__file__, log_dir)',
      },
      tracker,
    ),
  examples: [
    {
      run: {
        facts: [
          { kind: 'entry_point', value: 'train.py' },
          { kind: 'git_commit', value: 'a5dafde' },
        ],
      },
      verdict: 'pass',
    },
    { run: { facts: [{ kind: 'entry_point', value: 'train.py' }] }, verdict: 'partial' },
    { run: { facts: [{ kind: 'entry_point', value: 'try.ipynb' }] }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
