// Packed bytes read as if they were a file: forward without waste, backward by starting anew.

import { SourceError, type SourceFile } from '../../source/source';
import { readExactly } from '../bytes';

/** Unpacks in one direction: gives all that `packed` unpacks to. `last` says that nothing follows. Throws on damage. */
export type Unpacker = (packed: Uint8Array, last: boolean) => readonly Uint8Array[];

export interface PackedRange {
  /** Where the packed bytes lie. */
  readonly file: SourceFile;
  /** Asked when reading begins: the place may cost a read to find. */
  start(): Promise<number>;
  readonly packedSize: number;
  /** Bytes that it unpacks to; what goes beyond is left out. */
  readonly size: number;
  readonly unpacker: () => Unpacker;
  /** What it is called in messages. */
  readonly shown: string;
}

/** Small enough that even the worst ratio of deflate (1:1032) fits in memory, big enough not to be slow. */
const packedSliceBytes = 64 * 1024;

/** `SourceFile.read` over packed bytes. Calls may overlap; they are served one after another. */
export function unpackedReader(range: PackedRange): SourceFile['read'] {
  const stream = new UnpackedStream(range);
  let queue: Promise<unknown> = Promise.resolve();
  return (offset, length) => {
    const wanted = Math.max(0, Math.min(length, range.size - offset));
    const read = queue.then(() => stream.read(offset, wanted));
    queue = read.catch(() => {});
    return read;
  };
}

class UnpackedStream {
  #unpack: Unpacker | null = null;
  #start = 0;
  #packedAt = 0;
  /** Unpacked and not dropped yet: `#held` begins at `#heldAt`. */
  #held: Uint8Array[] = [];
  #heldAt = 0;
  #heldBytes = 0;

  constructor(private readonly range: PackedRange) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    try {
      if (!this.#unpack || offset < this.#heldAt) await this.#restart();
      while (this.#heldAt + this.#heldBytes < offset + length && this.#packedAt < this.range.packedSize) {
        await this.#pump();
        this.#dropBefore(offset);
      }
    } catch (error) {
      this.#unpack = null;
      if (error instanceof SourceError) throw error;
      throw new SourceError(
        'bad-record',
        `${this.range.shown} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
        this.range.shown,
      );
    }
    this.#dropBefore(offset);
    return this.#copy(offset, length);
  }

  async #restart(): Promise<void> {
    this.#start = await this.range.start();
    this.#unpack = this.range.unpacker();
    this.#packedAt = 0;
    this.#held = [];
    this.#heldAt = 0;
    this.#heldBytes = 0;
  }

  async #pump(): Promise<void> {
    const { file, packedSize } = this.range;
    const wanted = Math.min(packedSliceBytes, packedSize - this.#packedAt);
    const packed = await readExactly(file, this.#start + this.#packedAt, wanted);
    if (packed.length < wanted) throw new Error('the archive ends too early');
    this.#packedAt += packed.length;
    for (const chunk of this.#unpack?.(packed, this.#packedAt >= packedSize) ?? []) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
    }
  }

  #dropBefore(offset: number): void {
    while (this.#held.length > 0 && this.#heldAt + (this.#held[0] as Uint8Array).length <= offset) {
      const dropped = (this.#held.shift() as Uint8Array).length;
      this.#heldAt += dropped;
      this.#heldBytes -= dropped;
    }
  }

  #copy(offset: number, length: number): Uint8Array {
    const from = offset - this.#heldAt;
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#heldBytes - from)));
    let at = -from;
    for (const chunk of this.#held) {
      const begin = Math.max(0, -at);
      if (at + begin >= bytes.length) break;
      bytes.set(chunk.subarray(begin, Math.min(chunk.length, bytes.length - at)), at + begin);
      at += chunk.length;
    }
    return bytes;
  }
}
