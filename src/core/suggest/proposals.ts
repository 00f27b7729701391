// The proposals that a model makes, and those that are made without asking it.

import type { Random } from '../base/random';
import type { Values } from '../model/values';
import { normalCdf } from '../statistics/normal';
import { type Axis, choicesOf, plainDistance, pointOf } from './axis';
import { type Candidate, candidateAt, candidatesFor, fillingCandidates, keyOf, neighbourOf } from './candidates';
import type { Configuration, Experience } from './experience';
import { feasibilityOf } from './feasibility';
import { type Believed, type Guide, noiseOf, promise } from './guide';
import type { Surrogate } from './surrogate';
import { otherValue } from './tied';

export type Proposal =
  | { readonly kind: 'exploit' | 'explore'; readonly candidate: Candidate; readonly chance: number }
  /** Where no run was yet; no model was asked. */
  | { readonly kind: 'fill'; readonly candidate: Candidate }
  | { readonly kind: 'boundary'; readonly candidate: Candidate; readonly param: string; readonly chance: number }
  | { readonly kind: 'replicate'; readonly configuration: Configuration; readonly rivals: readonly Believed[] }
  | { readonly kind: 'disambiguate'; readonly candidate: Candidate; readonly keep: string; readonly move: string; readonly set: Values };

/** What a batch holds so far. */
export interface Batch {
  /** Keys of configurations that ran or are proposed. */
  readonly taken: ReadonlySet<string>;
  /** Points proposed. */
  readonly points: readonly Float64Array[];
  /** Index of a configuration → how many repeats of it are proposed. */
  readonly repeats: ReadonlyMap<number, number>;
  /** The model as if what is proposed had come out as it predicts. */
  readonly surrogate: Surrogate | null;
}

const bestFew = 3;
/** Refining: this many of the best candidates, so many neighbours of each, in ever smaller steps. */
const refined = 5;
const refinements = 12;
const widths = [0.05, 0.015];
/** At least this chance to beat the best estimate makes it an exploit. */
const likely = 0.3;

/** Less than this chance to end with a result, against that of a run that has no neighbours, and a place is left alone. */
const safeEnough = 0.6;
/** Less than this chance, and other kinds of runs are worth more. */
const hopeless = 0.01;
/** What the model picks is at least this far in the unit cube from all that ran and from the batch, coordinates counted as they matter; less where nothing else may be better. */
const apart = [0.1, 0.05, 0.025] as const;
/** What the logarithm of the improvement may lose for a param to stay as it was. */
const simpler = 0.05;

/** The candidate that promises the most, changing nothing that does not help. Null where nothing that has not run may be better. */
export function promising(guide: Guide, batch: Batch, random: Random): Proposal | null {
  for (const gap of apart) {
    const found = promisingBeyond(guide, batch, random, gap);
    if (found !== null) return found;
  }
  return null;
}

