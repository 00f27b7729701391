// Draws SQLite databases and write-ahead logs for tests.

import initSqlJs from 'sql.js';
import { asset } from './read';

const frameHeader = 24;

/** The bytes of a database that some SQL made, with pages of 512 bytes unless told. */
export async function drawDatabase(sql: string, pageBytes = 512): Promise<Uint8Array<ArrayBuffer>> {
  const { Database } = await initSqlJs({ wasmBinary: (await asset('sql-wasm.wasm')).buffer });
  const database = new Database();
  database.run(`PRAGMA page_size = ${pageBytes}; VACUUM; ${sql}`);
  const bytes = Uint8Array.from(database.export());
  database.close();
  return bytes;
}

export interface DrawnFrame {
  readonly page: number;
  readonly content: Uint8Array;
  /** Pages of the database where this frame commits; 0 where it does not. */
  readonly commit: number;
  readonly salt?: number;
}

/** The frames that turn one state of a database into the next, the last one committing. */
export function changedPages(from: Uint8Array, to: Uint8Array, pageBytes = 512): DrawnFrame[] {
  const frames: DrawnFrame[] = [];
  for (let page = 1; page * pageBytes <= to.length; page++) {
    const content = to.subarray((page - 1) * pageBytes, page * pageBytes);
    const old = from.subarray((page - 1) * pageBytes, page * pageBytes);
    if (old.length !== pageBytes || content.some((byte, at) => byte !== old[at])) frames.push({ page, content, commit: 0 });
  }
  return frames.map((frame, at) => (at === frames.length - 1 ? { ...frame, commit: to.length / pageBytes } : frame));
}

/** A write-ahead log as SQLite's file format describes it, written independently of the code under test. */
export function drawWal(frames: readonly DrawnFrame[], options: { readonly bigEndian?: boolean; readonly pageBytes?: number } = {}): Uint8Array<ArrayBuffer> {
  const { bigEndian = false, pageBytes = 512 } = options;
  const wal = new Uint8Array(32 + frames.length * (frameHeader + pageBytes));
  const view = new DataView(wal.buffer);
  const salts = [0x1234_5678, 0x9abc_def0] as const;
  let sums: [bigint, bigint] = [0n, 0n];
  const add = (start: number, length: number) => {
    for (let at = start; at < start + length; at += 8) {
      const first = (sums[0] + BigInt(view.getUint32(at, !bigEndian)) + sums[1]) & 0xffff_ffffn;
      sums = [first, (sums[1] + BigInt(view.getUint32(at + 4, !bigEndian)) + first) & 0xffff_ffffn];
    }
  };
  const put = (at: number, ...words: readonly number[]) => {
    for (const [index, word] of words.entries()) view.setUint32(at + 4 * index, word);
  };
  put(0, bigEndian ? 0x377f0683 : 0x377f0682, 3007000, pageBytes, 0, ...salts);
  add(0, 24);
  put(24, Number(sums[0]), Number(sums[1]));
  for (const [index, { page, content, commit, salt }] of frames.entries()) {
    const at = 32 + index * (frameHeader + pageBytes);
    put(at, page, commit, salt ?? salts[0], salts[1]);
    wal.set(content, at + frameHeader);
    add(at, 8);
    add(at + frameHeader, pageBytes);
    put(at + 16, Number(sums[0]), Number(sums[1]));
  }
  return wal;
}
