// R32: is the run in good order?

import { inTracker, runJson } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

/** Tags that MLflow and Neptune write by themselves. */
const trackersOwn = /^(?:mlflow\.|(?:sys|monitoring|source_code|runtime)\/)/;
const autoName = /^[a-z]+-[a-z]+-\d+$|^(run|version|exp|trial)[_-]?\d+$/i;

export const item: ChecklistItem = {
  meta: { id: 'R32', question: 'Is the run in good order: ended, named, tagged, described?', section: 'hygiene', weight: 'low', reference: 'good practice' },
  check({ run }) {
    const tags = Object.keys(run.tags).filter((key) => !trackersOwn.test(key));
    const order = {
      ended: run.status === 'finished',
      named: run.name !== null && !autoName.test(run.name),
      tagged: tags.length >= 2,
      described: run.notes !== null && run.notes.trim() !== '',
    };
    const held = Object.entries(order)
      .filter(([, holds]) => holds)
      .map(([name]) => name);
    const absent = Object.entries(order)
      .filter(([, holds]) => !holds)
      .map(([name]) => name);
    const evidence = [{ file: 'run', where: 'status', value: run.nativeStatus ?? run.status }];
    // The Trainer's default: a loss that is NaN or infinite is logged as the mean of those before it.
    const hides = run.params.logging_nan_inf_filter === true;
    if (absent.length === 0 && !hides) return pass('The run ended, has a name of its own, tags and a description.', evidence);
    if (hides) absent.push('known to be without NaN losses (logging_nan_inf_filter hides them)');
    if (held.length >= 2) return partial(`Not ${absent.join(', not ')}.`, evidence);
    return run.status === 'failed' || run.status === 'killed'
      ? fail(`The run ${run.status === 'failed' ? 'failed' : 'was killed'}; not ${absent.filter((name) => name !== 'ended').join(', not ')}.`, evidence)
      : unknown(`Little is known: not ${absent.join(', not ')}.`);
  },
  fix: (_, tracker) =>
    inTracker(
      'End the run, give it a name that says what is special about it, two tags and one line of description.',
      {
        mlflow: 'with mlflow.start_run(run_name="cosine, lr 3e-4", description="why", tags={"kind": "sweep", "data": "v3"}): ...',
        wandb: 'with wandb.init(name="cosine, lr 3e-4", notes="why", tags=["sweep", "data-v3"]): ...',
        files: `log_dir = "runs/cosine-lr3e-4"   # and ${runJson('"notes": "why", "tags": ["sweep", "data-v3"]')}`,
      },
      tracker,
    ),
  examples: [
    { run: { name: 'lr sweep, cosine', status: 'finished', tags: { kind: 'sweep', team: 'a' }, notes: 'why' }, verdict: 'pass' },
    {
      run: { name: 'lr sweep', status: 'finished', tags: { kind: 'sweep', team: 'a' }, notes: 'why', params: { logging_nan_inf_filter: true } },
      verdict: 'partial',
    },
    { run: { name: 'lr sweep', status: 'finished' }, verdict: 'partial' },
    { run: { status: 'failed' }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
