// Which runs a comparison is of.

import type { Run } from '../../core/model/run';
import { UsageError } from '../exit';
import { type LoadedRuns, loadRuns } from '../read-runs';
import { selectRun, splitRunReference } from '../select-run';
import type { CliContext, VerbArgs } from '../verb';

/**
 * The runs that were named, in that order; the first is the baseline.
 * @throws UsageError where a word means no run or several
 */
export async function referredRuns(args: VerbArgs, context: CliContext): Promise<{ readonly loaded: LoadedRuns; readonly runs: readonly Run[] }> {
  const within = args.texts('in');
  if (within.length > 0) {
    const loaded = await loadRuns(within, args, context);
    return { loaded, runs: loaded.runs.length === 0 ? [] : args.positionals.map((word) => selectRun(loaded.runs, word)) };
  }
  const references = args.positionals.map((reference) => splitRunReference(reference, context.cwd));
  const paths = [...new Set(references.map(({ path }) => path))];
  const loaded = await loadRuns(paths, args, context);
  if (loaded.runs.length === 0) return { loaded, runs: [] };
  const runs = references.map(({ path, run }) => {
    const there = loaded.runs.filter(({ source }) => source === paths.indexOf(path));
    if (run === undefined && there.length !== 1)
      throw new UsageError(`${path} holds ${there.length} runs; name one as ${path}#ID`, there[0] && `${path}#${there[0].id}`);
    return selectRun(there, run);
  });
  return { loaded, runs };
}
