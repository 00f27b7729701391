// What the ingest worker is given and what it tells: the two ends are bundled apart and meet only here.
import type { SurveyAnswer } from '../core/ingest/survey';
import type { ImportEvent } from '../wire/imports';

/** A thread reads sources, or looks one over for files that nobody knows. */
export type WorkerTask = ({ readonly task: 'import' } & WorkerJob) | ({ readonly task: 'survey' } & SurveyJob);

export interface SurveyJob {
  readonly path: string;
  /** Null for the mapping that is proposed. */
  readonly mapping: string | null;
}

export interface WorkerJob {
  readonly paths: readonly string[];
  readonly what: 'runs' | 'code';
  readonly keepContents: boolean;
  /** Changed limits, by name. */
  readonly limits: Readonly<Record<string, number>>;
  /** Marks of claims that were read before, by key. */
  readonly known?: Readonly<Record<string, string>>;
  /** Keeps reading the one path as it grows. */
  readonly follow?: boolean;
  /** Text of a mapping file for every source. */
  readonly mapping?: string;
}

export type FromWorker =
  /** All but batches, which the host numbers. */
  | { readonly kind: 'tell'; readonly event: Exclude<ImportEvent, { kind: 'batch' }> }
  | { readonly kind: 'survey'; readonly answer: SurveyAnswer }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'batch'; readonly bytes: Uint8Array<ArrayBuffer>; readonly runs: number };

/** `taken`: the page fetched a batch, the next may be made. */
export type ToWorker = 'taken' | 'cancel';

/** Batches that may wait unfetched; the reader stands still at this many. */
export const mostWaiting = 3;
