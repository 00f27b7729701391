// Syntax of one text as a table of numbers, a row for each node in the order of the text: all that is kept of a tree, packed while nobody looks at it.

import type { ByteStore } from './packed';

/** What a node is and the field of its parent that it fills: a few hundred kinds for millions of nodes. */
export interface Kind {
  readonly type: string;
  readonly field: string | null;
}

/** A row: its kind, where it begins and ends in the text, its parent's row, and the row after all that is below it. */
const width = 5;
const wide = 2 ** 16;

/** Ten bytes a node in a file of less than 64 KB, twenty in a larger one. */
export class SyntaxTable {
  readonly #rows: Uint16Array | Uint32Array;
  readonly #kinds: readonly Kind[];
  /** Nodes; the root is row 0. */
  readonly count: number;

  /** @param rows read only as long as the call lasts */
  constructor(rows: Uint32Array, kinds: readonly Kind[]) {
    this.count = rows.length / width;
    this.#rows = (rows[toColumn] as number) < wide && this.count < wide ? Uint16Array.from(rows) : rows.slice();
    this.#kinds = kinds;
  }

  /** The same rows at rest, in about a fifth of the room. */
  pack(store: ByteStore): PackedTable {
    return new PackedTable(this.#rows, this.#kinds, store);
  }

  kind(row: number): Kind {
    return this.#kinds[this.#rows[row * width] as number] as Kind;
  }

  from(row: number): number {
    return this.#rows[row * width + fromColumn] as number;
  }

  to(row: number): number {
    return this.#rows[row * width + toColumn] as number;
  }

  /** The root is its own parent. */
  parent(row: number): number {
    return this.#rows[row * width + parentColumn] as number;
  }

  /** The row after a node and all below it: its next sibling's, where it has one. */
  after(row: number): number {
    return this.#rows[row * width + afterColumn] as number;
  }

  /** Rows of a type among `[from, to)`. */
  *rowsOf(type: string, from = 0, to = this.count): Generator<number> {
    for (let row = from; row < to; row++) if (this.kind(row).type === type) yield row;
  }
}

/** Numbers that are small and alike, column by column, seven bits to a byte; what can be told from them is left out. */
export class PackedTable {
  readonly count: number;
  readonly #packed: ReturnType<ByteStore['put']>;
  readonly #kinds: readonly Kind[];

  constructor(rows: Uint16Array | Uint32Array, kinds: readonly Kind[], store: ByteStore) {
    this.count = rows.length / width;
    this.#kinds = kinds;
    const bytes = new Uint8Array(mostBytes * columns * this.count);
    let at = 0;
    const put = (number: number) => {
      let rest = number;
      for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
      bytes[at++] = rest;
    };
    for (let row = 0; row < rows.length; row += width) put(rows[row] as number);
    for (let row = 0, last = 0; row < rows.length; row += width) {
      const from = rows[row + fromColumn] as number;
      put((from - last) >>> 0);
      last = from;
    }
    for (let row = 0; row < rows.length; row += width) put(((rows[row + toColumn] as number) - (rows[row + fromColumn] as number)) >>> 0);
    for (let row = 0; row < rows.length; row += width) put((rows[row + afterColumn] as number) - row / width - 1);
    this.#packed = store.put(bytes.subarray(0, at));
  }

  open(): SyntaxTable {
    const bytes = this.#packed.open();
    const rows = new Uint32Array(width * this.count);
    let at = 0;
    const take = (): number => {
      let number = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] as number;
        number |= (byte & 127) << shift;
        if (byte < 128) return number >>> 0;
      }
    };
    for (let row = 0; row < rows.length; row += width) rows[row] = take();
    for (let row = 0, last = 0; row < rows.length; row += width) {
      last = (last + take()) >>> 0;
      rows[row + fromColumn] = last;
    }
    for (let row = 0; row < rows.length; row += width) rows[row + toColumn] = (rows[row + fromColumn] as number) + take();
    for (let row = 0; row < rows.length; row += width) rows[row + afterColumn] = row / width + 1 + take();
    // Rows stand in the order of the text, so the parent is the last before that has not ended.
    for (let row = 1, parent = 0; row < this.count; row++) {
      while ((rows[parent * width + afterColumn] as number) <= row) parent = rows[parent * width + parentColumn] as number;
      rows[row * width + parentColumn] = parent;
      parent = row;
    }
    return new SyntaxTable(rows, this.#kinds);
  }
}

/** Of a number of 32 bits. */
const mostBytes = 5;
const columns = 4;
const fromColumn = 1;
const toColumn = 2;
const parentColumn = 3;
const afterColumn = 4;

/** Room that is kept from one text to the next. */
const keptRoom = 2 ** 18;

/** Writes one table after another. Rows are opened before those below them and closed after. */
export class TableWriter {
  #rows = new Uint32Array(keptRoom);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  begin(): void {
    if (this.#rows.length > keptRoom) this.#rows = new Uint32Array(keptRoom);
    this.#count = 0;
  }

  open(kind: number, from: number, to: number, parent: number): number {
    const at = this.#count * width;
    if (at + width > this.#rows.length) {
      const grown = new Uint32Array(2 * this.#rows.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[at] = kind;
    this.#rows[at + fromColumn] = from;
    this.#rows[at + toColumn] = to;
    this.#rows[at + parentColumn] = parent;
    return this.#count++;
  }

  /** @returns the row around it */
  close(row: number): number {
    this.#rows[row * width + afterColumn] = this.#count;
    return this.#rows[row * width + parentColumn] as number;
  }

  end(kinds: readonly Kind[]): SyntaxTable {
    return new SyntaxTable(this.#rows.subarray(0, this.#count * width), kinds);
  }
}
