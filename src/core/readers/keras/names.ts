// What the names and values of Keras' logs have in common.

import { partOf } from '../_history/columns';
import { wereFloat32 } from '../_history/curves';

/** One metric, with the values of it that are at hand. */
export interface NamedValues {
  readonly name: string;
  readonly values: readonly number[];
}

const pairsToTrust = 2;

/**
 * Whether these are Keras' metrics: `loss` among them, each `val_x` beside its `x`, no axis; and either the values are float32, as
 * its trackers hold them, or more than one metric has its `val_`. A loop by hand may log `loss` and `val_loss` too.
 * @param partial later names may be missing
 */
export function areKerasMetrics(metrics: readonly NamedValues[], partial: boolean): boolean {
  const names = new Set(metrics.map(({ name }) => name));
  const paired = [...names].filter((name) => name.startsWith('val_'));
  if (!names.has('loss') || paired.some((name) => !partial && !names.has(name.slice('val_'.length)))) return false;
  if (metrics.some(({ name }) => ['step', 'epoch', 'time', 'run'].includes(partOf(name)?.part ?? ''))) return false;
  const pairs = paired.filter((name) => names.has(name.slice('val_'.length))).length;
  return pairs >= pairsToTrust || (metrics.length > 1 && metrics.every(({ values }) => values.length > 0) && float32(metrics));
}

/** Short decimals such as 0.5 are float32 by chance: some values must need all its digits. */
function float32(metrics: readonly NamedValues[]): boolean {
  const values = metrics.filter(({ name }) => name === 'loss' || name.startsWith('val_')).flatMap((metric) => metric.values);
  return wereFloat32(values) && values.some((value) => String(value).length > 10);
}
