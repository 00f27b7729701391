// The end and the central directory of a zip (APPNOTE 4.3), zip64 included.

import { SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';

export interface CentralEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly encrypted: boolean;
  readonly link: boolean;
  readonly modifiedMs: number | null;
  readonly headerAt: number;
}

interface Directory {
  readonly start: number;
  readonly size: number;
  /** Bytes put before the archive (a self-extracting one): offsets count from there. */
  readonly shift: number;
}

const endBytes = 22;
const longestComment = 0xffff;
const locatorBytes = 20;
const entryBytes = 46;
const absent32 = 0xffffffff;
const utf8Name = 1 << 11;

/** @throws SourceError when there is none */
export async function findDirectory(file: SourceFile): Promise<Directory> {
  const tailAt = Math.max(0, file.size - endBytes - longestComment - locatorBytes);
  const tail = await readExactly(file, tailAt, file.size - tailAt);
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + endBytes + view.getUint16(at + 20, true) > tail.length) continue;
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    const has64 = at >= locatorBytes && view.getUint32(at - locatorBytes, true) === 0x07064b50;
    if (has64) return find64(file, numberAt(view, at - locatorBytes + 8), tailAt + at - locatorBytes);
    return placed(file, start, size, tailAt + at);
  }
  throw damaged(file, 'has no list of its files: it is no zip, or its end is missing');
}

/** @param before where the locator stands; the zip64 end lies right before it, even if the archive was shifted */
async function find64(file: SourceFile, written: number, before: number): Promise<Directory> {
  const least = 56;
  for (const at of [written, before - least]) {
    if (at < 0) continue;
    const end = await readExactly(file, at, least);
    const view = viewOf(end);
    if (end.length === least && view.getUint32(0, true) === 0x06064b50) return placed(file, numberAt(view, 48), numberAt(view, 40), at);
  }
  throw damaged(file, 'has a damaged zip64 end');
}

function placed(file: SourceFile, written: number, size: number, end: number): Directory {
  const start = end - size;
  if (start < written || !Number.isSafeInteger(start)) throw damaged(file, 'has a damaged list of its files');
  return { start, size, shift: start - written };
}

/** @throws SourceError on damage */
export function* centralEntries(bytes: Uint8Array, shift: number, file: SourceFile): Generator<CentralEntry> {
  const view = viewOf(bytes);
  for (let at = 0; at + entryBytes <= bytes.length; ) {
    if (view.getUint32(at, true) !== 0x02014b50) throw damaged(file, `has a damaged list of its files at byte ${at}`);
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + entryBytes + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > bytes.length) throw damaged(file, 'has a list of its files that ends too early');
    const nameAt = at + entryBytes;
    const [size, packedSize, headerAt] = sizes64(view, at, nameAt + nameLength, extraLength);
    yield {
      name: decodeName(bytes.subarray(nameAt, nameAt + nameLength), (flags & utf8Name) !== 0),
      method: view.getUint16(at + 10, true),
      packedSize,
      size,
      encrypted: (flags & 1) !== 0,
      // The upper half of the attributes is the Unix mode where the writer was one.
      link: view.getUint8(at + 5) === 3 && (view.getUint16(at + 40, true) & 0xf000) === 0xa000,
      modifiedMs: dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
      headerAt: headerAt + shift,
    };
    at = end;
  }
}

/** Size, packed size and offset; those that do not fit in 32 bits stand in the extra field 0x0001, in this order. */
function sizes64(view: DataView, at: number, extraAt: number, extraLength: number): [number, number, number] {
  const numbers: [number, number, number] = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  for (let field = extraAt; field + 4 <= extraAt + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let number = field + 4;
    const end = Math.min(number + view.getUint16(field + 2, true), extraAt + extraLength);
    for (const i of [0, 1, 2] as const) {
      if (numbers[i] !== absent32 || number + 8 > end) continue;
      numbers[i] = numberAt(view, number);
      number += 8;
    }
  }
  return numbers;
}

/** Names without the flag are UTF-8 more often than what the standard says (code page 437). */
function decodeName(bytes: Uint8Array, utf8: boolean): string {
  if (utf8) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Local time without a zone: taken as UTC, so that it is the same on every machine. */
function dosTime(date: number, time: number): number | null {
  if (date === 0) return null;
  return Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const numberAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
const damaged = (file: SourceFile, how: string): SourceError => new SourceError('bad-record', `${file.name} ${how}.`, file.path);
