// Columns of points that grow by batches, can take points back, and copy no more than they must.

type Floats = Float64Array<ArrayBuffer>;

/** One column. The first batch is adopted as it is; the room doubles from there. */
class GrowableFloats {
  #data: Floats = new Float64Array(0);
  length = 0;

  append(batch: Floats): void {
    if (this.length === 0 && this.#data.length < batch.length) {
      this.#data = batch;
    } else {
      this.#reserve(this.length + batch.length);
      this.#data.set(batch, this.length);
    }
    this.length += batch.length;
  }

  fill(value: number, count: number): void {
    this.#reserve(this.length + count);
    this.#data.fill(value, this.length, this.length + count);
    this.length += count;
  }

  #reserve(length: number): void {
    if (length <= this.#data.length) return;
    const grown = new Float64Array(Math.max(length, 2 * this.#data.length));
    grown.set(this.view());
    this.#data = grown;
  }

  view(): Floats {
    return this.#data.subarray(0, this.length);
  }

  /** The numbers, in memory of their own unless nearly all of it is used. */
  take(): Floats {
    const view = this.view();
    return view.byteLength * 4 >= view.buffer.byteLength * 3 ? view : view.slice();
  }
}

/** What is known of a step column without another pass over it. */
export interface StepOrder {
  /** Steps never go back and none is missing. */
  readonly sorted: boolean;
  /** Two neighbours are equal. */
  readonly repeats: boolean;
  readonly missing: boolean;
}

/** Points of a series that follow each other. */
export interface PointBatch {
  readonly steps: Floats | null;
  readonly values: Floats;
  readonly times: Floats | null;
  /** Steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
}

/** Steps, values and times of one series. A column that only some batches have is NaN where it is missing. */
export class PointColumns {
  readonly #values = new GrowableFloats();
  #steps: GrowableFloats | null = null;
  #times: GrowableFloats | null = null;
  readonly #exact = new Map<number, string>();
  #lastStep = Number.NEGATIVE_INFINITY;
  #sorted = true;
  #repeats = false;
  #missing = false;

  get count(): number {
    return this.#values.length;
  }

  get order(): StepOrder {
    return { sorted: this.#sorted && !this.#missing, repeats: this.#repeats, missing: this.#missing };
  }

  /** Appends a batch; the arrays are handed over. All must have the length of `values`. */
  append(steps: Floats | null, values: Floats, times: Floats | null, exactSteps: Readonly<Record<number, string>> = {}): void {
    if ((steps && steps.length !== values.length) || (times && times.length !== values.length)) throw new Error('the columns of a batch differ in length');
    const before = this.count;
    for (const [index, digits] of Object.entries(exactSteps)) this.#exact.set(before + Number(index), digits);
    if (steps === null ? this.#steps : !this.#steps && before > 0) this.#missing = true;
    if (steps) this.#watch(steps);
    this.#steps = extend(this.#steps, steps, before, values.length);
    this.#times = extend(this.#times, times, before, values.length);
    this.#values.append(values);
  }

  /** Takes back the points whose step is `fromStep` or more; returns how many. Points without a step stay. */
  purge(fromStep: number): number {
    const steps = this.#steps?.view();
    if (!steps) return 0;
    const before = this.count;
    if (this.order.sorted) this.#truncate(lowerBound(steps, fromStep));
    else this.#filter(steps, fromStep);
    return before - this.count;
  }

  /** The finished columns; nothing may be appended afterwards. */
  take(): { steps: Floats | null; values: Floats; times: Floats | null; exactSteps: Record<number, string> | null } {
    return {
      steps: this.#steps?.take() ?? null,
      values: this.#values.take(),
      times: this.#times?.take() ?? null,
      exactSteps: this.#exact.size > 0 ? Object.fromEntries(this.#exact) : null,
    };
  }

  /** The columns so far, in memory of their own; more may be appended. */
  copy(): PointBatch {
    const exactSteps = this.#exact.size > 0 ? { exactSteps: Object.fromEntries(this.#exact) } : {};
    return { steps: this.#steps?.view().slice() ?? null, values: this.#values.view().slice(), times: this.#times?.view().slice() ?? null, ...exactSteps };
  }

  /** Keeps track of order while the batch is still in the processor's cache. */
  #watch(steps: Floats): void {
    let last = this.#lastStep;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as number;
      if (step === last) this.#repeats = true;
      else if (!(step > last)) {
        this.#sorted = false;
        if (Number.isNaN(step)) this.#missing = true;
      }
      last = step;
    }
    this.#lastStep = last;
  }

  #truncate(length: number): void {
    for (const column of [this.#steps, this.#values, this.#times]) if (column) column.length = length;
    for (const index of this.#exact.keys()) if (index >= length) this.#exact.delete(index);
    this.#lastStep = length > 0 ? (this.#steps?.view()[length - 1] ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  }

  #filter(steps: Floats, fromStep: number): void {
    const columns = [steps, this.#values.view(), ...(this.#times ? [this.#times.view()] : [])];
    const exact = [...this.#exact].sort(([a], [b]) => a - b);
    this.#exact.clear();
    let kept = 0;
    let nextExact = 0;
    for (let i = 0; i < steps.length; i++) {
      const digits = exact[nextExact]?.[0] === i ? exact[nextExact++]?.[1] : undefined;
      if ((steps[i] as number) >= fromStep) continue;
      for (const column of columns) column[kept] = column[i] as number;
      if (digits !== undefined) this.#exact.set(kept, digits);
      kept++;
    }
    this.#truncate(kept);
  }
}

/** A column after a batch that may lack it: earlier or present gaps become NaN. */
function extend(column: GrowableFloats | null, batch: Floats | null, before: number, count: number): GrowableFloats | null {
  if (!column && !batch) return null;
  const grown = column ?? new GrowableFloats();
  if (!column && before > 0) grown.fill(Number.NaN, before);
  if (batch) grown.append(batch);
  else grown.fill(Number.NaN, count);
  return grown;
}

/** Index of the first step that is `from` or more, in steps that never go back. */
function lowerBound(steps: Floats, from: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
