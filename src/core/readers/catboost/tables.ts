// learn_error.tsv and test_error.tsv: the same values as the JSON, for a training whose JSON is gone.

import { type Issue, issue } from '../../base/issues';
import { readLines } from '../../formats/lines';
import { parseNumber } from '../../formats/numbers';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import type { Take } from './training';

/**
 * Names of the series of a table's columns behind `iter`. Of several test sets all but the last are marked `:0`, `:1` …; the JSON
 * calls them `test`, `test1` ….
 */
function namesOf(columns: readonly string[], set: 'learn' | 'test'): string[] {
  if (set === 'learn') return columns.map((metric) => `learn/${metric}`);
  const marks = columns.map((column) => /^(.*):(\d+)$/.exec(column));
  const last = Math.max(-1, ...marks.map((mark) => Number(mark?.[2] ?? -1))) + 1;
  return columns.map((column, at) => {
    const index = marks[at] ? Number(marks[at][2]) : last;
    return `test${index === 0 ? '' : index}/${marks[at]?.[1] ?? column}`;
  });
}

/** Reads one table; trouble is returned. */
export async function readErrorTable(file: SourceFile, set: 'learn' | 'test', take: Take, context: ReadContext): Promise<Issue[]> {
  let names: string[] | null = null;
  let bad = 0;
  let cut = false;
  try {
    for await (const { lines, complete } of readLines(file, context)) {
      if (!complete) cut = lines.pop() !== '';
      for (const line of lines) {
        const [first = '', ...cells] = line.split('\t');
        const step = parseNumber(first);
        if (names === null) names = namesOf(cells, set);
        else if (step === null || cells.length !== names.length) bad += line === '' ? 0 : 1;
        else
          for (const [at, name] of names.entries()) {
            const value = parseNumber(cells[at] ?? '');
            if (value !== null) take(name, step, value);
          }
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [issue(error.code, error.message, { file: file.path })];
  }
  const issues: Issue[] = [];
  if (cut) issues.push(issue('truncated', `${file.name} ends in the middle of a line; that line was left out.`, { file: file.path }));
  if (bad > 0) issues.push(issue('bad-record', `Lines of ${file.name} that are no rows: ${bad}.`, { file: file.path }));
  return issues;
}
