// What groups of repeated runs say, in words: the same on the screen, in the terminal and in the report.

import type { GroupPair, PairVerdict } from '../groups/pair';
import type { GroupStudy } from '../groups/study';
import type { Value } from '../model/values';
import { counted, shortNumber, valueText } from './format';

const longestValue = 40;

/** `lr=0.1, optimizer=adam`; where nothing tells the group from others, the name of its only run, else `all runs`. */
export function groupLabel({
  label,
  members = [],
}: {
  readonly label: readonly (readonly [string, Value])[];
  readonly members?: readonly { readonly name: string }[];
}): string {
  const cut = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text);
  const [only, ...more] = members;
  if (label.length === 0) return only && more.length === 0 ? only.name : 'all runs';
  return label.map(([name, value]) => `${name}=${cut(valueText(value))}`).join(', ');
}

export const intervalWords = (interval: readonly [number, number], digits = 3): string =>
  `${shortNumber(interval[0], digits)} to ${shortNumber(interval[1], digits)}`;

export const verdictWords: Readonly<Record<PairVerdict, string>> = {
  different: 'Different',
  'not-told-apart': 'Cannot be told apart',
  'too-few-seeds': 'Too few seeds',
  'no-spread': 'No spread',
};

/** What comes first: the smallest difference that these seeds could have shown. */
export function detectableWords({ detectable, sizes }: Pick<GroupPair, 'detectable' | 'sizes'>): string {
  const seeds = sizes[0] === sizes[1] ? `${sizes[0]} seed${sizes[0] === 1 ? '' : 's'} each` : `${sizes[0]} and ${sizes[1]} seeds`;
  if (!detectable) return `With ${seeds} no difference can be tested: at least two each are needed.`;
  const value = detectable.value === null ? '' : ` (${shortNumber(detectable.value, 3)})`;
  return `With ${seeds} only a difference of ${detectable.deviations.toFixed(2)} SD${value} or more would be found four times out of five.`;
}

/** The verdict as a sentence; the first group is the one with the better mean. */
export function pairWords(pair: GroupPair, comparisons: number): string {
  const { difference, welch, adjusted, bootstrap, seedsNeeded, inNoise } = pair;
  const seen = `the means differ by ${shortNumber(Math.abs(difference), 3)}`;
  const more = seedsNeeded === null ? '' : ` If the true difference is as large as this, about ${seedsNeeded} seeds each would find it.`;
  switch (pair.verdict) {
    case 'different': {
      const over = comparisons > 1 ? ` after adjustment for ${comparisons} comparisons` : '';
      return `The first is better: ${seen} (95 % interval ${intervalWords(sizesOf(welch?.interval))}, Welch${bootstrap ? `; ${intervalWords(sizesOf(bootstrap))}, bootstrap` : ''}), ${pWords(adjusted)}${over}.`;
    }
    case 'no-spread':
      return difference === 0
        ? 'All runs of both have the same value: nothing tells them apart.'
        : `Repeats have exactly the same value in both, so there is no noise to compare with: ${seen}, and whether the seed was used at all is the question.`;
    case 'too-few-seeds':
      return welch
        ? `Too few seeds to tell: ${seen}, 95 % interval ${intervalWords(welch.interval)}${adjusted !== null && adjusted < 0.05 ? '; the methods disagree' : ''}.${more}`
        : `Too few seeds to tell: ${seen}${inNoise === null ? '' : `, ${shortNumber(inNoise, 2)} SD of repeats`}, and a group of one says nothing of its own noise.`;
    case 'not-told-apart': {
      const disagree = adjusted !== null && adjusted < 0.05 ? ' Welch and bootstrap intervals disagree, so it stays open.' : '';
      return `Cannot be told apart: ${seen}, 95 % interval ${intervalWords(welch?.interval ?? [Number.NaN, Number.NaN])}, ${pWords(adjusted)}.${disagree}${more}`;
    }
  }
}

/** Interval of a difference as sizes in favour of the first: smallest first. */
function sizesOf(interval: readonly [number, number] | undefined): readonly [number, number] {
  const [low, high] = (interval ?? [Number.NaN, Number.NaN]).map(Math.abs) as [number, number];
  return low <= high ? [low, high] : [high, low];
}

/** `p = 0.012`, `p < 0.001`. */
export const pWords = (p: number | null): string => (p === null ? 'no test' : p < 0.001 ? 'p < 0.001' : `p = ${Number(p.toPrecision(2))}`);

/** What choosing the best of several does to its number; null where there was no choice. */
export function selectionWords({ selection }: Pick<GroupStudy, 'selection'>): string | null {
  if (!selection) return null;
  const { among, optimism, shrunk, seeds } = selection;
  const head = `Selected among ${among}: the best of several looks better than it is (winner’s curse).`;
  if (optimism === null || shrunk === null) return `${head} By how much is not known, because nothing was repeated with another seed.`;
  const of = seeds === 1 ? 'single runs' : `means of ${seeds}`;
  return `${head} If all were equally good, the best of ${among} ${of} would still seem ${shortNumber(optimism, 3)} too good; less that, it is ${shortNumber(shrunk, 4)}.`;
}

/** How many comparisons were made, and what was done about it. */
export function comparisonsWords({ comparisons, compared, leftOut, pairs }: Pick<GroupStudy, 'comparisons' | 'compared' | 'leftOut' | 'pairs'>): string {
  if (pairs.length === 0) return 'There are no two groups to compare.';
  const which =
    compared === 'all'
      ? 'Every two groups are compared'
      : `The best that was repeated is compared with the others that were${leftOut > 0 ? `; ${counted(leftOut, 'group')} of single runs ${leftOut === 1 ? 'is' : 'are'} in no comparison` : ''}`;
  if (comparisons === 0) return `${which}; none is a test, because no two groups have two seeds each.`;
  return `${which}: ${comparisons} test${comparisons === 1 ? '' : 's'}${comparisons > 1 ? ', p-values adjusted by Holm’s method' : ''}.`;
}

export const groupMethod =
  'Groups: equal in everything but seeds and names. Intervals: 95 %, Student’s t of the mean, Welch’s t of differences, studentised bootstrap (2,000 resamples, seeded) from five seeds on. ' +
  'Smallest detectable effect: noncentral t, α 0.05, power 0.8. Size: Hedges g; chance to be better: Mann–Whitney with Newcombe’s interval.';
