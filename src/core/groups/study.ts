// All that groups of repeated runs say: the groups, which of them differ, and what choosing the best of them is worth.

import { pooledDeviation } from '../statistics/effect-size';
import { expectedMaximum, holm } from '../statistics/selection';
import type { TrialTable } from '../trials/trial';
import { groupTrials, type TrialGroup } from './group';
import { comparePair, type GroupPair, settle } from './pair';
import { acrossTasks, type TaskStudy } from './tasks';

export interface GroupStudy {
  readonly table: Omit<TrialTable, 'trials'>;
  readonly groups: readonly TrialGroup[];
  /** Spread of repeated runs: pooled over all groups of two or more; null where nothing was repeated. */
  readonly noise: { readonly sd: number; readonly df: number } | null;
  readonly pairs: readonly GroupPair[];
  /** How the pairs were chosen: every two, or the best repeated against the other repeated (and a better single run against the next best). */
  readonly compared: 'all' | 'leader';
  /** Groups that no pair holds. */
  readonly leftOut: number;
  /** Comparisons that are tests: what Holm's adjustment is over. */
  readonly comparisons: number;
  readonly selection: Selection | null;
  /** Null where no param names a task. */
  readonly tasks: TaskStudy | null;
}

/** The leader and what being chosen does to its number (winner's curse). */
export interface Selection {
  readonly leader: string;
  /** Groups with an outcome: it was selected among so many. */
  readonly among: number;
  readonly seeds: number;
  readonly mean: number;
  /** How much too good the mean is expected to be if all were equally good: expected maximum of k normals × noise / √n. Null where the noise is not known. */
  readonly optimism: number | null;
  /** The mean less that. */
  readonly shrunk: number | null;
}

export interface StudyOptions {
  /** Seed of the resampling. */
  readonly seed?: number;
  /** Param that names the task; unless given, one that is called so. Null for none. */
  readonly task?: string | null;
}

/** Up to here every two groups are compared; beyond, the leader with the others: all pairs of many groups would find nothing after adjustment. */
const mostInAllPairs = 6;
const mostShown = 200;
const mostUntested = 5;

export function studyGroups(table: TrialTable, { seed = 1, task }: StudyOptions = {}): GroupStudy {
  const groups = groupTrials(table);
  const { trials, ...head } = table;
  const valued = groups.filter((group) => group.mean !== null);
  const [leader] = valued;
  const all = valued.length <= mostInAllPairs;
  const chosen = all ? valued.flatMap((a, i) => valued.slice(i + 1).map((b) => [a, b] as const)) : againstLeaders(valued);
  const judged = chosen.map(([a, b]) => comparePair(a, b, table.direction, seed));
  const adjusted = holm(judged.map((pair) => pair.welch?.p ?? Number.NaN));
  const noise = noiseOf(valued);
  return {
    table: head,
    groups,
    noise,
    pairs: judged.map((pair, i) => settle(pair, adjusted[i] as number, noise?.sd ?? null)),
    compared: all ? 'all' : 'leader',
    leftOut: all ? 0 : valued.length - new Set(chosen.flat()).size,
    comparisons: judged.filter((pair) => pair.welch !== null).length,
    selection: leader && valued.length > 1 ? selectionOf(leader, valued.length, noise, table.direction) : null,
    tasks: task === null ? null : acrossTasks(table, { seed, ...(task === undefined ? {} : { task }) }),
  };
}

/**
 * The best of those that were repeated with the others that were: these are tests. Where a single run is better, it with the next best as well:
 * no test, and the reader should see why not. Pairs stand in the order of the groups, so that the first has the better mean.
 */
function againstLeaders(valued: readonly TrialGroup[]): readonly (readonly [TrialGroup, TrialGroup])[] {
  const repeated = valued.filter(({ values }) => values.length > 1);
  const [best, ...others] = repeated.length > 0 ? repeated : valued;
  const tests = others.slice(0, mostShown).map((other) => [best as TrialGroup, other] as const);
  const [first, ...next] = valued;
  return first === best || !first ? tests : [...next.slice(0, mostUntested).map((other) => [first, other] as const), ...tests];
}

function noiseOf(groups: readonly TrialGroup[]): GroupStudy['noise'] {
  const sd = pooledDeviation(groups.map(({ values }) => values));
  return Number.isNaN(sd) ? null : { sd, df: groups.reduce((sum, { values }) => sum + Math.max(0, values.length - 1), 0) };
}

function selectionOf(leader: TrialGroup, among: number, noise: GroupStudy['noise'], direction: 'min' | 'max'): Selection {
  const { length: seeds } = leader.values;
  const mean = leader.mean as number;
  const optimism = noise ? (expectedMaximum(among) * noise.sd) / Math.sqrt(seeds) : null;
  const shrunk = optimism === null ? null : direction === 'min' ? mean + optimism : mean - optimism;
  return { leader: leader.id, among, seeds, mean, optimism, shrunk };
}