function promisingBeyond(guide: Guide, batch: Batch, random: Random, gap: number): Proposal | null {
  const { axes, fixed } = guide.experience.space;
  const { taken, points } = batch;
  const surrogate = batch.surrogate ?? guide.surrogate;
  const distance = plainDistance(choicesOf(axes), guide.surrogate.relevance);
  const known = [...guide.experience.configurations.map((configuration) => configuration.point), ...points];
  const free = ({ key, point }: Candidate): boolean =>
    !taken.has(key) && guide.feasibility(point) >= safeEnough && known.every((other) => distance(other, point) >= gap ** 2);
  // The batch counts as if it had come out as predicted: what to improve on is the best of it too.
  const best = Math.min(
    ...guide.ranked.map(({ configuration }) => surrogate.predict(configuration.point).mean),
    ...points.map((point) => surrogate.predict(point).mean),
  );
  const judged = (candidates: readonly Candidate[]) =>
    candidates.map((candidate) => ({ candidate, promise: promise(guide, surrogate, best, candidate) })).sort((a, b) => b.promise - a.promise);
  const origins = guide.ranked.slice(0, bestFew).map(({ configuration }) => configuration.point);
  let top = judged(candidatesFor(axes, fixed, origins, taken, random).filter(free)).slice(0, refined);
  for (const width of widths) {
    const near = top.flatMap(({ candidate }) =>
      Array.from({ length: refinements }, () => candidateAt(axes, fixed, neighbourOf(axes, candidate.point, random, width))),
    );
    top = [...top, ...judged(near.filter(free))].sort((a, b) => b.promise - a.promise).slice(0, refined);
  }
  const first = top[0];
  if (first === undefined) return null;
  let { candidate } = first;
  const from = origins[0] as Float64Array;
  for (const k of axes.keys()) {
    if (candidate.point[k] === from[k]) continue;
    const kept = candidateAt(
      axes,
      fixed,
      candidate.point.map((here, i) => (i === k ? (from[k] as number) : here)),
    );
    if (free(kept) && promise(guide, surrogate, best, kept) >= first.promise - simpler) candidate = kept;
  }
  const { mean, deviation } = surrogate.predict(candidate.point);
  const chance = normalCdf(((guide.ranked[0]?.score ?? 0) - mean) / deviation);
  if (chance < hopeless) return null;
  return { kind: chance >= likely ? 'exploit' : 'explore', candidate, chance };
}

/** A point far from all runs and from the batch, among points that fill the space as it was tried. */
export function filling(experience: Experience, { taken, points }: Batch, random: Random): Proposal | null {
  const { axes, fixed } = experience.space;
  if (axes.length === 0) return null;
  const tried = axes.map((axis): Axis => (axis.kind === 'number' ? { ...axis, low: axis.seen[0] ?? axis.low, high: axis.seen.at(-1) ?? axis.high } : axis));
  const categories = choicesOf(axes);
  const distance = plainDistance(categories);
  const feasible = feasibilityOf(experience.points, experience.failed, categories);
  const known = [...experience.configurations.map(({ point }) => point), ...experience.failed, ...points];
  let best: { readonly candidate: Candidate; readonly room: number } | null = null;
  for (const { params } of fillingCandidates(tried, fixed, 256, random)) {
    const candidate = { params, point: pointOf(axes, params), key: keyOf(axes, params) };
    if (taken.has(candidate.key)) continue;
    const room = known.reduce((least, point) => Math.min(least, distance(point, candidate.point)), Number.POSITIVE_INFINITY) * feasible(candidate.point);
    if (best === null || room > best.room) best = { candidate, room };
  }
  return best && { kind: 'fill', candidate: best.candidate };
}

/** Repeats beyond this teach little more of a mean. */
const mostRepeats = 5;
/** A lead of fewer noise deviations than this may be luck. */
const clearLead = 2;

/** One of the three best configurations again, while the lead is within the noise: the one with the fewest runs. Null where the lead is clear. */
export function repeating(guide: Guide, { repeats }: Batch): Proposal | null {
  const rivals = guide.ranked.slice(0, bestFew);
  const [first, second] = rivals;
  if (first === undefined) return null;
  const within = ({ estimate }: Believed): boolean => Math.abs(estimate - first.estimate) <= clearLead * noiseOf(guide);
  if (second !== undefined && !within(second)) return null;
  const count = ({ configuration }: Believed): number => configuration.trials.length + (repeats.get(configuration.index) ?? 0);
  const open = rivals.filter((rival) => within(rival) && count(rival) < mostRepeats);
  const least = open.reduce<Believed | null>((a, b) => (a === null || count(b) < count(a) ? b : a), null);
  return least && { kind: 'replicate', configuration: least.configuration, rivals };
}

