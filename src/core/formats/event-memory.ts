// An event folder that is read again and again as it grows: what came out before is kept, only new bytes are read.

import { PointLog } from '../base/point-log';
import type { ReadContext } from '../source/reader';
import type { SourceFile } from '../source/source';
import type { EventOutput } from './event-decode';
import { EventFolder } from './event-folder';
import type { PointBatch, Tag } from './event-tags';

export interface OpenEventFolder {
  readonly folder: EventFolder;
  /** Everything that the folder says, however often it was read before. */
  outputs(): AsyncIterable<EventOutput>;
}

/**
 * The event files of one folder, ready to be read.
 * @param files sorted by name
 */
export async function openEventFolder(files: readonly SourceFile[], context: ReadContext): Promise<OpenEventFolder> {
  const { memory } = context;
  if (!memory) {
    const folder = new EventFolder(files, context);
    return { folder, outputs: () => folder.read(context) };
  }
  const lasting = files.map((file) => memory.lasting(file));
  const kept = await memory.keep(
    `events ${files[0]?.path ?? ''}`,
    lasting,
    () => new KeptFolder(lasting, context),
    (before) => !before.isTooMuch && before.folder.continuedBy(lasting),
  );
  return { folder: kept.folder, outputs: () => kept.read(context, lasting) };
}

class KeptFolder {
  readonly folder: EventFolder;
  readonly #tags = new Map<Tag, PointLog>();
  /** In their order, over all tags: what is kept of them for the run depends on it. */
  readonly #media: EventOutput[] = [];
  #mediaBytes = 0;

  constructor(
    files: readonly SourceFile[],
    private readonly context: ReadContext,
  ) {
    this.folder = new EventFolder(files, context);
  }

  /** More pictures and sounds than a run keeps: the files are read anew rather than all of them held. */
  get isTooMuch(): boolean {
    return this.#mediaBytes > this.context.limits.mediaBytesPerRun;
  }

  async *read(context: ReadContext, files: readonly SourceFile[]): AsyncGenerator<EventOutput> {
    for await (const output of this.folder.read(context, files)) this.#take(output);
    yield* this.#media;
    // Points of tags always have steps and times.
    for (const [tag, log] of this.#tags)
      for (const event of log.events()) yield event.kind === 'points' ? { kind: 'points', tag, batch: event.batch as PointBatch } : { ...event, tag };
  }

  #take(output: EventOutput): void {
    if (output.kind === 'media' || output.kind === 'media-purge') {
      this.#media.push(output);
      if (output.kind === 'media') for (const { from } of output.items) if ('bytes' in from) this.#mediaBytes += from.bytes.length;
      return;
    }
    const log = this.#tags.get(output.tag) ?? new PointLog();
    this.#tags.set(output.tag, log);
    if (output.kind === 'points') log.append(output.batch);
    else log.purge(output.fromStep);
  }
}
