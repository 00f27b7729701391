// Unpacks Parquet pages; never into more bytes than the page's header, which was checked, says.

import { type Compressors, snappyUncompress } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Limits } from '../source/reader';

/** Unpackers for every codec that Parquet knows, except LZO, which nobody writes. */
export function boundedCompressors(limits: Pick<Limits, 'archiveRatio'>): Compressors {
  const bounded = (unpack: NonNullable<Compressors['GZIP']>) => (input: Uint8Array, length: number) => {
    if (length > 4096 + input.length * limits.archiveRatio) throw new SyntaxError('a page unpacks to too many bytes');
    return unpack(input, length);
  };
  const others = Object.entries(compressors).map(([name, unpack]) => [name, bounded(unpack)]);
  return { ...Object.fromEntries(others), SNAPPY: bounded(unsnap) };
}

/** In JavaScript: pages are small, and no WebAssembly need be compiled for them. */
function unsnap(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  snappyUncompress(input, output);
  return output;
}
