// Committed changes that a SQLite database still keeps in its write-ahead log, laid over the main file.

const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const magicLittle = 0x377f0682;
const magicBig = 0x377f0683;

/** Whether bytes begin a SQLite database. */
export const isSqlite = (head: Uint8Array): boolean => magic.every((byte, index) => head[index] === byte);
const magic = new TextEncoder().encode('SQLite format 3\0');

/** Whether bytes begin a write-ahead log. */
export function isWal(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const word = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
  return word === magicLittle || word === magicBig;
}

/**
 * The database as a reader of SQLite sees it: the main file with every committed frame of the log laid over it, marked as a
 * plain database. Frames with a wrong salt or checksum, and frames after the last commit, are left out, as SQLite does.
 * @returns a copy; the main file's bytes are not changed
 */
export function overlayWal(main: Uint8Array, wal: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const frames = wal ? committedFrames(wal) : null;
  const bytes = frames && wal ? withFrames(main, wal, frames) : Uint8Array.from(main);
  // File format versions 2 say "write-ahead log": version 1 opens without one.
  if (bytes.length >= 20) bytes.fill(1, 18, 20);
  return bytes;
}

interface Frames {
  readonly pageBytes: number;
  /** Pages of the database after the last commit. */
  readonly pages: number;
  /** Page number (from 1) → offset of its newest committed content in the log. */
  readonly offsets: ReadonlyMap<number, number>;
}

function committedFrames(wal: Uint8Array): Frames | null {
  if (wal.length < walHeaderBytes || !isWal(wal)) return null;
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const little = view.getUint32(0) === magicLittle;
  const pageBytes = view.getUint32(8);
  if (pageBytes < 512 || pageBytes > 65536 || (pageBytes & (pageBytes - 1)) !== 0) return null;
  const sums = new Uint32Array(2);
  checksum(view, 0, 24, little, sums);
  if (sums[0] !== view.getUint32(24) || sums[1] !== view.getUint32(28)) return null;

  const committed = new Map<number, number>();
  let pending = new Map<number, number>();
  let pages = 0;
  for (let at = walHeaderBytes; at + frameHeaderBytes + pageBytes <= wal.length; at += frameHeaderBytes + pageBytes) {
    const saltsAgree = view.getUint32(at + 8) === view.getUint32(16) && view.getUint32(at + 12) === view.getUint32(20);
    checksum(view, at, 8, little, sums);
    checksum(view, at + frameHeaderBytes, pageBytes, little, sums);
    const page = view.getUint32(at);
    if (!saltsAgree || page === 0 || sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) break;
    pending.set(page, at + frameHeaderBytes);
    const size = view.getUint32(at + 4);
    if (size === 0) continue;
    for (const [number, offset] of pending) committed.set(number, offset);
    pending = new Map();
    pages = size;
  }
  return pages === 0 ? null : { pageBytes, pages, offsets: committed };
}

/** SQLite's running checksum over pairs of 32-bit words, whose byte order the magic number tells. */
function checksum(view: DataView, from: number, length: number, little: boolean, sums: Uint32Array): void {
  let first = sums[0] as number;
  let second = sums[1] as number;
  for (let at = from; at < from + length; at += 8) {
    first = (first + view.getUint32(at, little) + second) >>> 0;
    second = (second + view.getUint32(at + 4, little) + first) >>> 0;
  }
  sums[0] = first;
  sums[1] = second;
}

function withFrames(main: Uint8Array, wal: Uint8Array, { pageBytes, pages, offsets }: Frames): Uint8Array<ArrayBuffer> {
  // A commit names the size of the database; pages that neither file holds would be a lie, so the larger claim is cut.
  const held = Math.max(Math.ceil(main.length / pageBytes), ...offsets.keys());
  const size = Math.min(pages, held);
  const bytes = new Uint8Array(size * pageBytes);
  bytes.set(main.subarray(0, bytes.length));
  for (const [page, offset] of offsets) {
    if (page <= size) bytes.set(wal.subarray(offset, offset + pageBytes), (page - 1) * pageBytes);
  }
  return bytes;
}
