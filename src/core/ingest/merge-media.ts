// Media that several sources of a run logged, with the bytes that are kept of them.

import { embeddedPrefix, isEmbedded, type Media, type MediaItem, mediaKeyText } from '../model/media';
import type { Content, ReadRun } from '../model/run';

/** Media of one name from the first source that holds items of it; embedded bytes numbered anew, as in a run that was read as one. */
export function mergeMedia(reads: readonly ReadRun[]): { readonly media: readonly Media[]; readonly contents: readonly Content[] } {
  const all = new Map<string, { readonly media: Media; readonly from: ReadRun }>();
  for (const from of reads) {
    for (const media of from.run.media) {
      const known = all.get(mediaKeyText(media));
      if (!known || (known.media.items === undefined && media.items !== undefined)) all.set(mediaKeyText(media), { media, from });
    }
  }
  const contents = new Map<string, Content>();
  for (const { contents: kept } of reads)
    for (const content of kept) if (!isEmbedded(content.path) && !contents.has(content.path)) contents.set(content.path, content);
  const prefix = embeddedPrefix(reads.flatMap(({ run }) => run.artifacts.map(({ path }) => path)));
  const byPath = new Map(reads.map((read) => [read, new Map(read.contents.map((content) => [content.path, content]))]));
  let number = 0;
  const placed = (item: MediaItem, from: ReadRun): MediaItem => {
    const content = item.content !== null && isEmbedded(item.content) ? byPath.get(from)?.get(item.content) : undefined;
    if (!content) return item;
    const path = `${prefix}${number++}`;
    contents.set(path, { path, bytes: content.bytes });
    return { ...item, content: path };
  };
  const byKey = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const media = byKey.map(([, { media: one, from }]) => (one.items ? { ...one, items: one.items.map((item) => placed(item, from)) } : one));
  return { media, contents: [...contents.values()] };
}
