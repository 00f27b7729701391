// Turns what comes out of event folders into the series and the media of one run.

import type { RunEvent, RunKey } from '../model/events';
import type { Values } from '../model/values';
import type { EventOutput } from './event-decode';
import type { Tag } from './event-tags';

/** Numbers the series of a run as they turn up; several folders and logs of one run share it. */
export class SeriesWriter {
  private numbers = new Map<Tag, number>();
  private context: Values = {};

  /** @param next the first number, where other series of the run have been numbered before */
  constructor(
    readonly run: RunKey,
    private next = 0,
  ) {}

  /** Begins another folder, whose tags are series of their own. */
  folder(context: Values): void {
    this.context = context;
    this.numbers = new Map();
  }

  /** Declares a series that comes from elsewhere. */
  *declare(name: string, context: Values): Generator<RunEvent, number> {
    const series = this.next++;
    yield { kind: 'series', run: this.run, series, key: { name, context } };
    return series;
  }

  *write(output: EventOutput): Generator<RunEvent> {
    const { run } = this;
    if (output.kind === 'media' || output.kind === 'media-purge') {
      yield* this.mediaEvent(output);
      return;
    }
    let series = this.numbers.get(output.tag);
    if (series === undefined) {
      if (output.kind === 'purge') return;
      series = yield* this.declare(output.tag.name, this.context);
      this.numbers.set(output.tag, series);
    }
    yield output.kind === 'purge' ? { kind: 'purge', run, fromStep: output.fromStep, series } : { kind: 'points', run, series, ...output.batch };
  }

  /** Media are named as `EventFolder.media` names them, with the folder's context. */
  private *mediaEvent(output: EventOutput & { readonly kind: 'media' | 'media-purge' }): Generator<RunEvent> {
    const { run, context } = this;
    const inFolder = Object.keys(context).length > 0 ? { context } : {};
    if (output.kind === 'media')
      yield {
        kind: 'media-items',
        run,
        items: output.items.map(({ tag, media, item, from }) => ({ of: { name: tag.name, kind: media, ...inFolder }, item, from })),
      };
    else yield { kind: 'media-purge', run, of: { name: output.tag.name, kind: output.media, ...inFolder }, fromStep: output.fromStep };
  }
}
