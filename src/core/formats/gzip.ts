// Unpacks gzip in pieces, with a bound on how much a small file may become, and checks the sum at its end.

import { Gunzip } from 'fflate';
import { SourceError } from '../source/source';
import { joinBytes } from './bytes';
import { crc32 } from './crc';

export interface Unpacking {
  /** False until the end of the packed data was reached and its check sum was right. */
  whole: boolean;
}

/** The unpacker works on so much at a time: what one piece becomes stays bounded. */
const pushBytes = 64 * 1024;
const freeBytes = 16 * 1024 * 1024;

/** Whether bytes begin as gzip does. */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/**
 * Unpacks as far as the data goes. Damage ends it early and is told in `state`, not thrown.
 * @param ratio most unpacked bytes per packed byte
 * @throws SourceError `too-large` when the data unpacks to more than `ratio` allows; and what `pieces` throws
 */
export async function* gunzip(pieces: AsyncIterable<Uint8Array>, path: string, ratio: number, state: Unpacking): AsyncGenerator<Uint8Array> {
  const unpacker = new Unpacker();
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += pushBytes) {
      for (const unpacked of unpacker.push(piece.slice(at, at + pushBytes))) yield unpacked;
      if (unpacker.size > freeBytes && unpacker.size > unpacker.packed * ratio)
        throw new SourceError('too-large', `${path} unpacks to more than ${ratio} times its size.`, path);
    }
    if (unpacker.failed) return;
  }
  state.whole = unpacker.whole;
}

/** As much as the first bytes of a packed file unpack to. */
export function gunzipHead(head: Uint8Array): Uint8Array {
  const parts = new Unpacker().push(head.slice(0, pushBytes));
  return joinBytes(parts);
}

class Unpacker {
  packed = 0;
  size = 0;
  failed = false;
  /** Check sum and length of the member under way: a gzip file may be several, one after another. */
  private crc = 0;
  private memberSize = 0;
  private tail: Uint8Array = new Uint8Array(0);
  private out: Uint8Array[] = [];
  private readonly stream = new Gunzip((part) => {
    this.crc = crc32(new DataView(part.buffer, part.byteOffset, part.byteLength), 0, part.length, this.crc);
    this.memberSize += part.length;
    this.size += part.length;
    if (part.length > 0) this.out.push(part);
  });

  constructor() {
    this.stream.onmember = () => {
      this.crc = 0;
      this.memberSize = 0;
    };
  }

  push(piece: Uint8Array<ArrayBuffer>): Uint8Array[] {
    if (this.failed) return [];
    this.packed += piece.length;
    this.tail = joinBytes([this.tail, piece.subarray(Math.max(0, piece.length - 8))]).slice(-8);
    try {
      this.stream.push(piece);
    } catch {
      this.failed = true;
    }
    return this.out.splice(0);
  }

  /** The data ends with the length and check sum of what was unpacked. */
  get whole(): boolean {
    if (this.failed || this.tail.length < 8) return false;
    const view = new DataView(this.tail.buffer, this.tail.byteOffset, 8);
    return view.getUint32(0, true) === this.crc >>> 0 && view.getUint32(4, true) === this.memberSize % 2 ** 32;
  }
}
