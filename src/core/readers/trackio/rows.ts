// The rows of one run, wherever they come from, as events: points, media, and what was wrong with them.

import { issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { PointCollector } from '../_logs/collector';
import { loggedValues } from '../_trackio/logged';
import { kindOf, type MediaHome, mediaEvents } from './media';
import type { LoggedRow } from './project';

export class RowEvents {
  readonly #collector: PointCollector;
  readonly #media = new Map<string, { kind: string; count: number }>();
  #bad = 0;
  #firstBad = 0;
  #inexact: string | null = null;

  /** @param home of the files of media; null where media are only counted */
  constructor(
    private readonly run: RunKey,
    private readonly home: MediaHome | null,
    private readonly context: Pick<ReadContext, 'limits' | 'keepMedia'>,
  ) {
    this.#collector = new PointCollector(run, context.limits.seriesPerRun);
  }

  /** Takes a row; they come in the order of their steps. */
  *row({ rowId, step, timeMs, metrics }: LoggedRow, system: boolean): Generator<RunEvent> {
    if (metrics === null) {
      if (this.#bad++ === 0) this.#firstBad = rowId;
      return;
    }
    if (typeof step === 'bigint') this.#inexact ??= String(step);
    for (const [name, value] of loggedValues(metrics)) {
      const number = numberOf(value);
      if (number !== null) this.#collector.add(system ? `system.${name}` : name, step, timeMs, number, { system });
      else if (isObject(value)) {
        this.#media.set(name, { kind: kindOf(value), count: (this.#media.get(name)?.count ?? 0) + 1 });
        if (this.context.keepMedia && this.home) yield* mediaEvents(this.run, name, value, { step, timeMs }, this.home);
      }
    }
    yield* this.#collector.drain();
  }

  /** Points that were not told yet. */
  points(): Generator<RunEvent> {
    return this.#collector.flush(false);
  }

  /** @param file where the rows stand, for issues */
  *end(file: string): Generator<RunEvent> {
    const { run } = this;
    yield* this.points();
    for (const [name, { kind, count }] of this.#media) yield { kind: 'media', run, media: { name, kind, count } };
    const place = { file, where: `table metrics, row ${this.#firstBad}` };
    if (this.#bad > 0) yield { kind: 'issue', run, issue: issue('bad-value', `${this.#bad} rows are no JSON objects and were skipped.`, place) };
    if (this.#inexact === null) return;
    const message = `Steps such as ${this.#inexact} are larger than a 64-bit float can hold exactly.`;
    yield { kind: 'issue', run, issue: issue('precision', message, { file }) };
  }
}
