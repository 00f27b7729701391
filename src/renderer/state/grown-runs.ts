// Runs without an id of their own that have grown since they were read: known by their place, and by points that begin alike.

import type { RunId } from '../../core/base/units';
import { contextText, type Points, type Run } from '../../core/model/run';
import type { AppStore } from '../storage/contract';

const keyOf = ({ name, context }: Run['series'][number]): string => `${name}\0${contextText(context)}`;

/**
 * Which of the runs that a claim gives no more are those that it gives now, grown: a run is known by its first bytes where its tracker gives
 * no id, and in a file that has just begun those change with every row.
 * @returns the id that went → the id in its place
 */
export async function grownRuns(gone: readonly Run[], now: readonly Run[], storage: Pick<AppStore, 'points'>): Promise<ReadonlyMap<RunId, RunId>> {
  const found = new Map<RunId, RunId>();
  for (const before of gone) {
    if (before.nativeId !== null) continue;
    const after = now.filter((run) => run.nativeId === null && run.path === before.path && run.format === before.format);
    for (const run of after) if (await continues(run, before, storage)) found.set(before.id, run.id);
  }
  return found;
}

async function continues(after: Run, before: Run, storage: Pick<AppStore, 'points'>): Promise<boolean> {
  const indices = new Map(after.series.map((series, at) => [keyOf(series), at]));
  const pairs = before.series.map((series, at) => [at, indices.get(keyOf(series)) ?? -1] as const);
  if (pairs.length === 0 || pairs.some(([, at]) => at < 0)) return false;
  const [short, long] = await Promise.all([
    storage.points(
      before.id,
      pairs.map(([at]) => at),
    ),
    storage.points(
      after.id,
      pairs.map(([, at]) => at),
    ),
  ]);
  return short.every((points, at) => begins(long[at], points));
}

function begins(long: Points | undefined, short: Points): boolean {
  if (!long || long.values.length < short.values.length) return false;
  const alike = (a: Float64Array | null, b: Float64Array | null): boolean =>
    a === null || b === null ? a === b : a.every((value, at) => Object.is(value, b[at]));
  return alike(short.values, long.values) && alike(short.steps, long.steps);
}
