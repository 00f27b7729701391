// Words, abilities and statuses of MLflow, whichever way its runs are kept.

import type { RunStatus } from '../../model/run';
import type { ReaderMeta } from '../../source/reader';

/** What both readers say of themselves. */
export const mlflow = {
  family: 'mlflow',
  tracker: { name: 'MLflow', short: 'MLflow' },
  words: { experiment: 'experiment', param: 'parameter', metric: 'metric' },
  records: {
    seed: 'optional',
    data: 'optional',
    commit: 'auto',
    patch: 'optional',
    packages: 'optional',
    python: 'optional',
    hardware: 'optional',
    command: 'optional',
    config: 'optional',
    end: 'auto',
  },
} as const satisfies Partial<ReaderMeta>;

/** The file store keeps numbers, the database words. */
const names: Readonly<Record<string, string>> = { '1': 'RUNNING', '2': 'SCHEDULED', '3': 'FINISHED', '4': 'FAILED', '5': 'KILLED' };
const statuses: Readonly<Record<string, RunStatus>> = { RUNNING: 'running', SCHEDULED: 'unknown', FINISHED: 'finished', FAILED: 'failed', KILLED: 'killed' };

/** MLflow takes a missing status for RUNNING; we call it unknown. */
export function statusOf(stored: string | null): { readonly status: RunStatus; readonly nativeStatus: string | null } {
  const nativeStatus = stored === null ? null : (names[stored] ?? stored.toUpperCase());
  return { status: nativeStatus === null ? 'unknown' : (statuses[nativeStatus] ?? 'unknown'), nativeStatus };
}

/** Hardware metrics that MLflow logs by itself. */
export const isSystemMetric = (name: string): boolean => name.startsWith('system/');

const largest = 1.797e308;

/** A database keeps infinities as the largest doubles. */
export const unclamped = (value: number): number => (Math.abs(value) >= largest ? Math.sign(value) * Number.POSITIVE_INFINITY : value);
