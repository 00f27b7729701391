// Gathers runs into batches for the page, and counts.
import type { ReadRun } from '../core/model/run';

/** A batch is sent when it is this big or this old: big enough to be cheap, young enough that runs appear while reading goes on. */
const batchBytes = 4 * 1024 * 1024;
const batchMs = 300;

export class Batcher {
  readonly sum = { runs: 0, points: 0, bytes: 0 };
  #waiting: ReadRun[] = [];
  #bytes = 0;
  #since = Date.now();

  constructor(private readonly send: (runs: readonly ReadRun[]) => Promise<void>) {}

  add(read: ReadRun): void {
    if (this.#waiting.length === 0) this.#since = Date.now();
    this.#waiting.push(read);
    this.#bytes += sizeOf(read);
    this.sum.runs++;
    this.sum.points += read.run.series.reduce((points, series) => points + series.count, 0);
  }

  get isDue(): boolean {
    return this.#bytes >= batchBytes || (this.#waiting.length > 0 && Date.now() - this.#since >= batchMs);
  }

  async flush(): Promise<void> {
    if (this.#waiting.length > 0) await this.send(this.#waiting);
    this.#waiting = [];
    this.#bytes = 0;
  }
}

function sizeOf({ points, contents }: ReadRun): number {
  const floats = points.reduce((sum, { steps, values, times }) => sum + values.length * (1 + (steps ? 1 : 0) + (times ? 1 : 0)), 0);
  return floats * 8 + contents.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
