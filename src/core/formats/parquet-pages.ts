// Walks the page headers of a column before anything is unpacked: a damaged count must not become a huge array.

import { parquetHeader } from 'hyparquet/src/column.js';
import type { Limits } from '../source/reader';
import { boundedCompressors } from './parquet-unpack';

/** A header holds a few numbers and at most four bounds of some kilobytes. */
const mostHeaderBytes = 32 * 1024;
/** A page of few bytes may repeat one value many times, but not endlessly. */
const mostPageBytes = 256 * 1024 * 1024;
/** Values of nested columns (lists) in one row group. */
const mostValues = 64 * 1024 * 1024;

/** What the pages of a chunk are read with. */
export interface Chunk {
  readonly codec: string;
  readonly type: string | undefined;
  /** Highest levels of the column; 0 where it has none. */
  readonly definition: number;
  readonly repetition: number;
}

/** The delta encodings are left to no stranger's counts; no exporter writes them. */
const encodings: ReadonlySet<string> = new Set(['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'RLE', 'BYTE_STREAM_SPLIT']);

/**
 * Checks the pages of one column chunk, and the run lengths in them: the library believes them.
 * @param rows of the row group for a flat column, which has one value per row; null for a nested one
 * @throws SyntaxError, and what the parser of headers and the unpackers throw on damaged ones
 */
export function checkPages(bytes: Uint8Array<ArrayBuffer>, rows: number | null, limits: Pick<Limits, 'archiveRatio'>, chunk: Chunk): void {
  const most = rows ?? mostValues;
  const unpackers = boundedCompressors(limits);
  const unpack = (packed: Uint8Array, length: number): Uint8Array =>
    chunk.codec === 'UNCOMPRESSED' ? packed : (unpackers[chunk.codec as keyof typeof unpackers]?.(packed, length) ?? refuse(`codec ${chunk.codec}`));
  let values = 0;
  let at = 0;
  // The reader of columns, too, takes a last odd byte for the end.
  while (at < bytes.length - 1 && !(rows !== null && values >= rows && rows > 0)) {
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + at, Math.min(mostHeaderBytes, bytes.length - at)), offset: 0 };
    const header = parquetHeader(reader);
    at += reader.offset;
    const packed = header.compressed_page_size;
    const unpacked = header.uncompressed_page_size;
    if (!isCount(packed) || at + packed > bytes.length) throw new SyntaxError('a page is longer than its column');
    if (!isCount(unpacked) || unpacked > Math.min(mostPageBytes, 4096 + packed * limits.archiveRatio))
      throw new SyntaxError(`a page of ${packed} bytes says that it unpacks to ${unpacked}`);
    const body = bytes.subarray(at, at + packed);
    at += packed;
    if (header.type === 'DICTIONARY_PAGE') {
      const entries = header.dictionary_page_header?.num_values;
      if (!isCount(entries) || entries > unpacked * 8) throw new SyntaxError(`a dictionary of ${unpacked} bytes says that it has ${entries} entries`);
      continue;
    }
    const count = (header.type === 'DATA_PAGE' ? header.data_page_header : header.data_page_header_v2)?.num_values;
    if (!isCount(count) || values + count > most) throw new SyntaxError(`pages hold more than ${most} values`);
    values += count;
    if (header.type === 'DATA_PAGE' && header.data_page_header) checkFirst(unpack(body, unpacked), count, header.data_page_header.encoding, chunk);
    else if (header.type === 'DATA_PAGE_V2' && header.data_page_header_v2) {
      const v2 = header.data_page_header_v2;
      const [repetition, definition] = [v2.repetition_levels_byte_length, v2.definition_levels_byte_length];
      if (
        !isCount(repetition) ||
        !isCount(definition) ||
        repetition + definition > packed ||
        !isCount(v2.num_nulls) ||
        v2.num_nulls > count ||
        !isCount(v2.num_rows)
      )
        throw new SyntaxError('the header of a page contradicts itself');
      if (chunk.repetition > 0) checkLevels(body.subarray(0, repetition), chunk.repetition, count);
      if (chunk.definition > 0) checkLevels(body.subarray(repetition, repetition + definition), chunk.definition, count);
      const rest = body.subarray(repetition + definition);
      const data = v2.is_compressed === false ? rest : unpack(rest, unpacked - repetition - definition);
      checkValues(data, count - v2.num_nulls, v2.encoding, chunk);
    } else throw new SyntaxError('a page is of no known kind');
  }
  if (rows !== null && values < rows) throw new SyntaxError(`pages hold ${values} of ${rows} values`);
}

const isCount = (value: number | undefined): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

function refuse(what: string): never {
  throw new SyntaxError(`the table uses ${what}, which is not read`);
}

/** A page of the first version: levels with their lengths before them, then values. */
function checkFirst(page: Uint8Array, count: number, encoding: string | undefined, chunk: Chunk): void {
  let rest = page;
  for (const level of [chunk.repetition, chunk.definition]) {
    if (level === 0) continue;
    const length = lengthAt(rest);
    checkLevels(rest.subarray(4, 4 + length), level, count);
    rest = rest.subarray(4 + length);
  }
  checkValues(rest, count, encoding, chunk);
}

/** Indices into a dictionary are runs, too; `most` of them. */
function checkValues(bytes: Uint8Array, most: number, encoding: string | undefined, chunk: Chunk): void {
  if (encoding === undefined || !encodings.has(encoding)) refuse(`the encoding ${encoding}`);
  if (encoding === 'PLAIN' || encoding === 'BYTE_STREAM_SPLIT' || most === 0) return;
  if (chunk.type === 'BOOLEAN') checkRuns(bytes.subarray(4, 4 + lengthAt(bytes)), 1, most);
  else if (bytes.length > 0 && (bytes[0] as number) > 32) throw new SyntaxError('indices of more than 32 bits');
  else if (bytes.length > 0) checkRuns(bytes.subarray(1), bytes[0] as number, most);
}

function lengthAt(bytes: Uint8Array): number {
  if (bytes.length < 4) throw new SyntaxError('a page ends within its levels');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  if (length > bytes.length - 4) throw new SyntaxError('levels are longer than their page');
  return length;
}

/** Levels are complete: the library would read on into what follows them. */
function checkLevels(bytes: Uint8Array, highest: number, count: number): void {
  if (checkRuns(bytes, 32 - Math.clz32(highest), count) < count) throw new SyntaxError('levels are missing');
}

/** Runs that repeat a value, and groups of eight packed values: no more than `most`, and none of length 0. @returns how many values they stand for */
function checkRuns(bytes: Uint8Array, bits: number, most: number): number {
  let seen = 0;
  let at = 0;
  while (seen < most && at < bytes.length) {
    let header = 0;
    let shift = 0;
    let byte = 0x80;
    while (byte > 0x7f) {
      if (at >= bytes.length || shift > 28) throw new SyntaxError('a run is damaged');
      byte = bytes[at++] as number;
      header += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    }
    const length = Math.floor(header / 2);
    if (length === 0) throw new SyntaxError('a run is empty');
    if (header % 2 === 1) {
      if (length * 8 >= most - seen + 8 && bits === 0) throw new SyntaxError('a group packs more values than are left');
      at += length * bits;
      seen += length * 8;
    } else {
      if (length > most - seen) throw new SyntaxError(`a run repeats a value ${length} times, where ${most - seen} are left`);
      at += Math.ceil(bits / 8);
      seen += length;
    }
  }
  return seen;
}
