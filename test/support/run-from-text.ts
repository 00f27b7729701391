// Test runs drawn as text: a table of steps and metrics, one line a step, `.` for a value that was not logged.

import { pureSha256 } from '../../src/core/base/sha256';
import { runId } from '../../src/core/base/units';
import { RunBuilder } from '../../src/core/model/builder';
import type { RunEvent } from '../../src/core/model/events';
import type { Fact } from '../../src/core/model/facts';
import type { ReadRun, Run, RunHeader } from '../../src/core/model/run';
import type { Values } from '../../src/core/model/values';
import { inferRole } from '../../src/core/series/roles';
import { defaultLimits } from '../../src/core/source/reader';

export interface DrawnRun extends Partial<RunHeader> {
  readonly id?: string;
  readonly format?: string;
  readonly params?: Values;
  readonly tags?: Values;
  readonly facts?: readonly Pick<Fact, 'kind' | 'value'>[];
}

/**
 * A run with points. The first column of the table is the step; the other columns are metrics by name.
 *
 *     readRunFromText(`
 *       step  train/loss  val/loss
 *       0     1.00        .
 *       1     0.80        0.90
 *     `)
 */
export function readRunFromText(table: string, more: DrawnRun = {}): ReadRun {
  const { id = 'run', format = 'drawn', params = {}, tags = {}, facts = [], ...header } = more;
  const builder = new RunBuilder(
    { id: runId(id), nativeId: id, path: id, source: 0, format, sources: [], parentIdOf: () => null },
    { sha256: pureSha256, limits: defaultLimits, inferRole },
  );
  for (const event of eventsOf(table)) builder.apply(event);
  const run = 0;
  builder.apply({ kind: 'header', run, set: header });
  builder.apply({ kind: 'params', run, values: params });
  builder.apply({ kind: 'tags', run, values: tags });
  for (const fact of facts) builder.apply({ kind: 'fact', run, fact: { ...fact, evidence: [{ file: 'drawn' }] } as Fact });
  return builder.finish();
}

export const runFromText = (table: string, more: DrawnRun = {}): Run => readRunFromText(table, more).run;

function eventsOf(table: string): readonly RunEvent[] {
  const [head, ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return (head ?? []).slice(1).flatMap((name, index): RunEvent[] => {
    const logged = rows.filter((row) => row[index + 1] !== undefined && row[index + 1] !== '.');
    return [
      { kind: 'series', run: 0, series: index, key: { name, context: {} } },
      {
        kind: 'points',
        run: 0,
        series: index,
        steps: Float64Array.from(logged, (row) => Number(row[0])),
        values: Float64Array.from(logged, (row) => Number(row[index + 1])),
        times: null,
      },
    ];
  });
}
