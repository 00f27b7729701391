// Which metric runs are most likely judged by: what the effects tab opens with, and the order of its list.

import type { Direction, Run } from '../model/run';

export interface TargetMetric {
  readonly name: string;
  /** `none` where the name does not say it. */
  readonly direction: Direction;
  /** Runs that logged it. */
  readonly runs: number;
}

/** What a role is worth as a target: outcomes before means, means before bookkeeping. */
const worth: Readonly<Record<string, number>> = { objective: 7, reward: 6, accuracy: 6, score: 5, error: 4, perplexity: 4, loss: 3 };
const splitWorth: Readonly<Record<string, number>> = { val: 3, test: 2.5, other: 1, train: 0 };
/** Bookkeeping that no run is judged by. */
const never = new Set(['learning-rate', 'grad-norm', 'param-norm', 'loss-scale', 'time', 'counter', 'gpu-util', 'gpu-memory', 'system', 'throughput']);
const most = 2000;

/** Metrics of runs, the likeliest target first; hardware series and a metric's spread are left out. */
export function targetMetrics(runs: readonly Run[]): readonly TargetMetric[] {
  const found = new Map<string, { direction: Direction; runs: number; value: number }>();
  for (const run of runs) {
    const seen = new Set<string>();
    for (const { name, system, role, split, direction, confidence, finite } of run.series) {
      if (system || finite === 0 || seen.has(name)) continue;
      seen.add(name);
      const known = found.get(name);
      if (known) known.runs += 1;
      else if (found.size < most)
        found.set(name, { direction, runs: 1, value: never.has(role ?? '') ? -10 : (worth[role ?? ''] ?? 0) + (splitWorth[split] ?? 0) + confidence });
    }
  }
  const score = ({ value, runs: count, direction }: { readonly value: number; readonly runs: number; readonly direction: Direction }): number =>
    value + (4 * count) / Math.max(1, runs.length) - (direction === 'none' ? 4 : 0);
  return [...found]
    .sort(([a, x], [b, y]) => score(y) - score(x) || (a < b ? -1 : 1))
    .map(([name, { direction, runs: count }]) => ({ name, direction, runs: count }));
}
