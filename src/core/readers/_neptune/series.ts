// Points by attribute path, packed while they come, and given out by step as Neptune's clients return them.

import type { RunEvent, RunKey } from '../../model/events';
import { isSystemSeries } from './meta';

type Floats = Float64Array<ArrayBuffer>;

const batchPoints = 65_536;

/** All float series of a run. */
export class SeriesBook {
  readonly #series = new Map<string, PointList>();

  /** The series at a path, made when first asked for. */
  of(path: string): PointList {
    let list = this.#series.get(path);
    if (!list) {
      list = new PointList();
      this.#series.set(path, list);
    }
    return list;
  }

  delete(path: string): void {
    this.#series.delete(path);
  }

  /** Declares the series and gives out their points; each is let go of as it goes. @returns paths with steps that float64 cannot hold */
  *events(run: RunKey): Generator<RunEvent, readonly string[]> {
    const inexact: string[] = [];
    for (const [series, name] of [...this.#series.keys()].sort().entries()) {
      const { steps, values, times, exact } = (this.#series.get(name) as PointList).sorted();
      this.#series.delete(name);
      if (exact.size > 0) inexact.push(name);
      yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemSeries(name) };
      for (let from = 0; from < values.length; from += batchPoints) {
        const to = Math.min(from + batchPoints, values.length);
        const digits = exact.size > 0 ? [...exact].filter(([at]) => at >= from && at < to).map(([at, text]) => [at - from, text]) : [];
        yield {
          kind: 'points',
          run,
          series,
          steps: steps?.slice(from, to) ?? null,
          values: values.slice(from, to),
          times: times?.slice(from, to) ?? null,
          ...(digits.length > 0 ? { exactSteps: Object.fromEntries(digits) } : {}),
        };
      }
    }
    return inexact;
  }
}

interface Columns {
  readonly steps: Floats | null;
  readonly values: Floats;
  readonly times: Floats | null;
  /** Index → digits of steps that float64 cannot hold. */
  readonly exact: ReadonlyMap<number, string>;
}

/** The points of one series in the order they came. */
export class PointList {
  #steps: Floats = new Float64Array(16);
  #values: Floats = new Float64Array(16);
  #times: Floats = new Float64Array(16);
  #count = 0;
  #hasSteps = false;
  #hasTimes = false;
  readonly #exact = new Map<number, string>();

  /** @param step, time NaN where there is none; @param digits where float64 cannot hold the step */
  push(step: number, value: number, time: number, digits?: string): void {
    if (this.#count === this.#values.length) this.#grow();
    if (digits !== undefined) this.#exact.set(this.#count, digits);
    if (!Number.isNaN(step)) this.#hasSteps = true;
    if (!Number.isNaN(time)) this.#hasTimes = true;
    this.#steps[this.#count] = step;
    this.#values[this.#count] = value;
    this.#times[this.#count++] = time;
  }

  clear(): void {
    this.#count = 0;
    this.#hasSteps = false;
    this.#hasTimes = false;
    this.#exact.clear();
  }

  #grow(): void {
    const grown = (column: Floats): Floats => {
      const larger = new Float64Array(2 * column.length);
      larger.set(column);
      return larger;
    };
    this.#steps = grown(this.#steps);
    this.#values = grown(this.#values);
    this.#times = grown(this.#times);
  }

  /** By step; points of one step, and points without one, stay where they came. */
  sorted(): Columns {
    const cut = (column: Floats, there: boolean) => (there ? column.subarray(0, this.#count) : null);
    const columns = { steps: cut(this.#steps, this.#hasSteps), values: this.#values.subarray(0, this.#count), times: cut(this.#times, this.#hasTimes) };
    const order = this.#hasSteps ? orderOf(this.#steps.subarray(0, this.#count)) : null;
    if (!order) return { ...columns, exact: this.#exact };
    const pick = (column: Floats): Floats => Float64Array.from(order, (at) => column[at] as number);
    const exact = new Map<number, string>();
    if (this.#exact.size > 0) for (const [to, from] of order.entries()) if (this.#exact.has(from)) exact.set(to, this.#exact.get(from) as string);
    return { steps: columns.steps && pick(columns.steps), values: pick(columns.values), times: columns.times && pick(columns.times), exact };
  }
}

/** The order that sorts steps, stable; null where they are sorted. A point without a step goes with the one before it. */
function orderOf(steps: Floats): Uint32Array | null {
  const keys = steps.slice();
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < keys.length; at++) {
    const step = keys[at] as number;
    if (Number.isNaN(step)) keys[at] = last;
    else {
      if (step < last) sorted = false;
      last = step;
    }
  }
  if (sorted) return null;
  return Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
}
