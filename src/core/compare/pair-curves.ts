// What the curves of two runs say about their being one training, from their statistics and digests alone.

import { contextText, type Run, type Series } from '../model/run';

export interface CurvesSaid {
  /** Names of curves with the same points, in each of the two runs. */
  readonly equal: readonly (readonly [string, string])[];
  /** How many of those are equal to the last bit; the others agree in single precision (TensorBoard keeps no more). */
  readonly exact: number;
  /** Curves of one name and length that differ. */
  readonly contrary: number;
  /** Curves that can tell runs apart, of the run that has fewer. */
  readonly of: number;
  /** Curves of one name and other lengths that end on the same value. */
  readonly endings: number;
}

/** Two points are an accident; a schedule or a clock is the same in many runs. */
const fewestPoints = 3;
const untelling: ReadonlySet<string> = new Set(['learning-rate', 'time', 'progress', 'loss-scale']);

const axis = /(?:^|[/_.\s-])(?:epochs?|steps?|iter(?:ation)?s?|(?:time|env)?steps?|batch(?:es)?|tokens|samples)$/i;

/** Whether a curve can tell one run from another: it changes, and not just as a counter or by a schedule. */
export function isTelling({ name, system, count, finite, min, max, first, last, role }: Series): boolean {
  if (system || count < fewestPoints || finite < fewestPoints || min === null || max === null || min === max) return false;
  const isRising = first === min && last === max && Number.isInteger(first) && Number.isInteger(last);
  return !(isRising && (axis.test(name) || max - min === count - 1)) && !untelling.has(role ?? '');
}

/** Equal for curves with the same points, be they in single or double precision. Different curves may share it: `isSameCurve` looks closer. */
export const curveSignature = ({ count, first, last, min, max }: Series): string =>
  [count, ...[first, last, min, max].map((value) => (value === null ? 'none' : String(Math.fround(value))))].join(' ');

/** Of two with one signature: `exact` to the last bit, `rounded` where one may be the other in single precision; null where they differ after all. */
export function isSameCurve(a: Series, b: Series): 'exact' | 'rounded' | null {
  if (a.valuesDigest === b.valuesDigest) return 'exact';
  const scale = Math.max(Math.abs(a.min ?? 0), Math.abs(a.max ?? 0));
  const close = a.finite === b.finite && a.mean !== null && b.mean !== null && Math.abs(a.mean - b.mean) <= singlePrecision * scale;
  return close && (isSingle(a) || isSingle(b)) ? 'rounded' : null;
}

/** Half of the last place of a float32. */
const singlePrecision = 2 ** -24;

/** What is known of the values fits into float32. */
const isSingle = ({ first, last, min, max }: Series): boolean =>
  [first, last, min, max].every((value) => value === null || Object.is(Math.fround(value), value));

/** Compares by name, what is left by signature. */
export function compareCurves(a: Run, b: Run): CurvesSaid {
  const left = a.series.filter(isTelling);
  const right = b.series.filter(isTelling);
  const byName = new Map(right.map((series) => [nameKey(series), series]));
  const bySignature = new Map(right.map((series) => [curveSignature(series), series]));
  const equal: [string, string][] = [];
  let exact = 0;
  let contrary = 0;
  let endings = 0;
  for (const series of left) {
    const named = byName.get(nameKey(series));
    const other = named ?? bySignature.get(curveSignature(series));
    if (!other) continue;
    const same = curveSignature(series) === curveSignature(other) ? isSameCurve(series, other) : null;
    if (same) {
      equal.push([series.name, other.name]);
      if (same === 'exact') exact++;
    } else if (named && named.count === series.count) contrary++;
    else if (named && series.last !== null && named.last !== null && Math.fround(series.last) === Math.fround(named.last)) endings++;
  }
  return { equal, exact, contrary, of: Math.min(left.length, right.length), endings };
}

/** `val/loss`, `val_loss` and `val-loss` are one name. */
const nameKey = ({ name, context }: Series): string => `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '/')}\0${contextText(context)}`;
