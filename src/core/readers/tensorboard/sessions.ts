// What the hyperparameter plugin says about a run.

import { epochMs } from '../../base/units';
import type { Sessions } from '../../formats/event-hparams';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunHeader, RunStatus } from '../../model/run';

const statuses: Readonly<Record<NonNullable<Sessions['status']>, RunStatus>> = {
  success: 'finished',
  failure: 'failed',
  running: 'running',
  unknown: 'unknown',
};
export const statusOfSession = (session: Sessions | null): RunStatus => (session?.status ? statuses[session.status] : 'unknown');

/** TensorFlow's API groups runs by a hash of their hyperparameters unless told otherwise: no name that anybody gave. */
const madeUpGroup = /^[0-9a-f]{64}$/;

/** Params, header fields and the seed. `file` is the event file that holds them, relative to the run. */
export function* sessionEvents(run: RunKey, sessions: Sessions, file: string): Generator<RunEvent> {
  const { params, status, startSeconds, endSeconds, group, experiment } = sessions;
  const set: Partial<RunHeader> = {
    ...(status === null ? {} : { status: statuses[status], nativeStatus: status }),
    ...(startSeconds === null ? {} : { startedMs: epochMs(startSeconds * 1000) }),
    ...(endSeconds === null ? {} : { endedMs: epochMs(endSeconds * 1000) }),
    ...(group === null || madeUpGroup.test(group) ? {} : { group }),
    ...(experiment?.name ? { experiment: experiment.name } : {}),
    ...(experiment?.user ? { user: experiment.user } : {}),
    ...(experiment?.description ? { notes: experiment.description } : {}),
  };
  if (Object.keys(set).length > 0) yield { kind: 'header', run, set };
  if (params.size === 0) return;
  const values = Object.fromEntries(params);
  yield { kind: 'params', run, values };
  for (const fact of seedFacts(values, { file, where: '_hparams_/session_start_info' })) yield { kind: 'fact', run, fact };
}
