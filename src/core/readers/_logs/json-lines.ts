// Logs of one JSON value per line: every line is handed over, trouble becomes issues.

import { type Issue, issue } from '../../base/issues';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

/**
 * Reads the log to its end. A last line without its line feed counts if it is whole.
 * @param take throws SyntaxError for a line that is no record
 * @param what a record is called: `messages`
 */
export async function readJsonLines(file: SourceFile, take: (value: Value, line: number) => void, what: string, context: ReadContext): Promise<Issue[]> {
  const issues: Issue[] = [];
  let bad = 0;
  let firstBad = 0;
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context))
      for (const [at, line] of lines.entries()) {
        if (line.trim() === '') continue;
        try {
          take(parseJson(line), firstLine + at);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          if (!complete && at === lines.length - 1) issues.push(issue('truncated', `${file.name} ends in the middle of a line.`, { file: file.path }));
          else if (bad++ === 0) firstBad = firstLine + at;
        }
      }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  if (bad > 0) issues.unshift(issue('bad-record', `${bad} lines are no ${what} and were skipped.`, { file: file.path, where: `line ${firstBad}` }));
  return issues;
}
