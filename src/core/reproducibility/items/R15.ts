// R15: was a notebook run in order and saved?

import { factValue } from '../../model/facts';
import { artifactsLike, factEvidence } from '../evidence';
import { type ChecklistItem, fail, notApplicable, unknown } from '../item';

export const item: ChecklistItem = {
  meta: { id: 'R15', question: 'If it was a notebook: was it run in order, and saved?', section: 'code', weight: 'medium', reference: 'Pimentel et al. 2019' },
  check({ run }) {
    const entry = factValue(run.facts, 'entry_point') ?? factValue(run.facts, 'command') ?? '';
    const evidence = factEvidence(run, 'entry_point', 'command');
    if (/\.py(\s|$)|(^|\s)-m\s/.test(entry)) return notApplicable('The run came from a script.', evidence);
    if (entry === '') return unknown('Unknown: the entry point is not recorded.');
    if (!/\.ipynb|ipykernel|colab/i.test(entry)) return unknown('Unknown: the entry point is neither a script nor a notebook by its name.', evidence);
    if (artifactsLike(run, /\.ipynb$/i).length === 0) return fail('The run came from a notebook that is not saved.', evidence);
    return unknown('Unknown: needs the execution counts in the saved notebook.', evidence);
  },
  fix: (_, tracker) => ({
    text: 'Restart the kernel, run all cells, save the notebook with the run; better, turn it into a script with params.',
    code: `jupyter nbconvert --to script train.ipynb\n${tracker === 'wandb' ? 'wandb.save("train.ipynb")' : tracker === 'mlflow' || tracker === undefined ? 'mlflow.log_artifact("train.ipynb")' : 'cp train.ipynb LOG_DIR'}`,
  }),
  examples: [
    { run: { facts: [{ kind: 'entry_point', value: 'train.py' }] }, verdict: 'n.a.' },
    { run: { facts: [{ kind: 'entry_point', value: 'try.ipynb' }] }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
