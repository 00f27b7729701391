// Fields of input that several tools share.

import { z } from 'zod';
import type { Run } from '../../core/model/run';
import { readings } from '../../core/trials/trial';
import { UsageError } from '../exit';
import { selectRun } from '../select-run';

export const path = z
  .string()
  .max(4096)
  .optional()
  .describe('A folder, file or archive below the served folders: relative to them, or whole. All of them unless given. Naming one answers sooner.');

export const runs = z
  .array(z.string().max(1024))
  .min(1)
  .max(50)
  .optional()
  .describe('Only these runs: ids (or their beginning), native ids, unique names or paths, as list_runs gives them. All unless given.');

export const offset = z.number().int().min(0).optional().describe('Leave out so many items: the next_offset of the answer before.');

/** What `groups`, `effects` and `suggest` judge by. */
export const trials = {
  path,
  metric: z.string().max(1024).describe('Name of the series to judge by, exactly as logged (see inspect); in a CSV table a column.'),
  direction: z.enum(['min', 'max']).optional().describe('Which way is better, where the name of the metric does not say it.'),
  at: z.enum(readings).optional().describe('What stands for a curve: its last value (default), its best, or the mean of its last 5 %.'),
};

/** The runs that are meant, in the order in which they were named; all where none is. @throws UsageError where a word means none or several */
export function chosen(all: readonly Run[], words: readonly string[] | undefined): readonly Run[] {
  return words === undefined ? all : [...new Set(words.map((word) => selectRun(all, word)))];
}

/** @throws UsageError where nothing was read */
export function needRuns(all: readonly Run[]): void {
  if (all.length === 0) throw new UsageError('no runs were found there. Call list_runs without a path to see what is there');
}
