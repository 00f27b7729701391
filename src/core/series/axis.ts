// Points on a chosen x axis: step, relative time, wall time, epoch, or any other metric of the run.

import type { Points } from '../model/run';
import { orderBySteps, sortedFinite } from './restarts';

export type Axis =
  | { readonly kind: 'step' }
  /** Seconds since the run began. */
  | { readonly kind: 'relative' }
  /** Milliseconds since the epoch. */
  | { readonly kind: 'wall' }
  | { readonly kind: 'epoch' }
  | { readonly kind: 'metric'; readonly name: string };

/** A curve ready to draw: x finite and non-falling, y as logged (NaN and ±Infinity kept). */
export interface Curve {
  readonly x: Float64Array<ArrayBuffer>;
  readonly y: Float64Array<ArrayBuffer>;
  /** Points that the series holds. */
  readonly logged: number;
  /** Points not shown because their step was logged again. */
  readonly replaced: number;
  /** Points that have no place on this axis: no step, no time, or nothing logged on the other metric yet. */
  readonly unplaced: number;
  /** Stretches of non-falling steps; more than one after a restart. */
  readonly segments: number;
}

export interface AxisSource {
  /** When the run began, in ms since the epoch, where known. */
  readonly startedMs: number | null;
  /** The points of the series to use as x, for `epoch` and `metric`. */
  readonly other?: Points;
}

/**
 * A series on an axis; null where the axis does not exist for it (no times logged, no such metric).
 * Over steps (and what is joined by step) the last value logged at a step is shown; over time every point is, in order of time.
 */
export function curveOn(axis: Axis, points: Points, source: AxisSource): Curve | null {
  switch (axis.kind) {
    case 'step':
      return overSteps(points);
    case 'wall':
      return points.times && overTime(points.values, points.times, 0, 1);
    case 'relative':
      return points.times && overTime(points.values, points.times, startOf(points.times, source.startedMs), 1000);
    case 'epoch':
    case 'metric':
      return source.other ? overOther(points, source.other) : null;
  }
}

function overSteps({ steps, values }: Points): Curve {
  if (!steps) return { x: indices(values.length), y: values, logged: values.length, replaced: 0, unplaced: 0, segments: 1 };
  const { order, segments, replaced, unplaced } = orderBySteps(steps);
  const shown = { logged: values.length, replaced, unplaced, segments: segments.length };
  return order ? { x: pick(steps, order), y: pick(values, order), ...shown } : { x: steps, y: values, ...shown };
}

/** The run's start where it is known and not after the first point; else the first point. */
function startOf(times: Float64Array, startedMs: number | null): number {
  let first = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times.length; i++) if ((times[i] as number) < first) first = times[i] as number;
  return startedMs !== null && startedMs <= first ? startedMs : first;
}

function overTime(values: Float64Array<ArrayBuffer>, times: Float64Array, origin: number, divisor: number): Curve {
  const order = sortedFinite(times);
  const x = pick(times, order);
  for (let i = 0; i < x.length; i++) x[i] = ((x[i] as number) - origin) / divisor;
  return { x, y: pick(values, order), logged: values.length, replaced: 0, unplaced: values.length - order.length, segments: 1 };
}

/**
 * x is the other metric's value last logged at or before the point's step: nothing is interpolated, so every x was really logged.
 * Points before the other's first are left out and counted.
 */
function overOther(points: Points, other: Points): Curve {
  const own = overSteps(points);
  const axis = overSteps(other);
  const x = new Float64Array(own.x.length);
  let at = -1;
  for (let i = 0; i < x.length; i++) {
    while (at + 1 < axis.x.length && (axis.x[at + 1] as number) <= (own.x[i] as number)) at += 1;
    x[i] = at < 0 ? Number.NaN : (axis.y[at] as number);
  }
  const order = sortedFinite(x);
  return {
    x: pick(x, order),
    y: pick(own.y, order),
    logged: own.logged,
    replaced: own.replaced,
    unplaced: own.unplaced + x.length - order.length,
    segments: own.segments,
  };
}

/**
 * Where a logged step of a series lies on an axis, through the point that stands there (the nearest step, and of repeated ones the last logged,
 * as curves show it). Null where the axis does not exist for it, or nothing stands there yet. O(n).
 */
export function placeOnAxis(axis: Axis, points: Points, source: AxisSource, step: number): number | null {
  switch (axis.kind) {
    case 'step':
      return step;
    case 'wall':
    case 'relative': {
      const at = nearestStep(points, step);
      const time = at < 0 ? undefined : points.times?.[at];
      if (time === undefined || !points.times || !Number.isFinite(time)) return null;
      return axis.kind === 'wall' ? time : (time - startOf(points.times, source.startedMs)) / 1000;
    }
    case 'epoch':
    case 'metric': {
      if (!source.other) return null;
      const { x, y } = overSteps(source.other);
      let at = -1;
      while (at + 1 < x.length && (x[at + 1] as number) <= step) at += 1;
      return at < 0 || !Number.isFinite(y[at] as number) ? null : (y[at] as number);
    }
  }
}

function nearestStep({ steps, values }: Points, step: number): number {
  if (!steps) return values.length === 0 ? -1 : Math.min(values.length - 1, Math.max(0, Math.round(step)));
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < steps.length; i++) {
    const apart = Math.abs((steps[i] as number) - step);
    if (apart > distance || Number.isNaN(apart)) continue;
    distance = apart;
    best = i;
  }
  return best;
}

const indices = (count: number): Float64Array<ArrayBuffer> => Float64Array.from({ length: count }, (_, i) => i);

function pick(from: Float64Array, order: Uint32Array): Float64Array<ArrayBuffer> {
  const picked = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) picked[i] = from[order[i] as number] as number;
  return picked;
}
