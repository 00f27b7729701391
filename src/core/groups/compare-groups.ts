// Groups of runs side by side, as runs are compared: the group's mean stands for it, and each metric's difference has an interval.

import { type RunId, runId } from '../base/units';
import { type Comparison, compareRuns } from '../compare/comparison';
import { groupRun } from '../compare/group-run';
import { metricValues, type Reduction, seriesId } from '../compare/metrics';
import type { Run } from '../model/run';
import { holm } from '../statistics/selection';
import { welch } from '../statistics/welch';

export interface RunsGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Run[];
}

/** Difference of a group's metric to the baseline's, with Welch's interval. */
export interface MetricTest {
  readonly n: readonly [number, number];
  readonly difference: number;
  /** Null where either has fewer than two runs or neither varies. */
  readonly interval: readonly [number, number] | null;
  readonly p: number | null;
  /** Holm over all metrics and groups of the comparison. */
  readonly adjusted: number | null;
}

export interface GroupComparison extends Comparison {
  /** The groups as runs, in the order given; the first is the baseline. */
  readonly groups: readonly Run[];
  readonly members: ReadonlyMap<RunId, readonly Run[]>;
  /** `seriesId` of a metric → group → its test against the baseline. */
  readonly tests: ReadonlyMap<string, ReadonlyMap<RunId, MetricTest>>;
}

/** Compares groups of at least one run each against the first. Seeds and names are left out, so that they are no differences. */
export function compareGroups(groups: readonly RunsGroup[]): GroupComparison {
  const members = new Map(groups.map((group) => [runId(group.id), group.members] as const));
  const stands = groups.map((group) => groupRun(runId(group.id), group.name, group.members));
  const comparison = compareRuns(stands, undefined, members);
  const tests = testsOf(comparison, members);
  const decided = [...tests.values()].some((row) => [...row.values()].some(({ adjusted }) => adjusted !== null && adjusted < 0.05));
  const tested = [...tests.values()].some((row) => [...row.values()].some(({ p }) => p !== null));
  const nothingFound = comparison.unknowns && tested && !decided;
  return {
    ...comparison,
    unknowns: nothingFound ? [noDifference, ...(comparison.unknowns ?? [])] : comparison.unknowns,
    groups: stands,
    members,
    tests,
  };
}

const noDifference = 'No metric differs beyond the noise between repeated runs: there may be nothing to explain.';

function testsOf(comparison: Comparison, members: ReadonlyMap<RunId, readonly Run[]>): GroupComparison['tests'] {
  const values = valuesOf(members);
  const found = comparison.metrics
    .filter(({ system }) => !system)
    .flatMap((row) => {
      const read = (group: RunId) => values(group, seriesId(row), row.deltaOf);
      const baseline = read(comparison.baseline);
      return comparison.runs
        .filter((id) => id !== comparison.baseline)
        .map((id) => ({ metric: seriesId(row), id, own: read(id), baseline }))
        .filter(({ own }) => own.length > 0 && baseline.length > 0)
        .map(({ metric, id, own }) => ({ metric, id, n: [own.length, baseline.length] as const, ...welch(own, baseline) }));
    });
  const adjusted = holm(found.map(({ p }) => p));
  const tests = new Map<string, Map<RunId, MetricTest>>();
  for (const [i, { metric, id, n, difference, interval, p }] of found.entries()) {
    const row = tests.get(metric) ?? new Map<RunId, MetricTest>();
    const tested = !Number.isNaN(p);
    tests.set(
      metric,
      row.set(id, { n, difference, interval: tested ? interval : null, p: tested ? p : null, adjusted: tested ? (adjusted[i] as number) : null }),
    );
  }
  return tests;
}

/** Finite values of a metric over a group's members, each series looked up once. */
function valuesOf(members: ReadonlyMap<RunId, readonly Run[]>) {
  const series = new Map([...members].map(([id, runs]) => [id, runs.map((run) => new Map(run.series.map((one) => [seriesId(one), one] as const)))] as const));
  return (group: RunId, metric: string, reduction: Reduction): readonly number[] =>
    (series.get(group) ?? []).flatMap((own) => {
      const one = own.get(metric);
      const value = one ? metricValues(one)[reduction] : null;
      return value !== null && Number.isFinite(value) ? [value] : [];
    });
}
