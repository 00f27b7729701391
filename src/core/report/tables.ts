// Tables of keys × runs, cut into pieces that fit a page: the baseline stands first in every piece.

import type { Run } from '../model/run';
import { displayName } from '../model/run';
import { none, text } from './cells';
import type { Cell, TableBlock } from './document';
import type { ReportContext } from './section';

/** Run columns of one table; more do not fit across an A4 page in a readable size. */
const columnsPerTable = 5;

export interface KeyRow {
  readonly key: Cell;
  cell(run: Run): Cell;
}

/** One table per group of runs; each has the key column, the baseline, and up to four others. */
export function keyTables(context: ReportContext, id: string, caption: string, keyTitle: string, rows: readonly KeyRow[]): readonly TableBlock[] {
  if (rows.length === 0) return [];
  return runGroups(context.runs).map((runs, index, groups) => ({
    kind: 'table',
    id: groups.length === 1 ? id : `${id}-${index + 1}`,
    caption: groups.length === 1 ? caption : `${caption} (${index + 1} of ${groups.length})`,
    head: [text(keyTitle), ...runs.map((run) => runCell(context, run))],
    align: ['left', ...runs.map(() => 'right' as const)],
    rows: rows
      .map((row) => [row.key, ...runs.map((run) => row.cell(run))])
      // In a further piece, rows that say nothing about its own runs are left out.
      .filter((cells) => index === 0 || cells.slice(2).some((cell) => cell !== none)),
  }));
}

function runGroups(runs: readonly Run[]): readonly (readonly Run[])[] {
  const [baseline, ...others] = runs;
  if (!baseline || others.length < columnsPerTable) return [runs];
  const groups: (readonly Run[])[] = [];
  for (let at = 0; at < others.length; at += columnsPerTable - 1) groups.push([baseline, ...others.slice(at, at + columnsPerTable - 1)]);
  return groups;
}

/** A run's name with its look, the baseline marked. */
export function runCell(context: ReportContext, run: Run): Cell {
  const name = displayName(run);
  return text(run.id === context.comparison.baseline && context.runs.length > 1 ? `${name} (baseline)` : name, { style: context.styleOf(run) });
}
