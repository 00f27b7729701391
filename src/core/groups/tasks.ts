// Many tasks at once, as rliable does (Agarwal et al. 2021): interquartile mean, probability of improvement and optimality gap, with stratified intervals.

import { canonical, settingsKey, settingsOf, tellingSettings, varyingSettings } from '../compare/settings';
import type { Value, Values } from '../model/values';
import { mean } from '../statistics/basic';
import { stratifiedInterval } from '../statistics/bootstrap';
import { superiorityShare } from '../statistics/effect-size';
import { interquartileMean } from '../statistics/selection';
import type { Trial, TrialTable } from '../trials/trial';

type Interval = readonly [number, number];
export interface Estimate {
  readonly value: number;
  /** 95 %, percentile, resampled within each task; null where no task has two runs. */
  readonly interval: Interval | null;
}

/** One way of doing it: all params but seed and task. */
export interface Method {
  readonly label: readonly (readonly [string, Value])[];
  readonly settings: Values;
  readonly runs: number;
  /** Interquartile mean of all scores. */
  readonly iqm: Estimate;
  /** Mean of how far scores stay below 1; null unless scores are shares of 1 where more is better. */
  readonly optimalityGap: Estimate | null;
}

export interface TaskStudy {
  readonly taskParam: string;
  readonly tasks: readonly string[];
  /** `raw`: values as logged. `by-task`: scaled to the range of each task, 1 the best seen: tasks of different scales do not average otherwise. */
  readonly scores: 'raw' | 'by-task';
  /** Best interquartile mean first. Only methods that were run on every task. */
  readonly methods: readonly Method[];
  /** Methods that lack a task. */
  readonly incomplete: number;
  /** The best against each other: chance that its run on a task, drawn at random, is better. In the order of `methods`, without the first. */
  readonly improvement: readonly Estimate[];
}

const taskKey = /(^|[./_])(task|env|environment|game|dataset|benchmark|problem)([._-]?(name|id))?$/i;
const mostTasks = 200;
const mostMethods = 20;
/** Fewer resamples where there are very many runs: their intervals are narrow anyway. */
const resamplesFor = (runs: number): number => Math.max(400, Math.min(2000, Math.floor(1e6 / runs)));

/** Null where no param names a task, or where no two methods were run on the same two tasks. */
export function acrossTasks(table: TrialTable, { seed, task }: { readonly seed: number; readonly task?: string }): TaskStudy | null {
  const key = task ?? taskParamOf(table.trials);
  if (key === null) return null;
  const sign = table.direction === 'max' ? 1 : -1;
  const strata = new Map<string, Map<string, number[]>>();
  const first = new Map<string, Trial>();
  const tasks = new Map<string, string>();
  for (const trial of table.trials) {
    const cell = trial.params[key];
    if (cell === undefined || trial.value === null) continue;
    const name = JSON.stringify(canonical(cell));
    tasks.set(name, typeof cell === 'string' ? cell : name);
    const method = settingsKey(without(trial.params, key));
    if (!first.has(method)) first.set(method, trial);
    const own = strata.get(method) ?? new Map<string, number[]>();
    const scores = own.get(name);
    if (scores) scores.push(sign * trial.value);
    else own.set(name, [sign * trial.value]);
    strata.set(method, own);
  }
  const names = [...tasks.keys()].sort();
  const complete = [...strata].filter(([, own]) => own.size === names.length).sort(([a], [b]) => (a < b ? -1 : 1));
  if (names.length < 2 || names.length > mostTasks || complete.length < 2) return null;
  const raw = table.direction === 'max' && complete.every(([, own]) => [...own.values()].flat().every((value) => value >= 0 && value <= 1));
  const scaled = raw ? (values: readonly number[]) => values : scaler(complete.map(([, own]) => own));
  const varying = varyingSettings(complete.map(([method]) => without((first.get(method) as Trial).params, key)));
  const found = complete
    .map(([method, own]) => {
      const cells = names.map((name) => Float64Array.from(scaled(own.get(name) as readonly number[], name)).sort());
      return { cells, method: methodOf(without((first.get(method) as Trial).params, key), cells, varying, raw, seed) };
    })
    .sort((a, b) => b.method.iqm.value - a.method.iqm.value)
    .slice(0, mostMethods);
  const [best, ...others] = found;
  return {
    taskParam: key,
    tasks: names.map((name) => tasks.get(name) as string),
    scores: raw ? 'raw' : 'by-task',
    methods: found.map(({ method }) => method),
    incomplete: strata.size - complete.length,
    improvement: others.map(({ cells }) => improvementOf(best?.cells ?? [], cells, seed)),
  };
}

/** A param called task, env, game, dataset or the like with two or more values. */
function taskParamOf(trials: readonly Trial[]): string | null {
  const keys = [...varyingSettings(trials.map(({ params }) => params)).keys()].filter((key) => taskKey.test(key));
  return keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? null;
}

const without = (params: Values, key: string): Values => Object.fromEntries(Object.entries(params).filter(([name]) => name !== key));

/** 0 the worst and 1 the best that any run reached on the task; 1 where all are equal. */
function scaler(all: readonly ReadonlyMap<string, readonly number[]>[]): (values: readonly number[], task: string) => readonly number[] {
  const ranges = new Map<string, readonly [number, number]>();
  for (const own of all) {
    for (const [task, values] of own) {
      const [low, high] = ranges.get(task) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      ranges.set(task, [values.reduce((a, b) => Math.min(a, b), low), values.reduce((a, b) => Math.max(a, b), high)]);
    }
  }
  return (values, task) => {
    const [low, high] = ranges.get(task) as readonly [number, number];
    return values.map((value) => (high > low ? (value - low) / (high - low) : 1));
  };
}

function methodOf(params: Values, cells: readonly Float64Array[], varying: ReadonlyMap<string, number>, raw: boolean, seed: number): Method {
  const settings = settingsOf(params);
  return {
    label: tellingSettings(settings, varying).map((name) => [name, settings[name] as Value] as const),
    settings,
    runs: cells.reduce((sum, { length }) => sum + length, 0),
    iqm: estimate(cells, (drawn) => interquartileMean(flat(drawn).sort()), seed),
    optimalityGap: raw ? estimate(cells, (drawn) => mean(flat(drawn).map((score) => Math.max(0, 1 - score))), seed) : null,
  };
}

const estimate = (cells: readonly Float64Array[], statistic: (drawn: readonly Float64Array[]) => number, seed: number): Estimate => ({
  value: statistic(cells),
  interval: cells.some(({ length }) => length > 1)
    ? stratifiedInterval(cells, statistic, { seed, resamples: resamplesFor(cells.reduce((sum, { length }) => sum + length, 0)) })
    : null,
});

/** Mean over tasks of P(X > Y) + P(X = Y) / 2, runs of both resampled within tasks. */
function improvementOf(x: readonly Float64Array[], y: readonly Float64Array[], seed: number): Estimate {
  return estimate([...x, ...y], (drawn) => mean(x.map((_, i) => superiorityShare(drawn[i] as Float64Array, drawn[x.length + i] as Float64Array))), seed);
}

function flat(cells: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(cells.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const cell of cells) {
    out.set(cell, at);
    at += cell.length;
  }
  return out;
}
