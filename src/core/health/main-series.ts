// Which of several series of one role stands for the run, and which of two splits measure the same.

import { qualifiers, splitWords } from '../series/role-tables';
import { wordsOf } from '../series/roles';
import type { PreparedSeries } from './prepared-series';

const stems = new WeakMap<PreparedSeries, string>();

/** What a name says beside split and way of averaging: `train/cls_loss_epoch` → `cls loss`, `valid_0's l2` → `l2`. */
export function stemOf(series: PreparedSeries): string {
  let stem = stems.get(series);
  if (stem === undefined) {
    const words = wordsOf(series.name);
    // A number behind a split counts data sets (`valid_0`); any other tells quantities apart.
    const counts = (word: string, i: number) => /^\d+$/.test(word) && i > 0 && isSplitWord(words[i - 1] as string);
    stem = words.filter((word, i) => !qualifiers.has(word) && !isSplitWord(word) && word !== 's' && !counts(word, i)).join(' ');
    stems.set(series, stem);
  }
  return stem;
}

const isSplitWord = (word: string): boolean => splitWords.some(({ words }) => words.has(word));

const plainLoss = new Set(['loss', 'loss total', 'lm loss']);
const usualLoss = new Set([
  'nll',
  'nll loss',
  'ce',
  'ce loss',
  'cross entropy',
  'cross entropy loss',
  'logloss',
  'log loss',
  'mse',
  'mse loss',
  'bce',
  'objective',
]);

/** Plain names before named ones, then more points, then surer, then by name: the choice does not depend on the order of series. */
export function choose(candidates: readonly PreparedSeries[]): PreparedSeries | null {
  let best: PreparedSeries | null = null;
  for (const one of candidates) if (!best || better(one, best)) best = one;
  return best;
}

/** True where `a` stands for the run rather than `b`. */
export function better(a: PreparedSeries, b: PreparedSeries): boolean {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank < 0;
  if (a.length !== b.length) return a.length > b.length;
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return a.name < b.name;
}

function rankOf(series: PreparedSeries): number {
  const stem = stemOf(series);
  return plainLoss.has(stem) ? 0 : usualLoss.has(stem) ? 1 : 2;
}
