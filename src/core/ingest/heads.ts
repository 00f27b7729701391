// First bytes of files while readers look around: read once, shared by all readers, in bounded memory.

import { readExactly } from '../formats/bytes';
import type { ProbeContext } from '../source/reader';
import type { SourceFile } from '../source/source';

const longestHead = 64 * 1024;
const cacheBytes = 64 * 1024 * 1024;

/** `ProbeContext.head` with a cache; a file that cannot be read has an empty head. */
export function headCache(): ProbeContext['head'] {
  const heads = new Map<SourceFile, Uint8Array>();
  let held = 0;
  return async (file, length) => {
    const wanted = Math.min(length, longestHead, file.size);
    const known = heads.get(file);
    if (known && known.length >= wanted) return known.subarray(0, wanted);
    if (wanted <= 0) return new Uint8Array(0);
    let head: Uint8Array;
    try {
      head = await readExactly(file, 0, wanted);
    } catch {
      return new Uint8Array(0);
    }
    if (held + head.length <= cacheBytes) {
      heads.set(file, head);
      held += head.length - (known?.length ?? 0);
    }
    return head;
  };
}
