// The points of a panel: an x axis that all runs share, and columns for the runs.

import { isMissing } from '../../formats/csv';
import { parseNumber } from '../../formats/numbers';
import type { RunEvent } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { readRows, type TextRow } from '../_downloads/table';
import { timeMs } from '../_history/columns';
import { type Panel, panelOf } from './columns';
import type { WandbRuns } from './read';
import type { WandbFile } from './runs';

/** Bounds are a group's spread, or what was sampled away; where they are the value itself everywhere, they say nothing. */
async function tellingBounds(table: WandbFile, panel: Panel, context: ReadContext): Promise<ReadonlySet<number>> {
  const telling = new Set<number>();
  for await (const row of readRows(table, { ...context, progress: () => {} }, [], true))
    for (const { column, bounds } of panel.columns) if (bounds !== null && row.cell(column) !== row.cell(bounds)) telling.add(column);
  return telling;
}

export async function* readPanel(table: WandbFile, runs: WandbRuns, context: ReadContext): AsyncGenerator<RunEvent> {
  const panel = panelOf(table.dialect.columns);
  if (!panel) return;
  const { file, dialect } = table;
  const telling = await tellingBounds(table, panel, context);
  const columns = panel.columns.filter(({ column, bounds }) => bounds === null || telling.has(column));
  const xName = panel.x < 0 ? '' : dialect.columns[panel.x]!;
  const keys = new Map<string, string>();
  for await (const row of readRows({ file, dialect }, context, runs.trouble, true)) {
    const x = panel.x < 0 ? Number.NaN : numberIn(row, panel.x);
    const shown = new Set<string>();
    for (const { run, metric, column } of columns) {
      const value = row.cell(column);
      const number = isMissing(value) ? null : parseNumber(value);
      if (number === null) continue;
      const key = keys.get(run) ?? keyOf(run, `${metric}\0${row.cell(panel.x)}\0${value}`, runs);
      keys.set(run, key);
      const own = panel.steps.get(run);
      const step = own === undefined ? (isClock(xName) ? Number.NaN : x) : numberIn(row, own);
      const time = isTime(xName) ? timeMs(x) : Number.NaN;
      runs.writer.column(key, metric).add(step, time, number);
      // An axis of its own that is no step is worth keeping, once a row.
      if (shown.has(key) || Number.isNaN(x) || Object.is(step, x) || isTime(xName)) continue;
      shown.add(key);
      runs.writer.column(key, xName).add(step, time, x);
    }
    yield* runs.writer.drain();
  }
}

const isTime = (name: string): boolean => /^wall time$/i.test(name);
/** Axes that count no steps. */
const isClock = (name: string): boolean => isTime(name) || /^relative time/i.test(name);

function numberIn(row: TextRow, column: number): number {
  const cell = row.cell(column);
  if (isMissing(cell)) return Number.NaN;
  return parseNumber(cell) ?? (cell === '' ? Number.NaN : timeMs(cell));
}

/** The run that a table of the folder knows by this name, or one of its own: its name and first point tell it. */
const keyOf = (run: string, first: string, runs: WandbRuns): string => runs.called(run) ?? runs.begin(`${run}\0`, run, null, first);
