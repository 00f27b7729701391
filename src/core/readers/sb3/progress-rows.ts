// progress.json: the logger's rows as JSON, one object a line.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import type { HistoryWriter } from '../_history/writer';
import { stepColumn } from './reader';

/** Reads the rows into the writer; trouble is returned. */
export async function readRows(file: SourceFile, writer: HistoryWriter, context: ReadContext): Promise<Issue[]> {
  const place = { file: file.path };
  const issues: Issue[] = [];
  const bad = { count: 0, line: 0 };
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      for (const [at, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const row = rowOf(line);
        if (isObject(row)) addRow(row, writer);
        else if (!complete && at === lines.length - 1)
          issues.push(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, place));
        else if (bad.count++ === 0) bad.line = firstLine + at;
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, place));
  }
  if (bad.count > 0) issues.push(issue('bad-record', `Lines of ${file.name} that are no rows: ${bad.count}.`, { ...place, where: `line ${bad.line}` }));
  return issues;
}

function rowOf(line: string): Value {
  try {
    return parseJson(line);
  } catch {
    return null;
  }
}

function addRow(row: { readonly [key: string]: Value }, writer: HistoryWriter): void {
  const step = numberOf(row[stepColumn]) ?? Number.NaN;
  for (const [name, value] of Object.entries(row)) {
    const number = name === stepColumn || typeof value === 'boolean' ? null : numberOf(value);
    if (number !== null) writer.column('', name).add(step, Number.NaN, number);
  }
}
