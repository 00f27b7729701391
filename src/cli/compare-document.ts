// A comparison as `diptych diff --json` prints it (docs/cli.md).

import type { RunId } from '../core/base/units';
import type { Comparison } from '../core/compare/comparison';
import type { MetricRow } from '../core/compare/metrics';
import type { Row } from '../core/compare/rows';
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
  ...(comparison.reasons ? { reasons: comparison.reasons } : {}),
});

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
