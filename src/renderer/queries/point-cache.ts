// Points once read, kept within a budget of bytes; the ones used longest ago go first.

import type { RunId } from '../../core/base/units';
import type { Overview } from '../storage/contract';

/** `full` reads every point; `overview` at most about 2,400 of a long series, with its extremes. */
export type Detail = 'overview' | 'full';

export interface PointRequest {
  readonly run: RunId;
  /** Index in `run.series`. */
  readonly series: number;
}

export const requestKey = (request: PointRequest, detail: Detail): string => `${request.run}/${request.series}/${detail}`;

const sizeOf = ({ points }: Overview): number => points.values.byteLength + (points.steps?.byteLength ?? 0) + (points.times?.byteLength ?? 0) + 128;

export class PointCache {
  readonly #entries = new Map<string, Overview>();
  #bytes = 0;

  constructor(readonly budget: number) {}

  get(key: string): Overview | undefined {
    const found = this.#entries.get(key);
    if (found) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
    }
    return found;
  }

  set(key: string, value: Overview): void {
    const old = this.#entries.get(key);
    if (old) this.#bytes -= sizeOf(old);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#bytes += sizeOf(value);
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.budget || oldest === key) break;
      this.#entries.delete(oldest);
      this.#bytes -= sizeOf(entry);
    }
  }

  /** Forgets a run: its points were replaced. */
  drop(run: RunId): void {
    for (const [key, entry] of this.#entries) {
      if (!key.startsWith(`${run}/`)) continue;
      this.#entries.delete(key);
      this.#bytes -= sizeOf(entry);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }
}
