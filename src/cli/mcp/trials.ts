// The table of trials that a call of `groups`, `effects` or `suggest` is about.

import type { z } from 'zod';
import type { TrialTable } from '../../core/trials/trial';
import { UsageError } from '../exit';
import { type LoadedTrials, loadTrials } from '../load-trials';
import type { trials } from './inputs';
import type { ToolContext } from './tool';
import { wordsOf } from './words';

type Input = z.infer<z.ZodObject<typeof trials>>;

/** @throws UsageError as loadTrials, and where nothing was read */
export async function tableFor(
  { path, metric, direction, at }: Input,
  { served, context }: ToolContext,
): Promise<{ readonly table: TrialTable; readonly issues: LoadedTrials['issues'] }> {
  const { table, issues } = await loadTrials(wordsOf(served.resolve(path), { metric, direction, at }), context);
  if (!table) throw new UsageError('no runs were found there. Call list_runs without a path to see what is there');
  return { table, issues };
}
