// R21: is the duration recorded, with failed runs?

import { epochMs } from '../../base/units';
import type { Run } from '../../model/run';
import { type ChecklistItem, fail, missing, partial, pass } from '../item';

const timed = (run: Run): boolean => run.startedMs !== null && run.endedMs !== null;

export const item: ChecklistItem = {
  meta: {
    id: 'R21',
    question: 'Are the duration and the whole compute, failed runs included, recorded?',
    section: 'hardware',
    weight: 'medium',
    reference: 'NeurIPS paper checklist; ACL checklist',
  },
  check(context) {
    const { run, experiment } = context;
    const evidence = [{ file: 'run', where: 'start and end' }];
    if (!timed(run)) {
      if (run.status === 'finished' && run.startedMs !== null && context.records.end === 'auto')
        return fail('The run finished, and its end is not recorded.', evidence);
      return missing(context, 'end', 'start and end');
    }
    const rest = experiment.filter((other) => !timed(other));
    if (experiment.length > 1 && rest.length === 0)
      return pass(
        `Start and end of all ${experiment.length} runs of the experiment are recorded, ${experiment.filter(({ status }) => status === 'failed').length} failed ones among them.`,
        evidence,
      );
    return partial(
      rest.length > 0
        ? `This run’s duration is recorded; ${rest.length} of ${experiment.length} runs of the experiment lack theirs.`
        : 'The duration is recorded; whether other runs were needed is not known.',
      evidence,
    );
  },
  fix: () => ({
    text: 'Always end the run, also when it fails, and keep failed runs.',
    code: 'with mlflow.start_run(): ...   # or wandb.finish() in a finally block',
  }),
  examples: [
    { run: { startedMs: epochMs(1), endedMs: epochMs(2), replicates: [{}] }, verdict: 'pass' },
    { run: { startedMs: epochMs(1), endedMs: epochMs(2) }, verdict: 'partial' },
    { run: { startedMs: epochMs(1), status: 'finished', records: { end: 'auto' } }, verdict: 'fail' },
    { run: {}, verdict: 'unknown' },
  ],
};
