// What a SwanLab server says of a run, in our terms.

import { type EpochMs, epochMs } from '../../base/units';
import { type JsonObject, textOf } from '../../formats/http-json';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunStatus } from '../../model/run';
import type { Value } from '../../model/values';
import type { RunRef } from './api';

/** It may log more. */
export const isGoing = (state: string | null): boolean => !['FINISHED', 'CRASHED', 'ABORTED'].includes(state ?? '');

const statuses: Readonly<Record<string, RunStatus>> = { RUNNING: 'running', FINISHED: 'finished', CRASHED: 'failed', ABORTED: 'killed' };

/** States in the words of the run's log. */
export const statusOf = (state: string | null): { readonly status: RunStatus; readonly nativeStatus: string | null } => ({
  status: statuses[state ?? ''] ?? 'unknown',
  nativeStatus: state?.toLowerCase() ?? null,
});

/** How a run's points are asked for. */
export const refOf = ({ cuid, createdAt, rootProId, rootExpId }: JsonObject, projectId: string): RunRef => ({
  projectId,
  experimentId: textOf(cuid) ?? '',
  createdAt: Math.floor((msOf(createdAt) ?? 0) / 1000),
  rootProId: textOf(rootProId) || null,
  rootExpId: textOf(rootExpId) || null,
});

/** ISO 8601, in UTC where it does not say. */
export function msOf(value: Value | undefined): EpochMs | null {
  const ms = typeof value === 'string' ? parseTimestamp(value) : null;
  return ms === null ? null : epochMs(ms);
}