/** Where no model may be asked: one of the three best as observed, the one with the fewest runs. Null without a complete run. */
export function repeatingBest({ configurations, table, outcome }: Experience, { repeats }: Batch): Proposal | null {
  const better = table.direction === 'min' ? 1 : -1;
  const rivals = [...configurations]
    .sort((a, b) => better * (a.mean - b.mean) || a.index - b.index)
    .slice(0, bestFew)
    .map((configuration): Believed => ({ configuration, estimate: configuration.mean, score: outcome.toScore(configuration.mean), deviation: 0 }));
  const count = ({ configuration }: Believed): number => configuration.trials.length + (repeats.get(configuration.index) ?? 0);
  const least = rivals.filter((rival) => count(rival) < mostRepeats).reduce<Believed | null>((a, b) => (a === null || count(b) < count(a) ? b : a), null);
  return least && { kind: 'replicate', configuration: least.configuration, rivals };
}

/** Choices beyond this are not tried one by one. */
const mostChoices = 12;

/** At least this chance to beat the best estimate, and an edge may still be worth a run. */
const stillOpen = 0.05;

/** The best configuration with one param at an edge, or another choice: of those that may be better, the one that is least certain. */
export function probing(guide: Guide, { taken, surrogate: believed }: Batch): Proposal | null {
  const { axes, fixed } = guide.experience.space;
  const surrogate = believed ?? guide.surrogate;
  const first = guide.ranked[0];
  if (first === undefined) return null;
  const probes = axes.flatMap((axis, k) => {
    const places = axis.kind === 'number' ? [0, 1] : axis.choices.slice(0, mostChoices).map((_, i) => i);
    return places.flatMap((place) => {
      const candidate = candidateAt(
        axes,
        fixed,
        first.configuration.point.map((here, i) => (i === k ? place : here)),
      );
      if (taken.has(candidate.key) || guide.feasibility(candidate.point) < safeEnough) return [];
      const { mean, deviation } = surrogate.predict(candidate.point);
      return [{ candidate, param: axis.name, deviation, chance: normalCdf((first.score - mean) / deviation) }];
    });
  });
  const open = probes.filter(({ chance }) => chance >= stillOpen);
  const best = open.length > 0 ? highest(open, ({ deviation }) => deviation) : highest(probes, ({ chance }) => chance);
  return best && { kind: 'boundary', candidate: best.candidate, param: best.param, chance: best.chance };
}

function highest<T>(items: readonly T[], of: (item: T) => number): T | null {
  return items.reduce<T | null>((a, b) => (a === null || of(b) > of(a) ? b : a), null);
}

/** Coordinates at least this far apart set two values of a tied param apart. */
const contrast = 0.3;

/** The best configuration with one of a tied pair at a value that it had only beside other values of the other. Null without such a pair. */
export function separating(guide: Guide, { taken, surrogate: believed }: Batch): Proposal | null {
  const { experience, ranked } = guide;
  const { axes, fixed } = experience.space;
  const base = ranked[0]?.configuration;
  if (base === undefined) return null;
  const inRank = ranked.flatMap(({ configuration }) => configuration.trials.slice(0, 1));
  for (const { a, b, alias } of experience.tied) {
    if (alias) {
      const value = otherValue(inRank, b, base.trials[0]?.params[b]);
      const key = `${base.key} ${b}`;
      if (value === undefined || taken.has(key)) continue;
      return { kind: 'disambiguate', candidate: { ...candidateAt(axes, fixed, base.point), key }, keep: a, move: b, set: { [b]: value } };
    }
    for (const [keep, move] of [
      [a, b],
      [b, a],
    ] as const) {
      const k = axes.findIndex(({ name }) => name === move);
      const here = base.point[k] as number;
      const places = [...new Set(experience.configurations.map(({ point }) => point[k] as number))].filter((place) => Math.abs(place - here) >= contrast);
      const open = places
        .map((place) =>
          candidateAt(
            axes,
            fixed,
            base.point.map((value, i) => (i === k ? place : value)),
          ),
        )
        .filter(({ key, point }) => !taken.has(key) && guide.feasibility(point) >= safeEnough);
      const [first, ...rest] = open;
      if (first === undefined) continue;
      const score = ({ point }: Candidate): number => (believed ?? guide.surrogate).predict(point).mean;
      return { kind: 'disambiguate', candidate: rest.reduce((best, one) => (score(one) < score(best) ? one : best), first), keep, move, set: {} };
    }
  }
  return null;
}
