// One series of one run with all of its points: what `diptych series` answers.

import type { Points, Run, Series } from '../../core/model/run';
import { UsageError } from '../exit';
import { type LoadedRuns, loadRuns } from '../read-runs';
import { mayMean, selectRun } from '../select-run';
import { selectSeries } from '../select-series';
import type { CliContext, VerbArgs } from '../verb';

export interface SeriesAnswer {
  readonly loaded: LoadedRuns;
  /** Null where no run was found. */
  readonly found: { readonly run: Run; readonly series: Series; readonly points: Points } | null;
}

/**
 * The series that `--run`, `--metric` and `--context` mean.
 * @throws UsageError where they mean none or several
 */
export async function seriesAnswer(args: VerbArgs, context: CliContext): Promise<SeriesAnswer> {
  const metric = args.text('metric');
  const word = args.text('run');
  if (metric === undefined) throw new UsageError('--metric is missing');
  const loaded = await loadRuns(args.positionals, args, context, { keepPoints: (run) => word === undefined || mayMean(run, word) });
  if (loaded.runs.length === 0) return { loaded, found: null };
  const run = selectRun(loaded.runs, word);
  const index = selectSeries(run, metric, args.text('context'));
  return { loaded, found: { run, series: run.series[index] as Series, points: loaded.points.get(run.id)?.[index] as Points } };
}
