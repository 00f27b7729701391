// Parquet tables: one column of one row group at a time, every page checked before it is unpacked.

import { type FileMetaData, parquetMetadata, parquetRead, type RowGroup } from 'hyparquet';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from 'hyparquet/src/schema.js';
import type { ReadContext } from '../source/reader';
import { SourceError, type SourceFile } from '../source/source';
import { readExactly } from './bytes';
import { checkPages } from './parquet-pages';
import { boundedCompressors } from './parquet-unpack';
import { type Convert, converters } from './parquet-values';

/** `PAR1` at both ends; before the last one the length of the footer. */
const magic = 0x31524150;
const tailBytes = 8;
const mostFooterBytes = 16 * 1024 * 1024;
/** Writers put at most 64 Mi rows into a group, and nearly all 1 Mi. */
const mostGroupRows = 64 * 1024 * 1024;
/** Longer runs of continuation bytes are no number of any writer, and slow to add up. */
const mostContinued = 4096;

/** A value of a cell: text, a number, an integer beyond 2^53 as bigint, a truth value; lists and structs of them; null where there is none. */
export type ParquetCell = string | number | bigint | boolean | null | readonly ParquetCell[] | { readonly [name: string]: ParquetCell };

type Context = Pick<ReadContext, 'limits' | 'signal' | 'progress'>;

/**
 * Reads the footer.
 * @throws SyntaxError where it is absent (a file that is still being written has none) or damaged; SourceError
 */
export async function openParquet(file: SourceFile, context: Context): Promise<Parquet> {
  const tail = await readExactly(file, Math.max(0, file.size - tailBytes), tailBytes, context.signal);
  if (tail.length < tailBytes) throw new SyntaxError('the file is too short for a Parquet table');
  const view = new DataView(tail.buffer);
  if (view.getUint32(4, true) !== magic) throw new SyntaxError('the Parquet footer is missing: the file is cut, or was never finished');
  const length = view.getUint32(0, true) + tailBytes;
  if (length > file.size || length > mostFooterBytes) throw new SyntaxError('the length of the Parquet footer cannot be right');
  const footer = await readExactly(file, file.size - length, length, context.signal);
  if (hasLongRun(footer)) throw new SyntaxError('the Parquet footer is damaged');
  const metadata = told(() => parquetMetadata(footer.buffer, { geoparquet: false }));
  context.progress(length);
  return new Parquet(file, metadata, context);
}

export class Parquet {
  readonly #file: SourceFile;
  readonly #metadata: FileMetaData;
  readonly #context: Context;
  readonly #converters: ReadonlyMap<string, Convert>;
  /** Names of the top-level columns. */
  readonly columns: ReadonlySet<string>;

  constructor(file: SourceFile, metadata: FileMetaData, context: Context) {
    this.#file = file;
    this.#context = context;
    this.#metadata = metadata;
    this.#converters = converters(metadata.schema);
    this.columns = new Set(metadata.row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.path_in_schema[0] ?? '')));
  }

  /** Number of row groups. */
  get groups(): number {
    return this.#metadata.row_groups.length;
  }

  /**
   * Rows of a group.
   * @throws SyntaxError when the number cannot be right
   */
  rows(group: number): number {
    const rows = Number(this.#metadata.row_groups[group]?.num_rows ?? 0);
    if (!(rows >= 0 && rows <= mostGroupRows)) throw new SyntaxError(`row group ${group} says that it has ${rows} rows`);
    return rows;
  }

  /**
   * A top-level column of a row group, as many cells as the group has rows. A column that the file lacks is all null.
   * Decimals are numbers where float64 gives back all their digits, else text; times are milliseconds since the epoch.
   * @throws SyntaxError where it is damaged; SourceError
   */
  async column(group: number, name: string): Promise<readonly ParquetCell[]> {
    const { signal, limits, progress } = this.#context;
    signal.throwIfAborted();
    const rows = this.rows(group);
    const stored = this.#metadata.row_groups[group] as RowGroup;
    const chunks = stored.columns.flatMap(({ meta_data }) => (meta_data?.path_in_schema[0] === name ? [meta_data] : []));
    if (chunks.length === 0) return new Array<ParquetCell>(rows).fill(null);
    const ranges = chunks.map((chunk) => {
      const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
      return { chunk, start, end: start + Number(chunk.total_compressed_size) };
    });
    const start = Math.min(...ranges.map((range) => range.start));
    const end = Math.max(...ranges.map((range) => range.end));
    if (!(start >= 4 && end >= start && end <= this.#file.size)) throw new SyntaxError(`column ${name} lies outside of the file`);
    if (end - start > limits.wholeFileBytes)
      throw new SourceError('too-large', `Column ${name} of a row group has ${end - start} bytes; the limit is ${limits.wholeFileBytes}.`, this.#file.path);
    const bytes = await readExactly(this.#file, start, end - start, signal);
    if (bytes.length < end - start) throw new SyntaxError(`the file ends within column ${name}`);
    progress(bytes.length);
    for (const range of ranges)
      told(() => {
        const path = getSchemaPath(this.#metadata.schema, range.chunk.path_in_schema);
        const levels = { definition: getMaxDefinitionLevel(path), repetition: getMaxRepetitionLevel(path) };
        const flat = range.chunk.path_in_schema.length === 1;
        checkPages(bytes.subarray(range.start - start, range.end - start), flat ? rows : null, limits, {
          codec: range.chunk.codec,
          type: path.at(-1)?.element.type,
          ...levels,
        });
      });
    const cells = new Array<ParquetCell>(rows).fill(null);
    const metadata = { ...this.#metadata, num_rows: BigInt(rows), row_groups: [stored] };
    let filled = 0;
    await toldAsync(
      parquetRead({
        file: { byteLength: this.#file.size, slice: (from, to = this.#file.size) => sliceOf(bytes, from - start, to - start) },
        metadata,
        columns: [name],
        compressors: boundedCompressors(limits),
        onChunk: ({ columnData, rowStart }) => {
          for (let at = 0; at < columnData.length && rowStart + at < rows; at++) cells[rowStart + at] = columnData[at] ?? null;
          filled += columnData.length;
        },
      }),
    );
    if (filled < rows) throw new SyntaxError(`column ${name} has ${filled} of ${rows} values`);
    const convert = this.#converters.get(name);
    if (convert) for (let at = 0; at < rows; at++) if (cells[at] !== null) cells[at] = convert(cells[at] as ParquetCell | Uint8Array);
    return cells;
  }
}

function sliceOf(bytes: Uint8Array<ArrayBuffer>, from: number, to: number): ArrayBuffer {
  if (from < 0 || to > bytes.length) throw new SyntaxError('a page lies outside of its column');
  return from === 0 && to === bytes.length && bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
    ? bytes.buffer
    : (bytes.slice(from, to).buffer as ArrayBuffer);
}

function hasLongRun(bytes: Uint8Array): boolean {
  let run = 0;
  for (const byte of bytes) {
    run = byte > 0x7f ? run + 1 : 0;
    if (run > mostContinued) return true;
  }
  return false;
}

/** The library throws errors of every kind on damaged bytes; to us they are all one. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw damaged(error);
  }
}

async function toldAsync<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw damaged(error);
  }
}

/** A library that stumbles over damaged bytes says something about its own variables: that helps nobody. */
function damaged(error: unknown): SyntaxError {
  if (error instanceof SyntaxError) return error;
  const stumbled = !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
  return new SyntaxError(stumbled ? 'the Parquet data is damaged' : error.message.slice(0, 200));
}
