// Gathers points of many series and gives them away in batches, sorted by step where the tracker's client sorts.

import type { RunEvent, RunKey } from '../../model/events';
import type { SeriesKey } from '../../model/run';

const batchPoints = 65_536;
/** Points in memory before some are given away. */
const flushPoints = 1_000_000;

/** What tells a series from others, beside its name. */
interface SeriesTraits {
  /** Of the machine. */
  readonly system?: boolean;
  readonly context?: Readonly<Record<string, string>>;
}

const none = {};

interface Gathered {
  readonly key: SeriesKey;
  readonly system: boolean;
  number: number | null;
  steps: number[];
  values: number[];
  times: number[];
  exact: Map<number, string>;
}

/** The series of one run. */
export class PointCollector {
  readonly #series = new Map<string, Gathered>();
  #declared = 0;
  #held = 0;

  /** @param maxSeries series of one run; one more is kept, so that the limit is told, and the rest is dropped */
  constructor(
    private readonly run: RunKey,
    private readonly maxSeries: number,
  ) {}

  /**
   * @param step null where there is none; bigint where float64 cannot hold it
   * @param time milliseconds since the epoch, or null
   */
  add(name: string, step: number | bigint | null, time: number | null, value: number, { system = false, context = none }: SeriesTraits = {}): void {
    const id = context === none ? name : `${name}\0${JSON.stringify(context)}`;
    let series = this.#series.get(id);
    if (!series) {
      if (this.#series.size > this.maxSeries) return;
      series = { key: { name, context }, system, number: null, steps: [], values: [], times: [], exact: new Map() };
      this.#series.set(id, series);
    }
    if (typeof step === 'bigint') series.exact.set(series.values.length, String(step));
    series.steps.push(step === null ? Number.NaN : Number(step));
    series.values.push(value);
    series.times.push(time ?? Number.NaN);
    this.#held++;
  }

  /** What is gathered, where it is much; only for points that come in their final order. */
  *drain(): Generator<RunEvent> {
    if (this.#held >= flushPoints) yield* this.flush(false);
  }

  /** Everything that is left. @param sorted by step; points of one step keep the order in which they came */
  *flush(sorted: boolean): Generator<RunEvent> {
    this.#held = 0;
    for (const series of this.#series.values()) {
      if (series.values.length === 0) continue;
      if (series.number === null) {
        series.number = this.#declared++;
        yield { kind: 'series', run: this.run, series: series.number, key: series.key, system: series.system };
      }
      yield* this.#take(series, series.number, sorted);
    }
  }

  *#take(series: Gathered, number: number, sorted: boolean): Generator<RunEvent> {
    const { steps, values, times, exact } = series;
    Object.assign(series, { steps: [], values: [], times: [], exact: new Map() });
    const order = sorted && steps.some((step, at) => at > 0 && step < (steps[at - 1] as number)) ? orderOf(steps) : null;
    const noSteps = steps.every(Number.isNaN);
    const noTimes = times.every(Number.isNaN);
    for (let from = 0; from < values.length; from += batchPoints) {
      const length = Math.min(batchPoints, values.length - from);
      const place = (at: number): number => (order ? (order[from + at] as number) : from + at);
      const column = (numbers: readonly number[]) => Float64Array.from({ length }, (_, at) => numbers[place(at)] as number);
      const exactSteps: Record<number, string> = {};
      if (exact.size > 0)
        for (let at = 0; at < length; at++) {
          const digits = exact.get(place(at));
          if (digits !== undefined) exactSteps[at] = digits;
        }
      yield {
        kind: 'points',
        run: this.run,
        series: number,
        steps: noSteps ? null : column(steps),
        values: column(values),
        times: noTimes ? null : column(times),
        ...(exact.size > 0 ? { exactSteps } : {}),
      };
    }
  }
}

/** Places in step order, stable; points without a step come last. */
function orderOf(steps: readonly number[]): Uint32Array {
  const key = (at: number): number => (Number.isNaN(steps[at]) ? Number.POSITIVE_INFINITY : (steps[at] as number));
  return Uint32Array.from(steps.keys()).sort((a, b) => (key(a) === key(b) ? a - b : key(a) < key(b) ? -1 : 1));
}
