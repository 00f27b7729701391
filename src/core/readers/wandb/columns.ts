// The points of one series on their way from the log: filled row by row, handed over in batches.

/** A batch as the model wants it. Columns that no point of the batch has are null; a single gap is NaN. */
export interface Batch {
  readonly steps: Float64Array<ArrayBuffer> | null;
  readonly values: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer> | null;
  readonly exactSteps?: Readonly<Record<number, string>>;
}

const firstRoom = 32;
const mostRoom = 65_536;

export class SeriesColumns {
  length = 0;
  private steps = new Float64Array(firstRoom);
  private values = new Float64Array(firstRoom);
  private times = new Float64Array(firstRoom);
  private anyStep = false;
  private anyTime = false;
  private exact: Map<number, string> | null = null;

  /**
   * @param name as it is shown
   * @param full called when no more points fit: they must be taken
   */
  constructor(
    readonly name: string,
    readonly number: number,
    readonly system: boolean,
    private readonly full: (series: SeriesColumns) => void,
  ) {}

  /** @param step NaN where the row has none @param time milliseconds since the epoch, NaN where the row has none */
  append(step: number, value: number, time: number): void {
    if (this.length === this.values.length) this.makeRoom();
    const at = this.length++;
    this.steps[at] = step;
    this.values[at] = value;
    this.times[at] = time;
    if (!Number.isNaN(step)) this.anyStep = true;
    if (!Number.isNaN(time)) this.anyTime = true;
  }

  /** The last point's step has these digits, which float64 cannot hold. */
  exactStep(digits: string): void {
    this.exact ??= new Map();
    this.exact.set(this.length - 1, digits);
  }

  /** What was gathered since the last call, in memory of its own; null where nothing was. */
  take(): Batch | null {
    const { length } = this;
    if (length === 0) return null;
    const batch: Batch = {
      steps: this.anyStep ? this.steps.slice(0, length) : null,
      values: this.values.slice(0, length),
      times: this.anyTime ? this.times.slice(0, length) : null,
      ...(this.exact ? { exactSteps: Object.fromEntries(this.exact) } : {}),
    };
    this.length = 0;
    this.anyStep = this.anyTime = false;
    this.exact = null;
    return batch;
  }

  private makeRoom(): void {
    if (this.length >= mostRoom) {
      this.full(this);
      return;
    }
    const room = Math.min(mostRoom, 4 * this.length);
    this.steps = grown(this.steps, room);
    this.values = grown(this.values, room);
    this.times = grown(this.times, room);
  }
}

function grown(column: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(room);
  larger.set(column);
  return larger;
}

/** Points of one series that are handed over. */
export interface SeriesBatch {
  readonly series: SeriesColumns;
  readonly batch: Batch;
}

/** The series of one log by name, and the batches that are ready. */
export class SeriesSet {
  readonly byName = new Map<string, SeriesColumns>();
  private ready: SeriesBatch[] = [];

  /** Two keys that are shown alike are one series. */
  of(name: string, system: boolean): SeriesColumns {
    let series = this.byName.get(name);
    if (!series) {
      series = new SeriesColumns(name, this.byName.size, system, (full) => this.hand(full));
      this.byName.set(name, series);
    }
    return series;
  }

  /** Batches that are full; with `all`, everything. */
  drain(all: boolean): readonly SeriesBatch[] {
    if (all) for (const series of this.byName.values()) this.hand(series);
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  /** Points that wait in columns which are not full. */
  get waiting(): number {
    let sum = 0;
    for (const series of this.byName.values()) sum += series.length;
    return sum;
  }

  private hand(series: SeriesColumns): void {
    const batch = series.take();
    if (batch) this.ready.push({ series, batch });
  }
}
