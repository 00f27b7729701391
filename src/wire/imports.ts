// An import as the page sees it, whether it runs in the page's own worker or in the host's.

import type { Issue } from '../core/base/issues';
import type { RunId } from '../core/base/units';
import type { ClaimMark, Progress } from '../core/ingest/contract';
import type { Look } from '../core/ingest/follow';

export type ImportEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Whole runs, packed (core/store/pack.ts), to be fetched once. Not fetching holds the reader back. */
  | { readonly kind: 'batch'; readonly id: number; readonly bytes: number; readonly runs: number }
  | { readonly kind: 'issue'; readonly source: number; readonly issue: Issue }
  /** What was read in which state, to be kept for the next refresh. */
  | { readonly kind: 'claims'; readonly source: number; readonly claims: readonly ClaimMark[] }
  /** While following: a run stands no more, another in its place. */
  | { readonly kind: 'withdrawn'; readonly run: RunId; readonly by: RunId | null }
  /** While following: behind all that one look gave. */
  | { readonly kind: 'looked'; readonly look: Look }
  /** The last event, one of these three. */
  | { readonly kind: 'done'; readonly runs: number; readonly points: number; readonly bytes: number; readonly ms: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly tip: string };

export interface ImportChannel {
  /** Ends after `done`, `cancelled` or `failed`. To be iterated once. */
  readonly events: AsyncIterable<ImportEvent>;
  /** The packed bytes of a batch; the host frees them. */
  fetchBatch(id: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends the import within 100 ms; runs already stored stay. */
  cancel(): void;
}
