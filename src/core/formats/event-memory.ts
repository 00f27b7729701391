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
    const folder = new EventFolder(files);
    return { folder, outputs: () => folder.read(context) };
  }
  const lasting = files.map((file) => memory.lasting(file));
  const kept = await memory.keep(
    `events ${files[0]?.path ?? ''}`,
    lasting,
    () => new KeptFolder(lasting),
    (before) => before.folder.continuedBy(lasting),
  );
  return { folder: kept.folder, outputs: () => kept.read(context, lasting) };
}

class KeptFolder {
  readonly folder: EventFolder;
  readonly #tags = new Map<Tag, PointLog>();

  constructor(files: readonly SourceFile[]) {
    this.folder = new EventFolder(files);
  }

  async *read(context: ReadContext, files: readonly SourceFile[]): AsyncGenerator<EventOutput> {
    for await (const output of this.folder.read(context, files)) {
      const log = this.#tags.get(output.tag) ?? new PointLog();
      this.#tags.set(output.tag, log);
      if (output.kind === 'points') log.append(output.batch);
      else log.purge(output.fromStep);
    }
    // Points of tags always have steps and times.
    for (const [tag, log] of this.#tags)
      for (const event of log.events()) yield event.kind === 'points' ? { kind: 'points', tag, batch: event.batch as PointBatch } : { ...event, tag };
  }
}
