// result.json: one line per report, with what Tune adds to each.

import { type Issue, issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { readLines } from '../../formats/lines';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';

export const stepKey = 'training_iteration';
export const timeKey = 'timestamp';

/** What Tune writes into every result by itself. */
export const ownKeys: ReadonlySet<string> = new Set([
  ...[stepKey, timeKey, 'date', 'time_this_iter_s', 'time_total_s', 'time_since_restore', 'iterations_since_restore', 'timesteps_since_restore'],
  ...['trial_id', 'experiment_id', 'experiment_tag', 'trial_name', 'pid', 'hostname', 'node_ip', 'done', 'should_checkpoint', 'checkpoint_dir_name', 'config'],
  ...['timesteps_total', 'episodes_total', 'warmup_time', 'hist_stats'],
]);

export type Result = { readonly [key: string]: Value };
/** Takes one value: name of the series, iteration, time in ms. */
type Take = (name: string, step: number, time: number, value: number) => void;

/** Gives each result to `look`, its numbers to `take`; trouble is returned. */
export async function readResults(file: SourceFile, look: (result: Result) => void, take: Take, context: ReadContext): Promise<Issue[]> {
  const place = { file: file.path };
  const issues: Issue[] = [];
  const bad = { count: 0, line: 0 };
  try {
    for await (const { lines, firstLine, complete } of readLines(file, context)) {
      for (const [at, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const result = resultOf(line);
        if (result) {
          look(result);
          addResult(result, take);
        } else if (!complete && at === lines.length - 1)
          issues.push(issue('truncated', `${file.name} ends in the middle of a result; it was left out.`, place));
        else if (bad.count++ === 0) bad.line = firstLine + at;
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, place));
  }
  if (bad.count > 0) issues.push(issue('bad-record', `Lines of ${file.name} that are no results: ${bad.count}.`, { ...place, where: `line ${bad.line}` }));
  return issues;
}

/** The result of a line, or null. */
export function resultOf(line: string): Result | null {
  try {
    const value = parseJson(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function addResult(result: Result, take: Take): void {
  const step = numberOf(result[stepKey]) ?? Number.NaN;
  const time = (numberOf(result[timeKey]) ?? Number.NaN) * 1000;
  const own = Object.fromEntries(Object.entries(result).filter(([key]) => !ownKeys.has(key)));
  for (const [name, value] of Object.entries(flatten(own, '/'))) {
    const number = typeof value === 'boolean' ? null : numberOf(value);
    if (number !== null) take(name, step, time, number);
  }
}
