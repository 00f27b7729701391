// What the ingest worker is given and what it tells: the two ends are bundled apart and meet only here.
import type { ImportEvent } from '../wire/imports';

export interface WorkerJob {
  readonly paths: readonly string[];
  readonly what: 'runs' | 'code';
  readonly keepContents: boolean;
  /** Changed limits, by name. */
  readonly limits: Readonly<Record<string, number>>;
}

export type FromWorker =
  /** All but batches, which the host numbers. */
  | { readonly kind: 'tell'; readonly event: Exclude<ImportEvent, { kind: 'batch' }> }
  | { readonly kind: 'batch'; readonly bytes: Uint8Array<ArrayBuffer>; readonly runs: number };

/** `taken`: the page fetched a batch, the next may be made. */
export type ToWorker = 'taken' | 'cancel';

/** Batches that may wait unfetched; the reader stands still at this many. */
export const mostWaiting = 3;
