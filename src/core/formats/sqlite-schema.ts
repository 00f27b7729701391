// Names of the tables of a SQLite file, by walking its schema's b-tree page by page: cheap enough for a probe of a large database.

import { SourceError, type SourceFile } from '../source/source';
import { readExactly } from './bytes';
import { committedFrames, isSqlite } from './sqlite-wal';

/** Pages that are looked at; a schema of thousands of tables is nobody's run store. */
const mostPages = 512;
/** A write-ahead log larger than this is not looked into by a probe. */
const mostWalBytes = 32 * 1024 * 1024;
const interiorPage = 0x05;
const leafPage = 0x0d;

export interface SqliteSchema {
  /** Names of the tables, in lower case. */
  readonly tables: ReadonlySet<string>;
  /** False where a part of the schema could not be read: there may be more tables. */
  readonly whole: boolean;
}

/**
 * What a reader of SQLite would see, with the committed frames of the log: a database that was killed at birth keeps even its
 * schema there. Never throws for bad data.
 * @returns null where the file is no database
 */
export async function sqliteSchema(file: SourceFile, wal: SourceFile | undefined, signal: AbortSignal): Promise<SqliteSchema | null> {
  const head = await bytesOf(file, 0, 100, signal);
  if (!isSqlite(head)) return null;
  const tables = new Set<string>();
  const stored = head.length < 100 ? 0 : new DataView(head.buffer).getUint16(16);
  const pageBytes = stored === 1 ? 65_536 : stored;
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0) return { tables, whole: false };
  const log = wal && wal.size <= mostWalBytes ? await bytesOf(wal, 0, wal.size, signal) : null;
  const frames = log && committedFrames(log).frames;
  let whole = true;
  const waiting = [1];
  const seen = new Set<number>();
  while (waiting.length > 0 && seen.size < mostPages) {
    const number = waiting.pop() as number;
    if (number < 1 || seen.has(number)) continue;
    seen.add(number);
    const logged = frames?.pageBytes === pageBytes ? frames.offsets.get(number) : undefined;
    const page = log && logged !== undefined ? log.subarray(logged, logged + pageBytes) : await bytesOf(file, (number - 1) * pageBytes, pageBytes, signal);
    const children = page.length === pageBytes ? visitPage(page, number === 1 ? 100 : 0, tables) : null;
    if (children) waiting.push(...children);
    else whole = false;
  }
  return { tables, whole };
}

async function bytesOf(file: SourceFile, offset: number, length: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readExactly(file, offset, length, signal);
  } catch (error) {
    if (error instanceof SourceError) return new Uint8Array(0);
    throw error;
  }
}

/** Takes the table names of a leaf in, or returns the children of an interior page; null for any other page. */
function visitPage(page: Uint8Array<ArrayBuffer>, start: number, names: Set<string>): readonly number[] | null {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const kind = page[start];
  if (kind !== interiorPage && kind !== leafPage) return null;
  const cells = view.getUint16(start + 3);
  const pointers = start + (kind === interiorPage ? 12 : 8);
  const children = kind === interiorPage ? [view.getUint32(start + 8)] : [];
  for (let index = 0; index < cells && pointers + 2 * index + 2 <= page.length; index++) {
    const cell = view.getUint16(pointers + 2 * index);
    if (cell + 4 > page.length) continue;
    if (kind === interiorPage) children.push(view.getUint32(cell));
    else takeName(page, cell, names);
  }
  return children;
}

/** A leaf cell: payload size, row id, then the record (type, name, …), whose first columns are never on overflow pages. */
function takeName(page: Uint8Array, cell: number, names: Set<string>): void {
  let at = skipVarint(page, skipVarint(page, cell));
  const headerBytes = readVarint(page, at);
  const header = at;
  at = skipVarint(page, at);
  const typeLength = textLength(readVarint(page, at));
  at = skipVarint(page, at);
  const nameLength = textLength(readVarint(page, at));
  const body = header + headerBytes;
  if (typeLength === null || nameLength === null || body + typeLength + nameLength > page.length) return;
  const decoder = new TextDecoder();
  if (decoder.decode(page.subarray(body, body + typeLength)) !== 'table') return;
  names.add(decoder.decode(page.subarray(body + typeLength, body + typeLength + nameLength)).toLowerCase());
}

/** Serial types from 13 on that are odd are text of (type − 13) / 2 bytes. */
const textLength = (serial: number): number | null => (serial >= 13 && serial % 2 === 1 ? (serial - 13) / 2 : null);

function readVarint(page: Uint8Array, at: number): number {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = page[at + index] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  return value;
}

function skipVarint(page: Uint8Array, at: number): number {
  let end = at;
  while (end - at < 8 && (page[end] ?? 0) >= 0x80) end++;
  return end + 1;
}
