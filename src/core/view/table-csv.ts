// The table as CSV: every column, every run, full precision.

import { csvText } from '../base/csv-text';
import { displayName, type Run } from '../model/run';
import { readField } from './fields';
import { valueText } from './format';
import { type MetricChoices, readOptions } from './run-list';
import type { Column } from './table-columns';

/** One line per run, in the order given; a missing value is an empty cell. Lines end in CR LF (RFC 4180). */
export function tableCsv(runs: readonly Run[], columns: readonly Column[], metrics: MetricChoices): string {
  const read = columns.map((column) => readOptions(column.field, metrics));
  const head = ['run', 'run_id', ...columns.map((column, at) => headText(column, read[at]?.reduction))];
  const lines = runs.map((run) => [
    displayName(run),
    run.nativeId ?? run.id,
    ...columns.map((column, at) => {
      const cell = readField(run, column.field, read[at]);
      return cell === undefined ? '' : valueText(cell);
    }),
  ]);
  return [head, ...lines].map((line) => `${line.map(csvText).join(',')}\r\n`).join('');
}

const headText = (column: Column, reduction: string | undefined): string => (reduction && reduction !== 'last' ? `${column.id} (${reduction})` : column.id);
