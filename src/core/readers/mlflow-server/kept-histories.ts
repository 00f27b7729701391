// Histories of runs that go on, kept between two looks, and what was added behind them.

import type { KeptRuns } from '../_remote/kept-runs';

/** One metric of one run, in the order of MLflow's client: time, step, value. */
export interface History {
  readonly run: number;
  readonly key: string;
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

/** Of one run, by key. */
export type KeptHistories = ReadonlyMap<string, History>;

export interface AskedRun {
  readonly id: string;
  /** Metrics that the run has. */
  readonly keys: readonly string[];
  /** What is read of it is worth keeping for the next look. */
  readonly goesOn: boolean;
}

/** Copies what is read of runs that go on: what is told is handed over. */
export class Keeping {
  readonly #histories = new Map<number, Map<string, History>>();

  constructor(
    private readonly runs: readonly AskedRun[],
    private readonly kept: KeptRuns<KeptHistories> | null,
  ) {}

  take(history: History): void {
    if (!this.kept || !this.runs[history.run]?.goesOn) return;
    const known = this.#histories.get(history.run) ?? new Map<string, History>();
    this.#histories.set(history.run, known);
    const { steps, values, times } = history;
    known.set(history.key, { ...history, steps: steps.slice(), values: values.slice(), times: times.slice() });
  }

  end(): void {
    for (const [run, { id }] of this.runs.entries()) {
      const known = this.#histories.get(run);
      if (!known) this.kept?.forget(id);
      else
        this.kept?.keep(
          id,
          known,
          [...known.values()].reduce((sum, { values }) => sum + values.length, 0),
        );
    }
  }
}

/** The first point of `behind` is the last that is known, and what comes behind it is in order, each point another one. */
export function follows(before: History, behind: History): boolean {
  const last = before.steps.length - 1;
  const isLast =
    behind.times[0] === before.times[last] &&
    behind.steps[0] === before.steps[last] &&
    Object.is(behind.values[0], before.values[last]) &&
    behind.exactSteps?.[0] === before.exactSteps?.[last];
  return isLast && behind.steps.every((_, at) => at === 0 || comesBehind(behind, at));
}

/** Later, or at the same time with a larger step, or at the same step with a larger value: two of which one is NaN have no order. */
function comesBehind({ times, steps, values }: History, at: number): boolean {
  const differences = [times, steps, values].map((column) => (column[at] as number) - (column[at - 1] as number));
  const first = differences.find((difference) => difference !== 0) ?? 0;
  return first > 0;
}

/** Both as one, the point that they share once. */
export function joined(run: number, before: History, behind: History): History {
  const start = before.steps.length;
  const join = (a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> => {
    const both = new Float64Array(start + b.length - 1);
    both.set(a);
    both.set(b.subarray(1), start);
    return both;
  };
  const later = Object.entries(behind.exactSteps ?? {}).map(([at, digits]) => [Number(at) + start - 1, digits] as const);
  const exactSteps = { ...before.exactSteps, ...Object.fromEntries(later) };
  return {
    run,
    key: before.key,
    steps: join(before.steps, behind.steps),
    values: join(before.values, behind.values),
    times: join(before.times, behind.times),
    ...(Object.keys(exactSteps).length > 0 ? { exactSteps } : {}),
  };
}
