// Tables of keys × runs, cut into pieces that fit a page: the baseline stands first in every piece.

import type { Run } from '../model/run';
import { displayName } from '../model/run';
import { none, text } from './cells';
import type { Cell, TableBlock } from './document';
import { orientationFor, runColumns } from './page-setup';
import type { ReportContext } from './section';

export interface KeyRow {
  readonly key: Cell;
  cell(run: Run): Cell;
}

/** One table per group of runs that fits across the page; each has the key column, the baseline, and some others. */
export function keyTables(context: ReportContext, id: string, caption: string, keyTitle: string, rows: readonly KeyRow[]): readonly TableBlock[] {
  const across = orientationFor(context.page, context.runs.length);
  const wide = across === context.page.orientation ? {} : { wide: true as const };
  const pieces = runGroups(context.runs, runColumns[across])
    .map((runs, index) => ({ runs, cells: cellsOf(runs, rows, index > 0) }))
    .filter(({ cells }) => cells.length > 0);
  return pieces.map(({ runs, cells }, index) => ({
    kind: 'table',
    id: pieces.length === 1 ? id : `${id}-${index + 1}`,
    caption: pieces.length === 1 ? caption : `${caption} (${index + 1} of ${pieces.length})`,
    head: [text(keyTitle), ...runs.map((run) => runCell(context, run))],
    align: ['left', ...runs.map(() => 'right' as const)],
    rows: cells,
    ...wide,
  }));
}

/** In a further piece, rows that say nothing about its own runs are left out: the first piece has them. */
function cellsOf(runs: readonly Run[], rows: readonly KeyRow[], further: boolean): readonly (readonly Cell[])[] {
  const cells = rows.map((row) => [row.key, ...runs.map((run) => row.cell(run))]);
  return further ? cells.filter((row) => row.slice(2).some((cell) => cell !== none)) : cells;
}

function runGroups(runs: readonly Run[], columns: number): readonly (readonly Run[])[] {
  const [baseline, ...others] = runs;
  if (!baseline || others.length < columns) return [runs];
  const groups: (readonly Run[])[] = [];
  for (let at = 0; at < others.length; at += columns - 1) groups.push([baseline, ...others.slice(at, at + columns - 1)]);
  return groups;
}

/** A run's name with its look, the baseline marked. */
export function runCell(context: ReportContext, run: Run): Cell {
  const name = displayName(run);
  return text(run.id === context.comparison.baseline && context.runs.length > 1 ? `${name} (baseline)` : name, { style: context.styleOf(run) });
}
