// Unpacks Parquet pages; never into more bytes than the page's header, which was checked, says.

import { type Compressors, snappyUncompress } from 'hyparquet';
import { decompressBrotli, decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } from 'hyparquet-compressors';
import type { Limits } from '../source/reader';

type Unpack = (input: Uint8Array, length: number) => Uint8Array;

/** Snappy in JavaScript: pages are small. */
function unsnap(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  snappyUncompress(input, output);
  return output;
}

/** Every codec that Parquet knows, except LZO, which nobody writes. */
const unpackers: Readonly<Record<string, Unpack>> = {
  SNAPPY: unsnap,
  GZIP: decompressGzip,
  BROTLI: decompressBrotli,
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

/** The unpackers, each held to `limits.archiveRatio`. */
export function boundedCompressors(limits: Pick<Limits, 'archiveRatio'>): Compressors {
  const bounded =
    (unpack: Unpack): Unpack =>
    (input, length) => {
      if (length > 4096 + input.length * limits.archiveRatio) throw new SyntaxError('a page unpacks to too many bytes');
      return unpack(input, length);
    };
  return Object.fromEntries(Object.entries(unpackers).map(([name, unpack]) => [name, bounded(unpack)]));
}
