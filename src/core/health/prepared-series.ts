// One series made ready for judging: last attempt only, in order, with what every rule asks of it worked out once.

import type { Direction, Points, Series, SeriesKey, Split } from '../model/run';
import type { RoleStatement } from '../project/project';
import type { Role } from '../series/roles';
import { curveNoise, runningMedian } from '../statistics/robust';
import { layoutOf, type StepLayout } from './step-order';

/** How often a series was logged. */
export type Cadence = 'step' | 'epoch' | 'eval' | 'final-only' | 'irregular';

/** Finite points of the last attempt, steps strictly rising. Shared with the run's own columns: not to be changed. */
export interface CleanCurve {
  readonly steps: Float64Array<ArrayBuffer>;
  /** The same places on the clock of the run (`PreparedRun.clock`), which all its series share. */
  readonly clock: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/** For arg-best and trend only; evidence always shows values as logged. */
export interface SmoothCurve {
  /** Places in the clean curve. */
  readonly at: Uint32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/** clock = offset + scale × step. */
export interface ClockOf {
  readonly scale: number;
  readonly offset: number;
}

/** Longer curves are smoothed as medians of so many stretches. */
const mostSmoothed = 1000;

export class PreparedSeries {
  readonly key: SeriesKey;
  readonly role: Role | null;
  readonly split: Split;
  readonly direction: Direction;
  /** Of role, split and direction; a rule that judges wants `sure`. Set anew by the run where its other series settle the split. */
  confidence: number;
  readonly layout: StepLayout;
  /** Set by the run once all its series are known. */
  clockOf: ClockOf = { scale: 1, offset: 0 };
  /** Set by the run: it needs the other series. */
  cadence: Cadence = 'step';

  #points: Points;
  #clean: CleanCurve | undefined;
  #smooth: SmoothCurve | undefined;
  #noise: number | undefined;
  #spacing: number | undefined;
  #steps: Float64Array<ArrayBuffer> | undefined;

  constructor(
    readonly series: Series,
    points: Points,
    unordered: boolean,
    said?: RoleStatement,
  ) {
    this.key = { name: series.name, context: series.context };
    this.role = (said?.role === 'none' ? null : (said?.role ?? series.role)) as Role | null;
    this.split = said?.split ?? series.split;
    this.direction = said?.direction ?? series.direction;
    this.confidence = said ? 1 : series.confidence;
    this.#points = points;
    this.layout = layoutOf(points.steps, points.values, unordered);
  }

  get name(): string {
    return this.series.name;
  }

  /** Rules that judge by role run only on these (A.3). */
  get sure(): boolean {
    return this.confidence >= 0.8;
  }

  /** Points of the last attempt, finite or not. */
  get length(): number {
    return this.layout.kept?.length ?? this.#points.values.length;
  }

  /** Value of a point of the last attempt as logged, by its place there. */
  valueAt(place: number): number {
    return this.#points.values[this.#index(place)] as number;
  }

  /** Its step as logged; its place where no steps were logged. */
  stepAt(place: number): number {
    const index = this.#index(place);
    return this.#points.steps ? (this.#points.steps[index] as number) : index;
  }

  timeAt(place: number): number | null {
    return this.#points.times ? (this.#points.times[this.#index(place)] as number) : null;
  }

  get firstStep(): number {
    return this.length > 0 ? this.stepAt(0) : Number.NaN;
  }

  get lastStep(): number {
    return this.length > 0 ? this.stepAt(this.length - 1) : Number.NaN;
  }

  /** Step at which the last attempt begins; NaN where there was one only. */
  get restartStep(): number {
    const index = this.layout.restarts.at(-1);
    return index !== undefined && this.#points.steps ? (this.#points.steps[index] as number) : Number.NaN;
  }

  /** Median distance between neighbouring steps; NaN for one point. */
  get spacing(): number {
    this.#spacing ??= this.#medianSpacing();
    return this.#spacing;
  }

  #medianSpacing(): number {
    const n = this.length;
    if (n < 2) return Number.NaN;
    const steps = this.steps;
    const deltas = new Float64Array(n - 1);
    let even = true;
    for (let i = 1; i < n; i++) {
      deltas[i - 1] = (steps[i] as number) - (steps[i - 1] as number);
      even &&= deltas[i - 1] === deltas[0];
    }
    return (even ? deltas[0] : deltas.sort()[(n - 1) >> 1]) as number;
  }

