// What tools about runs begin with: the runs at a path, and those of them that a call means.

import type { Run } from '../../core/model/run';
import { type LoadedRuns, loadRuns } from '../read-runs';
import { chosen, needRuns } from './inputs';
import type { ToolContext } from './tool';
import { wordsOf } from './words';

/** @throws UsageError where there are none, or a word means none or several */
export async function runsAt(
  { path, runs }: { readonly path?: string | undefined; readonly runs?: readonly string[] | undefined },
  { served, context }: ToolContext,
): Promise<LoadedRuns & { readonly picked: readonly Run[] }> {
  const paths = served.resolve(path);
  const loaded = await loadRuns(paths, wordsOf(paths), context);
  needRuns(loaded.runs);
  return { ...loaded, picked: chosen(loaded.runs, runs) };
}
