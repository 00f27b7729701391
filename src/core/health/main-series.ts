// Which of several series of one role stands for the run, and which of two splits measure the same.

import { qualifiers, splitWords } from '../series/role-tables';
import { wordsOf } from '../series/roles';
import type { PreparedSeries } from './prepared-series';

/** What a name says beside split and way of averaging: `train/cls_loss_epoch` → `cls loss`, `valid_0's l2` → `l2`. */
export function stemOf({ name }: PreparedSeries): string {
  return wordsOf(name)
    .filter((word) => !qualifiers.has(word) && !isSplitWord(word) && !/^(\d+|s)$/.test(word))
    .join(' ');
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

function better(a: PreparedSeries, b: PreparedSeries): boolean {
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
