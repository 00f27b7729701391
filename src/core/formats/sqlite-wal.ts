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

export interface Overlaid {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What of the log is damaged and was left out; null where nothing is. A transaction that was never committed is no loss. */
  readonly lost: string | null;
}

/**
 * The database as a reader of SQLite sees it: the main file with every committed frame of the log laid over it, marked as a
 * plain database. Frames with a wrong salt or checksum, and frames after the last commit, are left out, as SQLite does.
 * @param main is used up: the result may lie in its memory
 */
export function overlayWal(main: Uint8Array<ArrayBuffer>, wal: Uint8Array | null): Overlaid {
  const log = wal && wal.length > 0 ? committedFrames(wal) : null;
  const bytes = log?.frames && wal ? withFrames(main, wal, log.frames) : main;
  // File format versions 2 say "write-ahead log": version 1 opens without one.
  if (bytes.length >= 20) bytes.fill(1, 18, 20);
  return { bytes, lost: log?.lost ?? null };
}

export interface Frames {
  readonly pageBytes: number;
  /** Pages of the database after the last commit. */
  readonly pages: number;
  /** Page number (from 1) → offset of its newest committed content in the log. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** The frames of a log that count: up to the last commit, with salts and checksums that agree. */
export function committedFrames(wal: Uint8Array): { readonly frames: Frames | null; readonly lost: string | null } {
  const nothing = (lost: string) => ({ frames: null, lost });
  if (wal.length < walHeaderBytes) return nothing('the write-ahead log ends within its header');
  if (!isWal(wal)) return nothing('the file beside the database is no write-ahead log');
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const little = view.getUint32(0) === magicLittle;
  const pageBytes = view.getUint32(8);
  const sums = new Uint32Array(2);
  checksum(view, 0, 24, little, sums);
  const sound = sums[0] === view.getUint32(24) && sums[1] === view.getUint32(28);
  if (!sound || pageBytes < 512 || pageBytes > 65536 || (pageBytes & (pageBytes - 1)) !== 0) return nothing('the header of the write-ahead log is damaged');

  const committed = new Map<number, number>();
  let pending = new Map<number, number>();
  let pages = 0;
  let lost: string | null = null;
  for (let at = walHeaderBytes; at < wal.length; at += frameHeaderBytes + pageBytes) {
    if (at + frameHeaderBytes + pageBytes > wal.length) {
      lost = `the write-ahead log ends within a frame, at byte ${at}`;
      break;
    }
    // Frames with other salts are left from before the last checkpoint.
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    checksum(view, at, 8, little, sums);
    checksum(view, at + frameHeaderBytes, pageBytes, little, sums);
    const page = view.getUint32(at);
    if (page === 0 || sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) {
      lost = `the write-ahead log is damaged at byte ${at}`;
      break;
    }
    pending.set(page, at + frameHeaderBytes);
    const size = view.getUint32(at + 4);
    if (size === 0) continue;
    for (const [number, offset] of pending) committed.set(number, offset);
    pending = new Map();
    pages = size;
  }
  return { frames: pages === 0 ? null : { pageBytes, pages, offsets: committed }, lost };
}

/** Pages that neither file holds are on the free list: there may be some, but not for a file many times as large. */
const mostGrowth = 64 * 1024 * 1024;

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
  const size = Math.min(pages, Math.ceil((2 * (main.length + wal.length) + mostGrowth) / pageBytes));
  const bytes = new Uint8Array(size * pageBytes);
  bytes.set(main.subarray(0, Math.min(main.length, bytes.length)));
  for (const [page, offset] of offsets) {
    if (page <= size) bytes.set(wal.subarray(offset, offset + pageBytes), (page - 1) * pageBytes);
  }
  return bytes;
}
