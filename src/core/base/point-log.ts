// What was said of the points of one series, kept so that it can be said again: points and what a restart took back, in their order.

import { type PointBatch, PointColumns } from './growable';

export type PointEvent = { readonly kind: 'points'; readonly batch: PointBatch } | { readonly kind: 'purge'; readonly fromStep: number };

export class PointLog {
  readonly #parts: (PointColumns | number)[] = [];

  /** Takes points in; the arrays are handed over. */
  append({ steps, values, times, exactSteps }: PointBatch): void {
    let last = this.#parts.at(-1);
    if (!(last instanceof PointColumns)) {
      last = new PointColumns();
      this.#parts.push(last);
    }
    last.append(steps, values, times, exactSteps);
  }

  /** Points with step ≥ fromStep were taken back here. */
  purge(fromStep: number): void {
    this.#parts.push(fromStep);
  }

  /** All of it, in memory of its own. */
  *events(): Generator<PointEvent> {
    for (const part of this.#parts) yield part instanceof PointColumns ? { kind: 'points', batch: part.copy() } : { kind: 'purge', fromStep: part };
  }
}
