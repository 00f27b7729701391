// Whether two groups really differ: first what could have been seen at all, then what was seen, then the verdict.

import { sameValue } from '../compare/same-value';
import { bootstrapDifference, leastForBootstrap } from '../statistics/bootstrap';
import { hedgesG, pooledDeviation, superiority } from '../statistics/effect-size';
import { detectableEffect } from '../statistics/noncentral-t';
import { type MeanDifference, pairedDifference, welch } from '../statistics/welch';
import type { TrialGroup } from './group';

export type PairVerdict =
  /** The first is better: Welch's interval and, from five seeds on, the bootstrap interval leave zero out, after Holm's adjustment. */
  | 'different'
  | 'not-told-apart'
  /** Not different, and at fewer than five seeds only very large differences could have been. */
  | 'too-few-seeds'
  /** Neither group varies: there is no noise to compare with. */
  | 'no-spread';

export type Interval = readonly [number, number];

export interface GroupPair {
  /** Ids of the groups; the first has the better mean. */
  readonly a: string;
  readonly b: string;
  readonly sizes: readonly [number, number];
  /** Smallest true difference found with 80 % power at α = 0.05: in standard deviations, and in the metric's unit by the spread of the two groups. */
  readonly detectable: { readonly deviations: number; readonly value: number | null } | null;
  /** mean(a) − mean(b) in the metric's unit. */
  readonly difference: number;
  /** Welch; null where either has fewer than two seeds or neither varies. */
  readonly welch: Omit<MeanDifference, 'difference'> | null;
  /** Holm over the comparisons of the study that are tests; null where this is none. */
  readonly adjusted: number | null;
  /** Studentised, from five seeds each. */
  readonly bootstrap: Interval | null;
  readonly hedgesG: number | null;
  /** Chance that a run of the first is better than one of the second. */
  readonly better: { readonly probability: number; readonly interval: Interval } | null;
  /** Only where both share at least three seeds and differ in one setting and nothing known beside it. */
  readonly paired: (MeanDifference & { readonly seeds: number }) | null;
  /** Seeds that each would need to find a difference as large as the one seen; null where it is found, or where more than 1,000. */
  readonly seedsNeeded: number | null;
  /** Size of the difference in standard deviations of all repeats of the study: a first sight where there is no test. Null where nothing was repeated. */
  readonly inNoise: number | null;
  readonly verdict: PairVerdict;
}

export type Judged = Omit<GroupPair, 'adjusted' | 'verdict' | 'seedsNeeded' | 'inNoise'>;

/** Everything but the verdict, which needs the other comparisons. Both groups have a mean. */
export function comparePair(a: TrialGroup, b: TrialGroup, direction: 'min' | 'max', seed: number): Judged {
  const { difference, ...rest } = welch(a.values, b.values);
  const tested = !Number.isNaN(rest.p);
  const deviations = detectableEffect(a.values.length, b.values.length);
  const spread = pooledDeviation([a.values, b.values]);
  const bootstrap = bootstrapDifference(a.values, b.values, { seed: `${seed} ${a.id} ${b.id}` });
  const chance = direction === 'max' ? superiority(a.values, b.values) : superiority(b.values, a.values);
  const g = hedgesG(a.values, b.values);
  return {
    a: a.id,
    b: b.id,
    sizes: [a.values.length, b.values.length],
    detectable: Number.isNaN(deviations) ? null : { deviations, value: spread > 0 ? deviations * spread : null },
    difference,
    welch: tested ? rest : null,
    bootstrap: Number.isNaN(bootstrap[0]) ? null : bootstrap,
    hedgesG: Number.isNaN(g) ? null : g,
    better: tested ? chance : null,
    paired: pairedBySeed(a, b),
  };
}

/**
 * Verdict with the p-value that the number of comparisons leaves.
 * @param noise standard deviation of repeats, pooled over the study
 */
export function settle(pair: Judged, adjusted: number, noise: number | null): GroupPair {
  const verdict = verdictOf(pair, adjusted);
  return {
    ...pair,
    adjusted: Number.isNaN(adjusted) ? null : adjusted,
    verdict,
    seedsNeeded: verdict === 'different' ? null : seedsNeeded(pair.hedgesG),
    inNoise: noise !== null && noise > 0 ? Math.abs(pair.difference) / noise : null,
  };
}

function verdictOf(pair: Judged, adjusted: number): PairVerdict {
  const least = Math.min(...pair.sizes);
  if (least < 2) return 'too-few-seeds';
  if (!pair.welch) return 'no-spread';
  const outside = (interval: Interval | null): boolean => !interval || interval[0] > 0 || interval[1] < 0;
  if (adjusted < 0.05 && outside(pair.bootstrap)) return 'different';
  return least < leastForBootstrap ? 'too-few-seeds' : 'not-told-apart';
}

const mostSeeds = 1000;

function seedsNeeded(effect: number | null): number | null {
  const size = Math.abs(effect ?? 0);
  if (!(size > 0) || detectableEffect(mostSeeds, mostSeeds) > size) return null;
  let [low, high] = [2, mostSeeds];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (detectableEffect(middle, middle) <= size) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same seed is the same randomness only while nothing but the one setting changed, the code included. */
function pairedBySeed(a: TrialGroup, b: TrialGroup): GroupPair['paired'] {
  const keys = new Set([...Object.keys(a.settings), ...Object.keys(b.settings)]);
  const differing = [...keys].filter((key) => !sameValue(a.settings[key], b.settings[key]));
  if (differing.length !== 1 || circumstances(a) !== circumstances(b)) return null;
  const [seedsA, seedsB] = [valuesBySeed(a), valuesBySeed(b)];
  const shared = [...seedsA.keys()].filter((seed) => seedsB.has(seed));
  if (shared.length < 3) return null;
  const found = pairedDifference(
    shared.map((seed) => seedsA.get(seed) as number),
    shared.map((seed) => seedsB.get(seed) as number),
  );
  return Number.isNaN(found.p) ? null : { ...found, seeds: shared.length };
}

/** What was known to be the same in all of a group's runs, of that which changes what a seed leads to. */
const circumstances = ({ members }: TrialGroup): string =>
  JSON.stringify([...new Set(members.map(({ circumstances: known }) => `${known.commit ?? ''} ${known.data ?? ''}`))].sort());

/** Outcome by seed; a seed that was run twice with other results is none that pairs. */
function valuesBySeed({ members }: TrialGroup): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const twice = new Set<string>();
  for (const { seed, value } of members) {
    if (seed === null || value === null) continue;
    if (found.has(seed) && found.get(seed) !== value) twice.add(seed);
    found.set(seed, value);
  }
  for (const seed of twice) found.delete(seed);
  return found;
}
