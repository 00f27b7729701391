// Walks the page headers of a column before anything is unpacked: a damaged count must not become a huge array.

import { parquetHeader } from 'hyparquet/src/column.js';
import type { Limits } from '../source/reader';

/** A header holds a few numbers and at most four bounds of some kilobytes. */
const mostHeaderBytes = 32 * 1024;
/** A page of few bytes may repeat one value many times, but not endlessly. */
const mostPageBytes = 256 * 1024 * 1024;
/** Values of nested columns (lists) in one row group. */
const mostValues = 64 * 1024 * 1024;

/**
 * Checks the pages of one column chunk.
 * @param rows of the row group for a flat column, which has one value per row; null for a nested one
 * @throws SyntaxError, and what the parser of headers throws on damaged ones
 */
export function checkPages(bytes: Uint8Array<ArrayBuffer>, rows: number | null, limits: Pick<Limits, 'archiveRatio'>): void {
  const most = rows ?? mostValues;
  let values = 0;
  let at = 0;
  // The reader of columns, too, takes a last odd byte for the end.
  while (at < bytes.length - 1 && !(rows !== null && values >= rows && rows > 0)) {
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + at, Math.min(mostHeaderBytes, bytes.length - at)), offset: 0 };
    const header = parquetHeader(reader);
    at += reader.offset;
    const packed = header.compressed_page_size;
    const unpacked = header.uncompressed_page_size;
    if (!(packed >= 0 && at + packed <= bytes.length)) throw new SyntaxError('a page is longer than its column');
    if (!(unpacked >= 0 && unpacked <= Math.min(mostPageBytes, 4096 + packed * limits.archiveRatio)))
      throw new SyntaxError(`a page of ${packed} bytes says that it unpacks to ${unpacked}`);
    const count = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0;
    const entries = header.dictionary_page_header?.num_values ?? 0;
    if (!(count >= 0 && values + count <= most)) throw new SyntaxError(`pages hold more than ${most} values`);
    if (!(entries >= 0 && entries <= unpacked * 8)) throw new SyntaxError(`a dictionary of ${unpacked} bytes says that it has ${entries} entries`);
    values += count;
    at += packed;
  }
  if (rows !== null && values < rows) throw new SyntaxError(`pages hold ${values} of ${rows} values`);
}
