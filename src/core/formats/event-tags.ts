// The tags of an event folder: found by their bytes without decoding them, each with the points gathered so far.

/** Points of one tag that follow each other. */
export interface PointBatch {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

/** Small, because a stranger's file may name a hundred thousand tags with one point each. */
const firstCapacity = 32;
const batchPoints = 65_536;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a tag's tensors are; decided by the first one and its metadata. */
export type TensorUse = 'unknown' | 'scalar' | 'media' | 'none';

export class Tag {
  readonly name: string;
  /** The tag that followed this one last time: a training loop logs its metrics in a fixed order. */
  next: Tag | null = null;
  /** From the first metadata in the folder; later ones do not count, as in TensorBoard. */
  plugin: string | null = null;
  tensorUse: TensorUse = 'unknown';
  /** It has points that a restart takes back: those kept as simple values. */
  purgeable = false;
  /** Kind of media → steps of its items that a restart takes back. */
  readonly media = new Map<string, number[]>();
  /** Tensors that are media by kind: TensorBoard never takes those back. */
  readonly tensors = new Map<string, number>();

  count = 0;
  private capacity = 0;
  private steps = new Float64Array(0);
  private values = new Float64Array(0);
  private times = new Float64Array(0);
  private exact: Record<number, string> | null = null;

  constructor(
    readonly bytes: Uint8Array,
    private readonly full: (tag: Tag) => void,
  ) {
    this.name = utf8.decode(bytes);
  }

  /** Adds a point. `time` in milliseconds. */
  append(step: number, value: number, time: number): void {
    const at = this.count;
    if (at === this.capacity) {
      this.appendGrown(step, value, time);
      return;
    }
    this.steps[at] = step;
    this.values[at] = value;
    this.times[at] = time;
    this.count = at + 1;
  }

  /** Keeps the digits of the last point's step. */
  exactStep(digits: string): void {
    this.exact ??= Object.create(null) as Record<number, string>;
    this.exact[this.count - 1] = digits;
  }

  /** The points gathered so far, handed over; null where there are none. */
  take(): PointBatch | null {
    const { count, exact } = this;
    if (count === 0) return null;
    const batch = { steps: this.steps.subarray(0, count), values: this.values.subarray(0, count), times: this.times.subarray(0, count) };
    this.count = 0;
    this.capacity = 0;
    this.exact = null;
    return exact ? { ...batch, exactSteps: exact } : batch;
  }

  private appendGrown(step: number, value: number, time: number): void {
    if (this.count === batchPoints) this.full(this);
    const capacity = this.count === 0 && this.steps.length === batchPoints ? batchPoints : Math.min(batchPoints, Math.max(firstCapacity, 2 * this.capacity));
    this.steps = grown(this.steps, this.count, capacity);
    this.values = grown(this.values, this.count, capacity);
    this.times = grown(this.times, this.count, capacity);
    this.capacity = capacity;
    this.append(step, value, time);
  }
}

function grown(column: Float64Array<ArrayBuffer>, count: number, capacity: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(capacity);
  if (count > 0) wider.set(column.subarray(0, count));
  return wider;
}

/** All tags of a folder, in the order of their first value. */
export class TagTable {
  readonly all: Tag[] = [];
  private readonly byHash = new Map<number, Tag[]>();
  private last: Tag;
  /** What tags beyond the limit share: everything about them is dropped. */
  readonly dropped: Tag;

  /**
   * @param full called when a tag has a batch's worth of points; it must `take` them
   * @param limit of tags; what others hold goes to `dropped`
   */
  constructor(
    private readonly full: (tag: Tag) => void,
    private readonly limit: number,
  ) {
    this.dropped = new Tag(new Uint8Array(0), full);
    this.last = this.dropped;
  }

  /** The tag whose name is the bytes [start, end). */
  of(bytes: Uint8Array, start: number, end: number): Tag {
    const guess = this.last.next;
    if (guess !== null && guess !== this.dropped && same(guess.bytes, bytes, start, end)) {
      this.last = guess;
      return guess;
    }
    const tag = this.find(bytes, start, end);
    this.last.next = tag;
    this.last = tag;
    return tag;
  }

  private find(bytes: Uint8Array, start: number, end: number): Tag {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    const bucket = this.byHash.get(hash) ?? [];
    const known = bucket.find((one) => same(one.bytes, bytes, start, end));
    if (known) return known;
    if (this.all.length >= this.limit) return this.dropped;
    const tag = new Tag(bytes.slice(start, end), this.full);
    if (bucket.length === 0) this.byHash.set(hash, bucket);
    bucket.push(tag);
    this.all.push(tag);
    return tag;
  }
}

function same(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (name.length !== length) return false;
  for (let at = 0; at < length; at++) if (name[at] !== bytes[start + at]) return false;
  return true;
}
