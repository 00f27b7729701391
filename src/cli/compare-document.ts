// A comparison as `diptych diff --json` prints it (docs/cli.md).

import type { RunId } from '../core/base/units';
import type { Comparison } from '../core/compare/comparison';
import { type MetricRow, seriesId } from '../core/compare/metrics';
import type { Row } from '../core/compare/rows';
import type { GroupComparison, MetricTest } from '../core/groups/compare-groups';
import type { Run } from '../core/model/run';

export const comparisonDocument = (comparison: Comparison, runs: readonly Run[]): Readonly<Record<string, unknown>> => ({
  baseline: comparison.baseline,
  runs: runs.map((run) => ({ id: run.id, native_id: run.nativeId, path: run.path, name: run.name, experiment: run.experiment, status: run.status })),
  comparability: comparison.comparability,
  params: comparison.params.map(rowDocument),
  tags: comparison.tags.map(rowDocument),
  environment: comparison.environment.map(rowDocument),
  packages: comparison.packages.map(rowDocument),
  code: comparison.code.map(rowDocument),
  data: comparison.data.map(rowDocument),
  // `command` says in every document which verb wrote it.
  command_line: comparison.command.map(rowDocument),
  metrics: comparison.metrics.map(metricDocument),
  ...(comparison.reasons ? { reasons: comparison.reasons, cannot_know: comparison.unknowns } : {}),
});

/** The same of groups: `runs` are the groups with their members, and each metric says whether it differs beyond noise. */
export const groupComparisonDocument = (comparison: GroupComparison, by: string): Readonly<Record<string, unknown>> => ({
  by,
  ...comparisonDocument(comparison, comparison.groups),
  runs: comparison.groups.map((group) => {
    const members = comparison.members.get(group.id) ?? [];
    return { id: group.id, name: group.name, experiment: group.experiment, status: group.status, n: members.length, members: members.map(({ id }) => id) };
  }),
  metrics: comparison.metrics.map((row) => ({ ...metricDocument(row), tests: byRun(mapped(comparison.tests.get(seriesId(row)) ?? new Map(), testDocument)) })),
});

const testDocument = ({ n, difference, interval, p, adjusted }: MetricTest): object => ({ n, difference, interval, p, p_adjusted: adjusted });
const mapped = <T, U>(values: ReadonlyMap<RunId, T>, change: (value: T) => U): ReadonlyMap<RunId, U> =>
  new Map([...values].map(([id, value]) => [id, change(value)] as const));

const rowDocument = ({ key, values, differs }: Row): object => ({ key, values: byRun(values), differs });

const metricDocument = (row: MetricRow): object => ({
  name: row.name,
  context: row.context,
  direction: row.direction,
  system: row.system,
  values: byRun(row.values),
  delta_of: row.deltaOf,
  delta: byRun(row.delta),
  better: Object.fromEntries([...row.better].map((id) => [id, true])),
});

const byRun = <T>(values: ReadonlyMap<RunId, T>): object => Object.fromEntries(values);
