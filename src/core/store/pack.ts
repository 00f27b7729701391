// One binary layout for a batch of whole runs: between worker and page, in bundles, wherever points travel. Never JSON for points.
//
//   0   8 bytes   magic "DPTYPACK"
//   8   uint32    version, little-endian
//   12  uint32    bytes of the header
//   16  header    lossless JSON, UTF-8: { model, runs: [{ run, columns: [[count, steps?, times?], …], contents: [[path, bytes], …] }] }
//       columns   float64 little-endian, 8-byte aligned: of each series steps, values, times, as far as they are there
//       contents  bytes, one after another, each 8-byte aligned

import { fromLosslessJson, toLosslessJson } from '../base/lossless';
import { type Content, modelVersion, type Points, type ReadRun, type Run } from '../model/run';

export const packVersion = 1;
const magic = 'DPTYPACK';
const prefixBytes = 16;

/** Packed bytes that this version cannot read; a newer one names what was found and what is supported. */
export class PackError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PackError';
  }
}

interface PackedRun {
  readonly run: Run;
  /** Count of points, whether steps and whether times are there. */
  readonly columns: readonly (readonly [number, boolean, boolean])[];
  readonly contents: readonly (readonly [string, number])[];
}
interface Header {
  readonly model: number;
  readonly runs: readonly PackedRun[];
}

/** The runs as bytes of their own. */
export function packRuns(runs: readonly ReadRun[]): Uint8Array<ArrayBuffer> {
  const header: Header = {
    model: modelVersion,
    runs: runs.map(({ run, points, contents }) => ({
      run,
      columns: points.map(({ steps, values, times }) => [values.length, steps !== null, times !== null]),
      contents: contents.map(({ path, bytes }) => [path, bytes.length]),
    })),
  };
  const headerBytes = new TextEncoder().encode(toLosslessJson(header));
  const blocks = runs.flatMap(({ points, contents }) => [
    ...points.flatMap(({ steps, values, times }) => [steps, values, times].filter((column) => column !== null).map(bytesOf)),
    ...contents.map(({ bytes }) => bytes),
  ]);
  const bodyAt = aligned(prefixBytes + headerBytes.length);
  const packed = new Uint8Array(blocks.reduce((at, block) => aligned(at + block.length), bodyAt));
  packed.set(new TextEncoder().encode(magic));
  const view = new DataView(packed.buffer);
  view.setUint32(8, packVersion, true);
  view.setUint32(12, headerBytes.length, true);
  packed.set(headerBytes, prefixBytes);
  let at = bodyAt;
  for (const block of blocks) {
    packed.set(block, at);
    at = aligned(at + block.length);
  }
  return packed;
}

/**
 * The runs that `packRuns` packed. Every column has memory of its own, so that `packed` can be freed.
 * @throws PackError when the bytes are no pack, are damaged, or were written by a newer version
 */
export function unpackRuns(packed: Uint8Array): ReadRun[] {
  const header = readHeader(packed);
  const cursor = new Cursor(packed, aligned(prefixBytes + headerLength(packed)));
  return header.runs.map((one) => unpackRun(one, cursor));
}

function readHeader(packed: Uint8Array): Header {
  if (packed.length < prefixBytes || new TextDecoder().decode(packed.subarray(0, magic.length)) !== magic) throw new PackError('This is no pack of runs.');
  const version = viewOf(packed).getUint32(8, true);
  if (version !== packVersion) refuse('pack', version, packVersion);
  const end = prefixBytes + headerLength(packed);
  if (end > packed.length) throw new PackError('The pack ends within its header.');
  let header: Header;
  try {
    header = fromLosslessJson(new TextDecoder('utf-8', { fatal: true }).decode(packed.subarray(prefixBytes, end))) as Header;
  } catch (error) {
    throw new PackError(`The header of the pack is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (header?.model !== modelVersion) refuse('model', header?.model, modelVersion);
  if (!Array.isArray(header.runs)) throw new PackError('The header of the pack lists no runs.');
  return header;
}

function refuse(what: string, found: unknown, supported: number): never {
  throw new PackError(`The ${what} has version ${String(found)}; this Diptych reads version ${supported}. A newer Diptych opens it.`);
}

function unpackRun({ run, columns, contents }: PackedRun, cursor: Cursor): ReadRun {
  const whole = Array.isArray(columns) && Array.isArray(contents) && Array.isArray(run?.series) && columns.length === run.series.length;
  if (!whole) throw new PackError('A run in the pack is damaged.');
  const points: Points[] = columns.map(([count, steps, times]) => ({
    steps: steps ? cursor.floats(count) : null,
    values: cursor.floats(count),
    times: times ? cursor.floats(count) : null,
  }));
  return { run, points, contents: contents.map(([path, length]): Content => ({ path: String(path), bytes: cursor.bytes(length) })) };
}

/** Hands out block after block and never reads beyond the end. */
class Cursor {
  constructor(
    private readonly packed: Uint8Array,
    private at: number,
  ) {}

  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (!Number.isSafeInteger(length) || length < 0 || this.at + length > this.packed.length) throw new PackError('The pack ends within its data.');
    const bytes = this.packed.slice(this.at, this.at + length) as Uint8Array<ArrayBuffer>;
    this.at = aligned(this.at + length);
    return bytes;
  }

  floats(count: number): Float64Array<ArrayBuffer> {
    const bytes = this.bytes(count * Float64Array.BYTES_PER_ELEMENT);
    return new Float64Array(bytes.buffer, bytes.byteOffset, count);
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const headerLength = (packed: Uint8Array): number => viewOf(packed).getUint32(12, true);
const aligned = (at: number): number => Math.ceil(at / 8) * 8;
const bytesOf = (column: Float64Array): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
