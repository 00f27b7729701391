// A mean with its interval, and the runs behind it, on a scale that all rows share.

import { cx } from '../../widgets/class-names';
import styles from './interval-bar.module.css';

interface Props {
  readonly scale: readonly [low: number, high: number];
  readonly mean: number | null;
  readonly interval: readonly [number, number] | null;
  readonly values: readonly number[];
  readonly strong?: boolean;
}

const mostDots = 60;

/** Decorative: the same numbers stand beside it as text. */
export function IntervalBar({ scale: [low, high], mean, interval, values, strong }: Props) {
  const at = (value: number): number => (high > low ? Math.max(0, Math.min(100, (100 * (value - low)) / (high - low))) : 50);
  return (
    <div className={cx(styles.intervalBar, strong && styles.strongBar)} aria-hidden="true">
      {interval && <span className={styles.whisker} style={{ left: `${at(interval[0])}%`, width: `${at(interval[1]) - at(interval[0])}%` }} />}
      {values.slice(0, mostDots).map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value has no identity but its place
        <span key={i} className={styles.barDot} style={{ left: `${at(value)}%` }} />
      ))}
      {mean !== null && <span className={styles.barMean} style={{ left: `${at(mean)}%` }} />}
    </div>
  );
}

/** The range of all intervals and values, with a little room; [0, 1] of nothing. */
export function sharedScale(
  rows: readonly { readonly interval: readonly [number, number] | null; readonly values: readonly number[] }[],
): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { interval, values } of rows) {
    for (const value of values) [first, last] = [Math.min(first, value), Math.max(last, value)];
    if (interval) [low, high] = [Math.min(low, interval[0]), Math.max(high, interval[1])];
  }
  if (!(first <= last)) return [0, 1];
  // The interval of two runs may be a hundred times wider than all runs lie apart: it is cut, and its numbers are beside it.
  const span = last - first || Math.abs(last) * 0.1 || 1;
  const [from, to] = [Math.max(Math.min(low, first), first - span * 0.3), Math.min(Math.max(high, last), last + span * 0.3)];
  const pad = (to - from) * 0.04 || 1;
  return [from - pad, to + pad];
}
