// R21: is the duration recorded, with failed runs?

import { epochMs } from '../../base/units';
import type { Run } from '../../model/run';
import { inTracker, runJson } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

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
      if (run.status === 'running') return unknown('Unknown: the run has not ended, or its end was never written.', evidence);
      if (run.status === 'failed' || run.status === 'killed') return unknown('Unknown: the run was cut off, and when is not recorded.', evidence);
      return unknown(run.startedMs === null ? 'Unknown: neither start nor end is recorded.' : 'Unknown: the end is not recorded.');
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
  fix: (_, tracker) =>
    inTracker(
      'Always end the run, also when it fails, and keep failed runs.',
      {
        mlflow: 'with mlflow.start_run(): train()   # ends as FAILED when train raises',
        wandb: 'with wandb.init() as run: train(run)   # ends as failed when train raises',
        files: `try: train()\nfinally: ${runJson('"started": started, "ended": time.time()')}`,
      },
      tracker,
    ),
  examples: [
    { run: { startedMs: epochMs(1), endedMs: epochMs(2), replicates: [{}] }, verdict: 'pass' },
    { run: { startedMs: epochMs(1), endedMs: epochMs(2) }, verdict: 'partial' },
    { run: { startedMs: epochMs(1), status: 'finished', records: { end: 'auto' } }, verdict: 'fail' },
    { run: { startedMs: epochMs(1), status: 'running', records: { end: 'auto' } }, verdict: 'unknown' },
    { run: {}, verdict: 'unknown' },
  ],
};
