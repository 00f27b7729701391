// Syntax of one text as a table of numbers, a row for each node in the order of the text: all that is kept of a tree for good.

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
