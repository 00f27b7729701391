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
  /** How the pairs were chosen: every two, or the leader against the others. */
  readonly compared: 'all' | 'leader';
  /** Groups left out of the comparison with the leader: more than are shown. */
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
  /** Groups of a single run that have a better value than the leader, which was repeated: luck or better, one seed cannot tell. */
  readonly singlesAhead: number;
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

export function studyGroups(table: TrialTable, { seed = 1, task }: StudyOptions = {}): GroupStudy {
  const groups = groupTrials(table);
  const { trials, ...head } = table;
  const valued = groups.filter((group) => group.mean !== null);
  const all = valued.length <= mostInAllPairs;
  const [leader, ...others] = leaderFirst(valued);
  const chosen: readonly (readonly [TrialGroup, TrialGroup])[] = all
    ? valued.flatMap((a, i) => valued.slice(i + 1).map((b) => [a, b] as const))
    : others.slice(0, mostShown).map((other) => [leader as TrialGroup, other] as const);
  const better = (a: TrialGroup, b: TrialGroup): boolean =>
    table.direction === 'min' ? (a.mean as number) <= (b.mean as number) : (a.mean as number) >= (b.mean as number);
  const judged = chosen.map(([a, b]) => (better(a, b) ? comparePair(a, b, table.direction, seed) : comparePair(b, a, table.direction, seed)));
  const adjusted = holm(judged.map((pair) => pair.welch?.p ?? Number.NaN));
  const noise = noiseOf(valued);
  return {
    table: head,
    groups,
    noise,
    pairs: judged.map((pair, i) => settle(pair, adjusted[i] as number)),
    compared: all ? 'all' : 'leader',
    leftOut: all ? 0 : Math.max(0, others.length - mostShown),
    comparisons: judged.filter((pair) => pair.welch !== null).length,
    selection: leader && others.length > 0 ? selectionOf(leader, valued, noise, table.direction) : null,
    tasks: task === null ? null : acrossTasks(table, { seed, ...(task === undefined ? {} : { task }) }),
  };
}

/** The leader is the best that was repeated: a single run may lead by luck alone. Only where none was repeated does it lead. */
function leaderFirst(valued: readonly TrialGroup[]): readonly TrialGroup[] {
  const leader = valued.find((group) => group.values.length > 1) ?? valued[0];
  return leader ? [leader, ...valued.filter((group) => group !== leader)] : [];
}

function noiseOf(groups: readonly TrialGroup[]): GroupStudy['noise'] {
  const sd = pooledDeviation(groups.map(({ values }) => values));
  return Number.isNaN(sd) ? null : { sd, df: groups.reduce((sum, { values }) => sum + Math.max(0, values.length - 1), 0) };
}

function selectionOf(leader: TrialGroup, valued: readonly TrialGroup[], noise: GroupStudy['noise'], direction: 'min' | 'max'): Selection {
  const among = valued.length;
  const { length: seeds } = leader.values;
  const mean = leader.mean as number;
  const optimism = noise ? (expectedMaximum(among) * noise.sd) / Math.sqrt(seeds) : null;
  const shrunk = optimism === null ? null : direction === 'min' ? mean + optimism : mean - optimism;
  return { leader: leader.id, among, seeds, mean, optimism, shrunk, singlesAhead: valued.indexOf(leader) };
}
