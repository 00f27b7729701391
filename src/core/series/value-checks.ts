// Values that do not fit what a metric is thought to be: told beside its role, so that a person can correct it.
// They never lower a role's confidence: rules on impossible and diverging values need exactly such series.

import type { Series } from '../model/run';
import { wordsOf } from './roles';

export type Judged = Pick<Series, 'name' | 'role' | 'finite' | 'count' | 'first' | 'last' | 'min' | 'max'>;

/** Sentences about what is odd, most telling first; empty where the values fit or there are fewer than two. */
export function valueDoubts(series: Judged): readonly string[] {
  const { role, finite, first, last, min, max } = series;
  if (finite < 2 || first === null || last === null || min === null || max === null) return [];
  const phrase = ` ${wordsOf(series.name).join(' ')} `;
  const doubts: string[] = [];
  if (role === 'loss' && finite >= 10 && min >= 0 && max <= 1 && last > 0.5 && last - first > 0.8 * (max - min) && first < 0.5 * last) {
    doubts.push('It stays between 0 and 1 and rises from beginning to end: it may be a score, where more is better.');
  }
  if (role === 'accuracy' || / (f1|auc|auroc|precision|recall|miou|iou|dice|map\d*) /.test(phrase)) {
    if (role === 'accuracy' || role === 'score') {
      if (min < 0) doubts.push('It falls below 0, which a share cannot.');
      if (max > 100.0001) doubts.push('It exceeds 100: neither a fraction nor a percentage.');
      else if (max > 1.000001 && max < 2) doubts.push('It exceeds 1 a little: neither a plain fraction nor a percentage.');
    }
  }
  if (role === 'perplexity' && min < 1) doubts.push('It falls below 1, which a perplexity cannot.');
  if (role === 'loss' && min < 0 && / (cross entropy|ce|bce|xent|mse|squared) /.test(phrase)) doubts.push('It falls below 0, which this loss cannot.');
  if (/ r2 | r squared /.test(phrase) && max > 1.000001) doubts.push('It exceeds 1, which R² cannot.');
  if (role === 'learning-rate' && min < 0) doubts.push('It falls below 0, which a learning rate should not.');
  if (role === 'counter' && last < first) doubts.push('It ends below where it began, which a counter should not.');
  if (role === 'gpu-util' && max > 100.0001) doubts.push('It exceeds 100 percent.');
  return doubts;
}
