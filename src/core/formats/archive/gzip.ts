// A .gz as the file inside it. Up to a bound it is unpacked into memory once; beyond, it is unpacked again as it is read.

import { Gunzip } from 'fflate';
import { paceOf } from '../../base/pace';
import { SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';
import type { ArchiveContext } from './archive';
import { type Unpacker, unpackedReader } from './unpacked';

const memoryBytes = 256 * 1024 * 1024;
const sliceBytes = 256 * 1024;

/**
 * The file inside a gzip.
 * @throws SourceError when it is damaged from the start or unpacks beyond the limits
 */
export async function gunzipped(file: SourceFile, context: ArchiveContext): Promise<SourceFile> {
  const { chunks, size } = await unpackOnce(file, context);
  const name = file.name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
  const common = { name, path: file.path, size, modifiedMs: file.modifiedMs };
  if (chunks) {
    const bytes = joined(chunks, size);
    return { ...common, read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, size)) };
  }
  const start = () => Promise.resolve(0);
  return { ...common, read: unpackedReader({ file, start, packedSize: file.size, size, unpacker: gunzipUnpacker, shown: file.path }) };
}

/** Unpacks all of it: how much it is, and the bytes themselves while they fit in memory. What is cut off counts as the end. */
async function unpackOnce(file: SourceFile, { signal, limits }: ArchiveContext): Promise<{ chunks: Uint8Array[] | null; size: number }> {
  const most = Math.min(limits.archiveBytes, file.size * limits.archiveRatio);
  const unpack = gunzipUnpacker();
  const pace = paceOf(signal);
  let chunks: Uint8Array[] | null = [];
  let size = 0;
  try {
    for (let at = 0; at < file.size; at += sliceBytes) {
      const packed = await readExactly(file, at, sliceBytes, signal);
      for (const chunk of unpack(packed, false)) {
        size += chunk.length;
        chunks?.push(chunk);
      }
      if (size > most) throw new SourceError('too-large', `${file.name} unpacks to more than ${most} bytes (limits archiveBytes, archiveRatio).`, file.path);
      if (size > memoryBytes) chunks = null;
      await pace.turn();
    }
  } catch (error) {
    if (error instanceof SourceError || signal.aborted || size === 0) throw asSourceError(error, file, signal);
    // Damaged on the way: what came before is whole, and the archive's own reader tells that it ends too early.
  } finally {
    pace.close();
  }
  return { chunks, size };
}

function asSourceError(error: unknown, file: SourceFile, signal: AbortSignal): unknown {
  if (error instanceof SourceError || signal.aborted) return error;
  return new SourceError('bad-record', `${file.name} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, file.path);
}

const gunzipUnpacker = (): Unpacker => {
  let out: Uint8Array[] = [];
  const gunzip = new Gunzip((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  return (packed, last) => {
    out = [];
    gunzip.push(packed, last);
    return out;
  };
};

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
