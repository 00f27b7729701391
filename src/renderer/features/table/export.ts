// The table to a file or the clipboard: full precision, not only what is on the screen.

import { noFormula } from '../../../core/base/csv-text';
import { displayName, type Run } from '../../../core/model/run';
import { counted, valueText } from '../../../core/view/format';
import type { Column } from '../../../core/view/table-columns';
import { tableCsv } from '../../../core/view/table-csv';
import type { App } from '../../state/app';
import { saveFile } from '../../state/save';
import type { TableModel } from './use-table';

const shownColumns = ({ columns }: TableModel): readonly Column[] => [...columns.pinned, ...columns.rest];

/** @param what `all` takes every run of the list and every column, hidden ones too */
export function saveCsv(app: App, table: TableModel, what: 'all' | 'shown'): void {
  const columns = what === 'all' ? table.all : shownColumns(table);
  saveFile('runs.csv', tableCsv(table.view.runs, columns, table.metrics), 'text/csv;charset=utf-8');
  app.toasts.show({ kind: 'good', text: `${counted(table.view.runs.length, 'run')} and ${counted(columns.length, 'column')} written to runs.csv` });
}

export function copyTable(app: App, table: TableModel): void {
  copyText(app, linesOf(table, table.view.runs), `${counted(table.view.runs.length, 'run')} copied`);
}

export function copyRow(app: App, table: TableModel, run: Run): void {
  copyText(app, linesOf(table, [run]), 'Row copied');
}

export function copyText(app: App, text: string, said: string): void {
  navigator.clipboard
    .writeText(text)
    .then(() => app.toasts.show({ kind: 'good', text: said }))
    .catch(() => app.toasts.show({ kind: 'bad', text: 'The clipboard is not open to this page.' }));
}

/** Lines with tabs between, head first, as spreadsheets take them. */
function linesOf(table: TableModel, runs: readonly Run[]): string {
  const columns = shownColumns(table);
  const plain = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  const head = ['run', ...columns.map((column) => column.id)];
  const lines = runs.map((run) => [
    displayName(run),
    ...columns.map((column) => {
      const cell = table.value(run, column);
      return cell === undefined ? '' : valueText(cell);
    }),
  ]);
  // A spreadsheet runs what is pasted as it runs what is opened.
  return [head, ...lines].map((line) => line.map((text) => noFormula(plain(text))).join('\t')).join('\n');
}
