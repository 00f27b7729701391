// progress.json: the logger's rows as JSON, one object a line.

import type { Issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import type { HistoryWriter } from '../_history/writer';
import { readJsonLines } from '../_logs/json-lines';
import { stepColumn } from './reader';

/** Reads the rows into the writer, their names into `names`; trouble is returned. */
export function readRows(file: SourceFile, writer: HistoryWriter, names: Set<string>, context: ReadContext): Promise<Issue[]> {
  return readJsonLines(
    file,
    (row) => {
      if (!isObject(row)) throw new SyntaxError('no row');
      addRow(row, writer, names);
    },
    'rows',
    context,
  );
}

function addRow(row: { readonly [key: string]: Value }, writer: HistoryWriter, names: Set<string>): void {
  const step = numberOf(row[stepColumn]) ?? Number.NaN;
  for (const [name, value] of Object.entries(row)) {
    const number = name === stepColumn || typeof value === 'boolean' ? null : numberOf(value);
    if (number === null) continue;
    names.add(name);
    writer.column('', name).add(step, Number.NaN, number);
  }
}
