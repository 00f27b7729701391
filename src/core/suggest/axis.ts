// One param as a coordinate of the unit cube: how its values are coded, rounded and brought back.

import { normalise } from '../compare/same-value';
import { type Condition, levelText } from '../effects/param';
import type { Value, Values } from '../model/values';

export interface NumberAxis {
  readonly kind: 'number';
  readonly name: string;
  readonly condition: Condition | null;
  readonly scale: 'linear' | 'log';
  /** Where to search; on a log scale above 0. */
  readonly low: number;
  readonly high: number;
  /** The values tried, ascending, at least one. */
  readonly seen: readonly number[];
  readonly integer: boolean;
  /** All values tried are powers of two, as batch sizes are. */
  readonly powersOfTwo: boolean;
  /** 0 was tried on a log scale: it is a level of its own below the rest. */
  readonly zero: boolean;
}

export interface ChoiceAxis {
  readonly kind: 'choice';
  readonly name: string;
  readonly condition: Condition | null;
  /** The values tried, as logged. */
  readonly choices: readonly Value[];
}

export type Axis = NumberAxis | ChoiceAxis;

/** Share of the coordinate below which it means 0, and where the logarithmic part begins. */
const zeroBelow = 0.1;
const logFrom = 0.2;

const number = (value: Value | undefined): number | null => {
  const plain = value === undefined ? null : normalise(value);
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : typeof plain === 'bigint' ? Number(plain) : null;
};

/** Where a value lies on its axis, 0 to 1 for what is searched and beyond where it was tried outside; a choice's index. Absent: the middle, or −1. */
export function coordinate(axis: Axis, value: Value | undefined): number {
  if (axis.kind === 'choice') return value === undefined ? -1 : axis.choices.findIndex((choice) => levelText(choice) === levelText(value));
  const plain = number(value);
  if (plain === null) return 0.5;
  const { low, high, zero } = axis;
  if (high <= low) return 0.5;
  if (axis.scale === 'linear') return (plain - low) / (high - low);
  if (plain <= 0) return zero ? 0 : 0.5;
  const share = Math.log(plain / low) / Math.log(high / low);
  return zero ? logFrom + (1 - logFrom) * share : share;
}

/** The value at a coordinate, one that was tried or one that a person would write, within the bounds. */
export function valueAt(axis: Axis, at: number): Value {
  if (axis.kind === 'choice') return axis.choices[Math.min(axis.choices.length - 1, Math.max(0, Math.round(at)))] ?? null;
  const { low, high, zero } = axis;
  const inside = Math.min(1, Math.max(0, at));
  if (axis.scale === 'linear') return chosen(axis, low + (high - low) * inside, inside);
  if (zero && inside < zeroBelow) return 0;
  const share = zero ? Math.max(0, (inside - logFrom) / (1 - logFrom)) : inside;
  return chosen(axis, low * (high / low) ** share, inside);
}

/** Nearer than this to a value that was tried, and it is meant. */
const same = 0.005;

/** A value that was tried where one is this near, else a round one. */
function chosen(axis: NumberAxis, value: number, at: number): number {
  const { seen } = axis;
  let [from, to] = [0, seen.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((seen[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  const near = [seen[from - 1], seen[from]].filter((tried) => tried !== undefined).filter((tried) => Math.abs(coordinate(axis, tried) - at) <= same);
  const [first, second] = near;
  if (first === undefined) return rounded(axis, value);
  return second !== undefined && Math.abs(second - value) < Math.abs(first - value) ? second : first;
}

function rounded(axis: NumberAxis, value: number): number {
  const { low, high } = axis;
  const within = (plain: number): number => Math.min(high, Math.max(low, plain));
  if (axis.powersOfTwo) return 2 ** within2(Math.round(Math.log2(value)), low, high);
  if (axis.integer) return within(value >= 100 && axis.scale === 'log' ? Number(value.toPrecision(2)) : Math.round(value));
  if (axis.scale === 'log') return within(Number(value.toPrecision(2)));
  const step = 10 ** Math.floor(Math.log10((high - low) / 50));
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return within(Number((Math.round(value / step) * step).toFixed(Math.min(20, decimals))));
}

const within2 = (power: number, low: number, high: number): number => Math.min(Math.floor(Math.log2(high)), Math.max(Math.ceil(Math.log2(low)), power));

/** Whether the axis exists under these params. */
export const holds = (condition: Condition | null, params: Values): boolean =>
  condition === null || (Object.hasOwn(params, condition.param) && condition.levels.includes(levelText(params[condition.param] ?? null)));

/** The point of params; a coordinate outside its branch stands in the middle, where it tells nothing. */
export const pointOf = (axes: readonly Axis[], params: Values): Float64Array<ArrayBuffer> =>
  Float64Array.from(axes, (axis) => coordinate(axis, holds(axis.condition, params) && Object.hasOwn(params, axis.name) ? params[axis.name] : undefined));

/** The params at a point, complete: fixed ones, and those of `axes` whose branch holds. Parents stand before their children in `axes`. */
export function paramsAt(axes: readonly Axis[], fixed: Values, point: ArrayLike<number>): Values {
  const params = new Map<string, Value>(Object.entries(fixed));
  for (const [k, axis] of axes.entries()) {
    if (holds(axis.condition, Object.fromEntries(params))) params.set(axis.name, valueAt(axis, point[k] as number));
  }
  return Object.fromEntries(params);
}

/** Indexes of the coordinates that are choices. */
export const choicesOf = (axes: readonly Axis[]): ReadonlySet<number> => new Set(axes.flatMap((axis, k) => (axis.kind === 'choice' ? [k] : [])));

/**
 * Squared distance in the unit cube; choices that differ are 1 apart.
 * @param weights of the coordinates, 1 where left out
 */
export function plainDistance(categories: ReadonlySet<number>, weights: readonly number[] = []): (a: ArrayLike<number>, b: ArrayLike<number>) => number {
  return (a, b) => {
    let square = 0;
    for (let k = 0; k < a.length; k++) {
      const apart = categories.has(k) ? Number(a[k] !== b[k]) : (a[k] as number) - (b[k] as number);
      square += ((weights[k] ?? 1) * apart) ** 2;
    }
    return square;
  };
}
