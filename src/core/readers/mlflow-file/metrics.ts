// Metric files, byte by byte: `timestamp_ms value step` a line, in any number of lines.

import { PointLog } from '../../base/point-log';
import { readSlices } from '../../formats/bytes';
import { parseDecimal } from '../../formats/decimal';
import { parseNumber } from '../../formats/numbers';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

interface MetricBatch {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** Steps that float64 cannot hold: index in the batch → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

/** What was not a point, by line number from 1; the first of each is enough to find the place. */
export interface MetricTrouble {
  badLine: number | null;
  badLines: number;
  /** The file ends without a line feed: its last line may be half of one, even where it looks whole. */
  truncated: boolean;
}

const batchPoints = 65_536;
/** A low guess for lines of real metrics; shorter ones only make another batch. */
const bytesPerLine = 28;
const lineFeed = 0x0a;
const blank = 0x20;
const zero = 0x30;
const nine = 0x39;
/** Integers of so many digits are exact in float64. */
const exactDigits = 15;
const carriageReturn = 0x0d;

/** Batches of a file in the order of its lines; `trouble` is filled on the way. */
export async function* metricBatches(file: SourceFile, context: ReadContext, trouble: MetricTrouble): AsyncGenerator<MetricBatch> {
  const { memory } = context;
  if (!memory) {
    yield* new MetricFile(file).read(context, trouble);
    return;
  }
  const lasting = memory.lasting(file);
  const kept = await memory.keep(`metric ${file.path}`, [lasting], () => ({ file: new MetricFile(lasting), points: new PointLog() }));
  for await (const batch of kept.file.read(context, trouble)) kept.points.append(batch);
  // Lines always have a step and a time.
  for (const event of kept.points.events()) if (event.kind === 'points') yield event.batch as MetricBatch;
}

/** A file on its way: where reading it stands, and the piece of a line that is not whole yet. */
class MetricFile {
  #at = 0;
  #rest: Uint8Array = new Uint8Array(0);
  readonly #parser = new MetricParser();

  constructor(private readonly file: SourceFile) {}

