// A metric's table: step, the value in a column called like the file, perhaps the time.

import { type Issue, issue } from '../../base/issues';
import { readLines } from '../../formats/lines';
import { parseNumber } from '../../formats/numbers';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

/** Takes one point; step and time (ms) are NaN where the table has none. */
type Take = (step: number, time: number, value: number) => void;

/** Reads one table; trouble is returned. */
export async function readMetricTable(file: SourceFile, take: Take, context: ReadContext): Promise<Issue[]> {
  const place = { file: file.path };
  const issues: Issue[] = [];
  let columns: readonly string[] | null = null;
  const bad = { count: 0, line: 0 };
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      if (!complete && lines.pop() !== '') issues.push(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, place));
      for (const [at, line] of lines.entries()) {
        if (line === '') continue;
        const cells = line.split('\t');
        if (columns === null) columns = cells;
        else if (!addRow(columns, cells, take) && bad.count++ === 0) bad.line = firstLine + at;
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, place));
  }
  if (bad.count > 0) issues.push(issue('bad-record', `Rows of ${file.name} that are no points: ${bad.count}.`, { ...place, where: `line ${bad.line}` }));
  return issues;
}

function addRow(columns: readonly string[], cells: readonly string[], take: Take): boolean {
  const number = (name: string): number => parseNumber(cells[columns.indexOf(name)] ?? '') ?? Number.NaN;
  const value = parseNumber(cells[columns.length - 1] ?? '');
  if (cells.length !== columns.length || value === null) return false;
  take(number('step'), number('timestamp'), value);
  return true;
}
