// What the runs so far taught: their points, scores and configurations, in an order that does not depend on theirs.

import { configurationsOf } from '../effects/configurations';
import { inertParams, withoutInert } from '../effects/inert';
import { spaceOf } from '../effects/space';
import type { Trial, TrialTable } from '../trials/trial';
import { pointOf } from './axis';
import { boundsOf } from './bounds';
import { keyOf } from './candidates';
import { type Outcome, outcomeOf } from './outcome';
import { type SearchSpace, searchSpace } from './space';
import { type TiedPair, tiedPairs } from './tied';

/** All complete runs of one set of params. */
export interface Configuration {
  /** Place in `Experience.configurations`. */
  readonly index: number;
  readonly key: string;
  readonly point: Float64Array;
  readonly trials: readonly Trial[];
  /** Mean of the metric over its runs. */
  readonly mean: number;
}

export interface Experience {
  readonly table: TrialTable;
  readonly space: SearchSpace;
  /** Runs with a result. */
  readonly complete: readonly Trial[];
  /** One a complete run. */
  readonly points: readonly Float64Array[];
  /** For each complete run the index of its configuration. */
  readonly groups: readonly number[];
  readonly configurations: readonly Configuration[];
  /** Points of the runs without a result. */
  readonly failed: readonly Float64Array[];
  readonly outcome: Outcome;
  readonly tied: readonly TiedPair[];
  /** What the metric cannot leave. */
  readonly bounds: readonly [low: number, high: number];
  /** Standard deviation between replicates, in units of the metric, and how many degrees of freedom it has; null without replicates. */
  readonly noise: { readonly deviation: number; readonly freedom: number } | null;
}

export function experienceOf(table: TrialTable): Experience {
  const trials = inOrder(table.trials);
  const complete = trials.filter(({ value }) => value !== null);
  const better = table.direction === 'min' ? 1 : -1;
  const best = [...complete].sort((a, b) => better * ((a.value as number) - (b.value as number)));
  const ordered = { ...table, trials };
  const whole = spaceOf(ordered);
  const inert = inertParams(ordered, whole);
  const params = withoutInert(whole, inert);
  const distinct = configurationsOf(ordered, params);
  const { within } = distinct;
  const space = searchSpace(params, [...inert.keys()], best);
  const { axes } = space;
  const points = complete.map(({ params }) => pointOf(axes, params));
  const byKey = new Map<string, { point: Float64Array; trials: Trial[] }>();
  const keys = complete.map((trial, i) => {
    const key = keyOf(axes, trial.params);
    const known = byKey.get(key);
    if (known) known.trials.push(trial);
    else byKey.set(key, { point: points[i] as Float64Array, trials: [trial] });
    return key;
  });
  const configurations = [...byKey].map(([key, { point, trials: members }], index): Configuration => {
    const mean = members.reduce((sum, { value }) => sum + (value as number), 0) / members.length;
    return { index, key, point, trials: members, mean };
  });
  const places = new Map(configurations.map(({ key, index }) => [key, index]));
  return {
    table,
    space,
    complete,
    points,
    groups: keys.map((key) => places.get(key) as number),
    configurations,
    tied: tiedPairs(ordered, params, distinct),
    bounds: boundsOf(
      table.metric,
      complete.map(({ value }) => value as number),
    ),
    failed: trials.filter(({ value }) => value === null).map(({ params }) => pointOf(axes, params)),
    outcome: outcomeOf(
      complete.map(({ value }) => value as number),
      table.direction,
    ),
    noise: within.freedom > 0 ? { deviation: Math.sqrt(within.squares / within.freedom), freedom: within.freedom } : null,
  };
}

/** By what they are, not by where they stand: sums come out the same in any order of rows. */
function inOrder(trials: readonly Trial[]): readonly Trial[] {
  const keyed = trials.map((trial) => {
    const params = Object.entries(trial.params)
      .map(
        ([name, value]) =>
          `${name}=${typeof value === 'object' ? JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) : String(value)}`,
      )
      .sort();
    return { trial, key: `${params.join('\n')}\n${trial.value}\n${trial.seed}\n${trial.id}` };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ trial }) => trial);
}