  /** What has not been read yet. */
  async *read(context: ReadContext, trouble: MetricTrouble): AsyncGenerator<MetricBatch> {
    const parser = this.#parser;
    parser.expect(Math.min(batchPoints, Math.max(1, Math.ceil((this.file.size - this.#at) / bytesPerLine))));
    try {
      for await (const slice of readSlices(this.file, context, this.#at)) {
        this.#at += slice.length;
        const bytes = this.#rest.length === 0 ? slice : joined(this.#rest, slice);
        let at = 0;
        while (at < bytes.length) {
          at = parser.fill(bytes, at);
          if (!parser.full) break;
          yield parser.take();
        }
        this.#rest = bytes.slice(at);
        if (this.#rest.length <= context.limits.recordBytes) continue;
        parser.skipLine();
        this.#rest = new Uint8Array(0);
      }
      trouble.truncated = this.#rest.length > 0;
      if (parser.points > 0) yield parser.take();
    } finally {
      Object.assign(trouble, parser.trouble);
    }
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

/** Collects points of whole lines into columns. */
class MetricParser {
  points = 0;
  #line = 0;
  #skipping = false;
  #steps = new Float64Array(0);
  #values = new Float64Array(0);
  #times = new Float64Array(0);
  #exact: Record<number, string> | null = null;

  readonly trouble = { badLine: null as number | null, badLines: 0 };
  capacity = 0;

  /** Makes room for so many points in a batch. To be called where none are held. */
  expect(capacity: number): void {
    this.capacity = capacity;
    this.#steps = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
    this.#times = new Float64Array(capacity);
  }

  get full(): boolean {
    return this.points === this.capacity;
  }

  /** Takes whole lines from `at` on until full; returns where the next line starts. */
  fill(bytes: Uint8Array, at: number): number {
    let start = at;
    while (!this.full) {
      const next = this.#skipping ? -1 : this.#takePlain(bytes, start);
      if (next > 0) {
        start = next;
        this.#line++;
        continue;
      }
      const end = bytes.indexOf(lineFeed, start);
      if (end < 0) break;
      this.#line++;
      const last = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
      if (this.#skipping || (last > start && !this.#take(bytes, start, last))) {
        this.trouble.badLine ??= this.#line;
        this.trouble.badLines++;
      }
      this.#skipping = false;
      start = end + 1;
    }
    return start;
  }

  /** The line under way is too long for a record: it is no point, however it ends. */
  skipLine(): void {
    this.#skipping = true;
  }

  /** The columns so far; the parser goes on with new ones. */
  take(): MetricBatch {
    const whole = this.full;
    const cut = (column: Float64Array<ArrayBuffer>) => (whole ? column : column.slice(0, this.points));
    const batch = { steps: cut(this.#steps), values: cut(this.#values), times: cut(this.#times), ...(this.#exact ? { exactSteps: this.#exact } : {}) };
    if (whole) {
      this.#steps = new Float64Array(this.capacity);
      this.#values = new Float64Array(this.capacity);
      this.#times = new Float64Array(this.capacity);
    }
    this.#exact = null;
    this.points = 0;
    return batch;
  }

  /**
   * Takes a line as nearly all are: `digits decimal digits` and a line feed, in one pass over its bytes.
   * @returns where the next line starts, or −1 for a line that needs a closer look
   */
  #takePlain(bytes: Uint8Array, start: number): number {
    let at = start;
    let time = 0;
    for (let byte = bytes[at] as number; byte >= zero && byte <= nine; byte = bytes[++at] as number) time = time * 10 + byte - zero;
    if (bytes[at] !== blank || at === start || at - start > exactDigits) return -1;
    const value = ++at;
    while ((bytes[at] as number) > blank) at++;
    if (bytes[at] !== blank) return -1;
    const end = at++;
    const digits = at;
    let step = 0;
    for (let byte = bytes[at] as number; byte >= zero && byte <= nine; byte = bytes[++at] as number) step = step * 10 + byte - zero;
    if (bytes[at] !== lineFeed || at === digits || at - digits > exactDigits) return -1;
    const number = parseDecimal(bytes, value, end, 0x2e);
    if (Number.isNaN(number)) return -1;
    this.#times[this.points] = time;
    this.#values[this.points] = number;
    this.#steps[this.points] = step;
    this.points++;
    return at + 1;
  }

  /** Two fields: before 1.0, step 0. Three: the rule. More: tied to a data set whose name may hold blanks. */
  #take(bytes: Uint8Array, start: number, end: number): boolean {
    const timeEnd = fieldEnd(bytes, start, end);
    if (timeEnd === end) return false;
    const valueEnd = fieldEnd(bytes, timeEnd + 1, end);
    const time = parseDecimal(bytes, start, timeEnd, 0x2e);
    const value = metricValue(bytes, timeEnd + 1, valueEnd);
    if (Number.isNaN(time) || value === null) return false;
    let step = 0;
    if (valueEnd < end) {
      const stepEnd = fieldEnd(bytes, valueEnd + 1, end);
      step = parseDecimal(bytes, valueEnd + 1, stepEnd, 0x2e);
      if (Number.isNaN(step)) return false;
      if (!Number.isSafeInteger(step)) {
        this.#exact ??= {};
        this.#exact[this.points] = ascii(bytes, valueEnd + 1, stepEnd);
      }
    }
    this.#times[this.points] = time;
    this.#values[this.points] = value;
    this.#steps[this.points] = step;
    this.points++;
    return true;
  }
}

/** Where the field at `at` ends. Never looks past the line: a file without any blank would be searched whole for each line. */
function fieldEnd(bytes: Uint8Array, at: number, end: number): number {
  let here = at;
  while (here < end && bytes[here] !== blank) here++;
  return here;
}

function metricValue(bytes: Uint8Array, start: number, end: number): number | null {
  if (start >= end) return null;
  const value = parseDecimal(bytes, start, end, 0x2e);
  return Number.isNaN(value) ? parseNumber(ascii(bytes, start, end)) : value;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < Math.min(end, start + 400); at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}
