// Everything that a comparison of runs says, as one plain object.

import type { RunId } from '../base/units';
import type { Run } from '../model/run';
import { type ComparabilityNote, comparabilityNotes } from './comparability';
import { codeRows, commandRows, dataRows, environmentRows, packageRows } from './facts';
import { type MetricRow, metricRows } from './metrics';
import { type Reason, reasonsOf } from './reasons';
import { type Row, rowsOf } from './rows';
import { unknownsOf } from './unknowns';

export interface Comparison {
  readonly baseline: RunId;
  readonly runs: readonly RunId[];
  readonly comparability: readonly ComparabilityNote[];
  readonly params: readonly Row[];
  readonly tags: readonly Row[];
  readonly environment: readonly Row[];
  readonly packages: readonly Row[];
  readonly code: readonly Row[];
  readonly data: readonly Row[];
  readonly command: readonly Row[];
  readonly metrics: readonly MetricRow[];
  /** Only with exactly two runs, or groups. */
  readonly reasons: readonly Reason[] | null;
  /** What the reasons cannot know; with exactly two runs, or groups. */
  readonly unknowns: readonly string[] | null;
}

/**
 * Compares runs against a baseline.
 * @param baseline id of one of the runs; the first run where it is not among them
 * @param members the runs behind those that stand for a group (`groupRun`)
 */
export function compareRuns(runs: readonly Run[], baseline?: RunId, members?: ReadonlyMap<RunId, readonly Run[]>): Comparison {
  const reference = runs.find((run) => run.id === baseline) ?? runs[0];
  if (!reference) throw new Error('a comparison needs at least one run');
  const tables = {
    params: rowsOf(runs, (run) => run.params),
    tags: rowsOf(runs, (run) => run.tags),
    environment: environmentRows(runs),
    packages: packageRows(runs),
    code: codeRows(runs),
    data: dataRows(runs),
    command: commandRows(runs),
    metrics: metricRows(runs, reference.id),
  };
  const other = runs.find((run) => run.id !== reference.id);
  const behind = (run: Run): readonly Run[] => members?.get(run.id) ?? [run];
  const pair = runs.length === 2 && other ? ([reference, other] as const) : null;
  const reasons = pair && reasonsOf(...pair, tables);
  return {
    baseline: reference.id,
    runs: runs.map((run) => run.id),
    comparability: comparabilityNotes(runs.flatMap(behind)),
    ...tables,
    reasons,
    unknowns: pair && reasons && unknownsOf(pair, reasons, [behind(pair[0]).length, behind(pair[1]).length]),
  };
}