  /** Steps of the last attempt as logged, places where there are none. Not to be changed. */
  get steps(): Float64Array<ArrayBuffer> {
    this.#steps ??= this.#stepsKept();
    return this.#steps;
  }

  #stepsKept(): Float64Array<ArrayBuffer> {
    if (this.#points.steps && !this.layout.kept) return this.#points.steps;
    return Float64Array.from({ length: this.length }, (_, i) => this.stepAt(i));
  }

  get clean(): CleanCurve {
    this.#clean ??= this.#cleaned();
    return this.#clean;
  }

  /** Points of the last attempt that are NaN or infinite. */
  get nonFinite(): number {
    return this.length - this.clean.values.length;
  }

  /** Robust σ of the noise about the curve. */
  get noise(): number {
    this.#noise ??= curveNoise(this.clean.values);
    return this.#noise;
  }

  /** Centred running median, width 1 (n < 9), 3 (n < 40), else max(5, n/20) made odd; of long curves, over medians of stretches. */
  get smooth(): SmoothCurve {
    this.#smooth ??= smoothed(this.clean.values);
    return this.#smooth;
  }

  /** Place in the clean curve of the best smoothed value by `direction`; −1 without points. Of equals the first. */
  get best(): number {
    const { at, values } = this.smooth;
    const sign = this.direction === 'max' ? -1 : 1;
    let best = -1;
    for (let i = 0; i < values.length; i++) if (best < 0 || sign * (values[i] as number) < sign * (values[best] as number)) best = i;
    return best < 0 ? -1 : (at[best] as number);
  }

  #index(place: number): number {
    return this.layout.kept ? (this.layout.kept[place] as number) : place;
  }

  #cleaned(): CleanCurve {
    const n = this.length;
    const { scale, offset } = this.clockOf;
    const own = scale === 1 && offset === 0;
    // Most series are whole and in order: then nothing is copied.
    if (!this.layout.kept && allFinite(this.#points.values)) {
      const { steps } = this;
      return { steps, clock: own ? steps : steps.map((step) => offset + scale * step), values: this.#points.values };
    }
    const steps = new Float64Array(n);
    const values = new Float64Array(n);
    let size = 0;
    for (let i = 0; i < n; i++) {
      const value = this.valueAt(i);
      if (!Number.isFinite(value)) continue;
      values[size] = value;
      steps[size] = this.stepAt(i);
      size += 1;
    }
    const kept = steps.slice(0, size);
    return { steps: kept, clock: own ? kept : kept.map((step) => offset + scale * step), values: values.slice(0, size) };
  }
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i] as number)) return false;
  return true;
}

/** Width of the running median for a curve of n points. */
export const smoothingWidth = (n: number): number => (n < 9 ? 1 : n < 40 ? 3 : Math.max(5, Math.floor(n / 20)) | 1);

function smoothed(values: Float64Array<ArrayBuffer>): SmoothCurve {
  const n = values.length;
  if (n <= 2 * mostSmoothed) return { at: Uint32Array.from({ length: n }, (_, i) => i), values: runningMedian(values, smoothingWidth(n)) };
  const at = new Uint32Array(mostSmoothed);
  const middles = new Float64Array(mostSmoothed);
  const buffer = new Float64Array(Math.ceil(n / mostSmoothed) + 1);
  for (let b = 0; b < mostSmoothed; b++) {
    const from = Math.floor((b * n) / mostSmoothed);
    const to = Math.floor(((b + 1) * n) / mostSmoothed);
    at[b] = (from + to) >> 1;
    middles[b] = middleOf(values, from, to, buffer);
  }
  return { at, values: runningMedian(middles, smoothingWidth(mostSmoothed)) };
}

/** Median of values[from, to). Short stretches are sorted by insertion, which calls nothing. */
function middleOf(values: Float64Array, from: number, to: number, buffer: Float64Array): number {
  const size = to - from;
  if (size > 64) buffer.subarray(0, size).set(values.subarray(from, to));
  for (let i = 0; i < size && size <= 64; i++) {
    const value = values[from + i] as number;
    let at = i;
    while (at > 0 && (buffer[at - 1] as number) > value) {
      buffer[at] = buffer[at - 1] as number;
      at -= 1;
    }
    buffer[at] = value;
  }
  if (size > 64) buffer.subarray(0, size).sort();
  return ((buffer[(size - 1) >> 1] as number) + (buffer[size >> 1] as number)) / 2;
}
