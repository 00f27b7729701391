// result.json: one line per report, with what Tune adds to each.

import type { Issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { readJsonLines } from '../_logs/json-lines';

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
export function readResults(file: SourceFile, look: (result: Result) => void, take: Take, context: ReadContext): Promise<Issue[]> {
  return readJsonLines(
    file,
    (value) => {
      if (!isObject(value)) throw new SyntaxError('no result');
      look(value);
      addResult(value, take);
    },
    'results',
    context,
  );
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
