// Makes the table of trials of runs: one number per run, its params, and the circumstances it ran in.

import { numeric } from '../compare/same-value';
import { factValue } from '../model/facts';
import { displayName, type Points, type Run, type Series } from '../model/run';
import type { Value, Values } from '../model/values';
import { mean } from '../statistics/basic';
import { directionOf } from './direction';
import { seedOf, withoutSeeds } from './seeds';
import type { Reading, Trial, TrialOptions, Trials } from './trial';

/** Share of a curve's points, at its end, that `mean-tail` reads. */
const tailShare = 0.05;

/**
 * The table of runs for one metric. Left out are deleted runs, runs still going, and parents that only hold other runs.
 * A run without the metric, or that failed, has the outcome null.
 * @param points points of a run in the order of `run.series`; only `mean-tail` needs them
 */
export function trialsFromRuns(runs: readonly Run[], options: TrialOptions, points?: ReadonlyMap<string, readonly Points[]>): Trials {
  const parents = new Set(runs.map((run) => run.parentId));
  const chosen = runs
    .filter((run) => !run.deleted && run.status !== 'running')
    .map((run) => ({ run, at: seriesIndex(run, options.metric) }))
    .filter(({ run, at }) => at >= 0 || !parents.has(run.id));
  const logged = chosen.flatMap(({ run, at }) => run.series[at] ?? []);
  if (logged.length === 0 && !chosen.some(({ run }) => numeric(run.summary[options.metric]) !== null)) return { problem: noMetric(runs, options.metric) };
  const direction = directionOf(options, logged);
  if (typeof direction !== 'string') return { problem: direction };
  const reading = options.reading ?? 'last';
  const seedParam = seedOf(runs.map((run) => run.params));
  const trials = chosen.map(
    ({ run, at }): Trial => ({
      id: run.id,
      name: displayName(run),
      params: withoutSeeds(run.params),
      value: run.status === 'failed' ? null : outcome(run, at, options.metric, reading, direction, points?.get(run.id)?.[at]),
      seed: seedText(run, seedParam),
      circumstances: circumstancesOf(run, run.series[at]),
      durationMs: run.startedMs !== null && run.endedMs !== null && run.endedMs >= run.startedMs ? run.endedMs - run.startedMs : null,
    }),
  );
  return { table: { metric: options.metric, direction, reading, seedParam, trials } };
}

/** The series of that name: without a context, else the first by context as listed; hardware series last. */
function seriesIndex(run: Run, metric: string): number {
  const plain = run.series.findIndex((series) => series.name === metric && Object.keys(series.context).length === 0);
  return plain >= 0 ? plain : run.series.findIndex((series) => series.name === metric);
}

function noMetric(runs: readonly Run[], metric: string) {
  const names = new Set(runs.flatMap((run) => run.series.filter((series) => !series.system).map((series) => series.name)));
  for (const run of runs) for (const key of Object.keys(run.summary)) if (numeric(run.summary[key]) !== null) names.add(key);
  return { code: 'no-metric', message: `no run has the metric '${metric}'`, candidates: [...names].sort() } as const;
}

function outcome(run: Run, at: number, metric: string, reading: Reading, direction: 'min' | 'max', points: Points | undefined): number | null {
  const series = run.series[at];
  const value = series ? read(series, reading, direction, points) : numeric(run.summary[metric]);
  return value !== null && Number.isFinite(value) ? value : null;
}

function read(series: Series, reading: Reading, direction: 'min' | 'max', points: Points | undefined): number | null {
  if (reading === 'best') return direction === 'min' ? series.min : series.max;
  if (reading === 'last') return series.last;
  if (!points) return null;
  const { values } = points;
  const tail = values.subarray(values.length - Math.max(1, Math.round(values.length * tailShare)));
  return values.length === 0 ? null : mean(tail);
}

function seedText(run: Run, seedParam: string | null): string | null {
  const value = seedParam === null ? factValue(run.facts, 'seed') : run.params[seedParam];
  return value === undefined || value === null ? null : String(value);
}

function circumstancesOf(run: Run, series: Series | undefined): Values {
  const data = factValue(run.facts, 'datasets')?.map(({ name, digest, version }) => [name, digest ?? version ?? '?'].join(' '));
  const found: Readonly<Record<string, Value | undefined | null>> = {
    commit: factValue(run.facts, 'git_commit'),
    'uncommitted changes': factValue(run.facts, 'git_dirty'),
    data: data && data.length > 0 ? [...data].sort().join(', ') : null,
    gpu: factValue(run.facts, 'gpu'),
    'number of GPUs': factValue(run.facts, 'gpu_count'),
    host: factValue(run.facts, 'host'),
    python: factValue(run.facts, 'python'),
    precision: factValue(run.facts, 'precision'),
    experiment: run.experiment,
    'job type': run.jobType,
    started: run.startedMs,
    'last step': series?.lastStep,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== null)) as Values;
}
