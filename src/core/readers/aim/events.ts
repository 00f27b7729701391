// Turns the series of a run into events: points, media by their counts, and the epochs of its points as series of their own.

import { issue } from '../../base/issues';
import type { RunEvent, RunKey } from '../../model/events';
import { contextText } from '../../model/run';
import type { Values } from '../../model/values';
import type { MediaShelf } from './media';
import type { RunMeta } from './meta';
import { type JoinedPoints, joinPoints, type Layout } from './points';
import type { StoredSeries } from './series';

const batchPoints = 65_536;
const systemPrefix = '__system__';
/** The name under which a chart looks for epochs. */
const epochName = 'epoch';

/** What is told of one run's series; `end` tells what is known only when all were seen. */
export class SeriesEvents {
  private number = 0;
  private incomplete = 0;
  private unknownContexts = 0;
  /** The first series whose steps, and whose values, float64 cannot hold. */
  private readonly inexact: { steps: string | null; values: string | null } = { steps: null, values: null };
  /** Context → epoch by step, and whether any two series disagree. */
  private readonly epochs = new Map<string, { readonly context: Values; readonly bySteps: Map<number, number>; mixed: boolean }>();

  constructor(
    private readonly run: RunKey,
    private readonly meta: RunMeta,
    /** Where the points stand, for issues. */
    private readonly path: string,
    private readonly shelf: MediaShelf,
  ) {}

  *series(stored: StoredSeries, layout: Layout): Generator<RunEvent> {
    const { run } = this;
    const context = this.contextOf(stored);
    const { name, items, itemClass } = stored;
    if (items > 0) {
      const of = { name, kind: itemClass?.replace(/^aim\./, '') ?? 'list', ...(Object.keys(context).length > 0 ? { context } : {}) };
      yield { kind: 'media', run, media: { ...of, count: items } };
      yield* this.shelf.add(of, stored.place, stored.objects, timesOf(stored));
    }
    if (!stored.columns.get('val')?.length) return;
    yield* this.joined(name, context, joinPoints(stored, layout));
  }

  /** Takes the points of a series; the first step that float64 cannot hold is told at the end. */
  *joined(name: string, context: Values, points: JoinedPoints): Generator<RunEvent> {
    const { run } = this;
    this.incomplete += points.incomplete;
    if (points.values.length === 0) return;
    const series = this.number++;
    const system = name.startsWith(systemPrefix);
    yield { kind: 'series', run, series, key: { name, context }, system };
    yield* this.batches(series, points);
    if (points.exactSteps.size > 0) this.inexact.steps ??= name;
    if (points.inexactValues) this.inexact.values ??= name;
    if (name === epochName) this.epochsOf(context).mixed = true;
    else if (!system) this.takeEpochs(context, points);
  }

  private *batches(series: number, { steps, values, times, exactSteps }: JoinedPoints): Generator<RunEvent> {
    const noTimes = times.every(Number.isNaN);
    for (let from = 0; from < values.length; from += batchPoints) {
      const to = Math.min(values.length, from + batchPoints);
      const exact = [...exactSteps].filter(([at]) => at >= from && at < to).map(([at, digits]): [number, string] => [at - from, digits]);
      yield {
        kind: 'points',
        run: this.run,
        series,
        steps: steps.slice(from, to),
        values: values.slice(from, to),
        times: noTimes ? null : times.slice(from, to),
        ...(exact.length > 0 ? { exactSteps: Object.fromEntries(exact) } : {}),
      };
    }
  }

  private contextOf({ context }: StoredSeries): Values {
    const known = this.meta.context(context);
    if (known) return known;
    this.unknownContexts++;
    return { id: String(context) };
  }

  private epochsOf(context: Values) {
    const key = contextText(context);
    const there = this.epochs.get(key) ?? { context, bySteps: new Map<number, number>(), mixed: false };
    this.epochs.set(key, there);
    return there;
  }

  private takeEpochs(context: Values, { steps, epochs }: JoinedPoints): void {
    if (epochs.every(Number.isNaN)) return;
    const there = this.epochsOf(context);
    for (let at = 0; at < steps.length && !there.mixed; at++) {
      const [step, epoch] = [steps[at] as number, epochs[at] as number];
      if (Number.isNaN(epoch)) continue;
      const before = there.bySteps.get(step);
      if (before !== undefined && before !== epoch) there.mixed = true;
      there.bySteps.set(step, epoch);
    }
  }

  *end(): Generator<RunEvent> {
    const { run, path } = this;
    for (const { context, bySteps, mixed } of this.epochs.values()) {
      if (mixed || bySteps.size === 0) continue;
      const series = this.number++;
      yield { kind: 'series', run, series, key: { name: epochName, context } };
      const pairs = [...bySteps].sort(([a], [b]) => a - b);
      yield {
        kind: 'points',
        run,
        series,
        steps: Float64Array.from(pairs, ([step]) => step),
        values: Float64Array.from(pairs, ([, epoch]) => epoch),
        times: null,
      };
    }
    if (this.incomplete > 0) {
      const message = `The step of ${this.incomplete} values was never written; they were left out.`;
      yield { kind: 'issue', run, issue: issue('truncated', message, { file: path }) };
    }
    if (this.unknownContexts > 0) {
      const message = `The context of ${this.unknownContexts} series is lost; its number stands for it.`;
      yield { kind: 'issue', run, issue: issue('bad-record', message, { file: path }) };
    }
    const { steps, values } = this.inexact;
    const told = (what: string, name: string, tip?: string): RunEvent => {
      const message = `${what} of ${name} are larger than a 64-bit float can hold exactly.`;
      return { kind: 'issue', run, issue: issue('precision', message, { file: path, where: `series ${name}`, ...(tip === undefined ? {} : { tip }) }) };
    };
    if (steps !== null) yield told('Steps', steps);
    if (values !== null) yield told('Values', values, 'They are rounded to the nearest number that it can hold, as Aim itself gives them.');
  }
}

/** Milliseconds at a step; what is no number is stored by step. */
function timesOf({ columns }: StoredSeries): (step: number) => number {
  const column = columns.get('time');
  const times = new Map<number, number>();
  for (let at = 0; column && at < column.length; at++)
    times.set(((column.high[at] as number) | 0) * 2 ** 32 + (column.low[at] as number), (column.values[at] as number) * 1000);
  return (step) => times.get(step) ?? Number.NaN;
}
