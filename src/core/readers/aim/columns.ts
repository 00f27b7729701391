// The columns of one series as they come out of a store: for each point a key, and its number.

/** Numbers under 64-bit keys, in the order of the keys. */
export class KeyedColumn {
  length = 0;
  /** The keys as two words: a hash of the step, or the step itself. */
  high = new Uint32Array(0);
  low = new Uint32Array(0);
  values = new Float64Array(0);
  /** Digits of the numbers that float64 cannot hold. */
  readonly exact = new Map<number, string>();

  push(high: number, low: number, value: number | bigint): void {
    if (this.length === this.values.length) this.grow();
    this.high[this.length] = high;
    this.low[this.length] = low;
    this.values[this.length] = Number(value);
    if (typeof value === 'bigint') this.exact.set(this.length, String(value));
    this.length++;
  }

  /** Whether the key at `at` is before (< 0), at or after another one. */
  compare(at: number, high: number, low: number): number {
    return (this.high[at] as number) - high || (this.low[at] as number) - low;
  }

  private grow(): void {
    const room = Math.max(64, 2 * this.length);
    const wider = <T extends Uint32Array | Float64Array>(into: T, from: T): T => {
      into.set(from as never);
      return into;
    };
    this.high = wider(new Uint32Array(room), this.high);
    this.low = wider(new Uint32Array(room), this.low);
    this.values = wider(new Float64Array(room), this.values);
  }
}

/** Walks a column beside another one that has the same keys, or some of them. */
export class ColumnWalk {
  private at = 0;

  constructor(private readonly column: KeyedColumn) {}

  /** The place of a key; -1 where the column has none. Keys must not go back from call to call. */
  find(high: number, low: number): number {
    const { column } = this;
    while (this.at < column.length && column.compare(this.at, high, low) < 0) this.at++;
    return this.at < column.length && column.compare(this.at, high, low) === 0 ? this.at : -1;
  }
}
