// The page's end of the review worker: one project at a time, from a drop or from the host.

import type { RunId } from '../../core/base/units';
import type { ReviewedCode } from '../../core/view/code-review';
import type { ImportChannel } from '../../wire/imports';
import type { Drop, DroppedRoot } from './dropped';
import type { FromReview, JoinedRuns, ToReview } from './review-messages';

/** Code as it comes: files of a drop, or batches that the host reads. */
export type CodeInput =
  | { readonly kind: 'drop'; readonly drop: Drop }
  | { readonly kind: 'host'; readonly roots: readonly DroppedRoot[]; readonly channel: ImportChannel };

export interface ReviewListener {
  progress(done: number, all: number): void;
  reviewed(code: ReviewedCode, joined: readonly RunId[] | null): void;
  failed(message: string): void;
}

export interface ReviewClient {
  /** Judges the code together with these runs; null judges it alone. */
  join(joined: JoinedRuns | null): void;
  /** Leaves rules out of the patch of all findings. */
  waive(rules: readonly string[]): void;
  /** Ends the worker, whatever it is doing; nothing is told after it. */
  close(): void;
}

/** The part of a Worker that is used; a test brings its own. */
export interface ReviewWorkerLike {
  postMessage(message: ToReview): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromReview>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const startWorker = (): ReviewWorkerLike => new Worker(new URL('./review.worker.ts', import.meta.url), { type: 'module', name: 'review' });

export function startReview(input: CodeInput, listener: ReviewListener, start: () => ReviewWorkerLike = startWorker): ReviewClient {
  const worker = start();
  let ended = false;
  const fail = (message: string): void => {
    if (!ended) listener.failed(message);
    close();
  };
  const close = (): void => {
    if (ended) return;
    ended = true;
    worker.terminate();
    if (input.kind === 'host') input.channel.cancel();
  };
  worker.onmessage = ({ data }) => {
    if (ended) return;
    if (data.kind === 'progress') listener.progress(data.done, data.all);
    else if (data.kind === 'reviewed') listener.reviewed(data.code, data.joined);
    else fail(data.message);
  };
  worker.onerror = (event) => fail(event.message || 'The reviewing worker stopped.');

  const feed = async (): Promise<void> => {
    if (input.kind === 'drop') {
      worker.postMessage({ kind: 'roots', roots: input.drop.roots });
      for await (const files of input.drop.files) {
        if (ended) return;
        worker.postMessage({ kind: 'files', files });
      }
    } else {
      worker.postMessage({ kind: 'roots', roots: input.roots });
      for await (const event of input.channel.events) {
        if (ended) return;
        if (event.kind === 'batch') worker.postMessage({ kind: 'packed', bytes: await input.channel.fetchBatch(event.id) });
        else if (event.kind === 'failed') throw new Error(event.message);
        else if (event.kind === 'cancelled') throw new Error('Reading was cancelled.');
      }
    }
    if (!ended) worker.postMessage({ kind: 'listed' });
  };
  feed().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  return { join: (joined) => worker.postMessage({ kind: 'runs', joined }), waive: (rules) => worker.postMessage({ kind: 'waived', rules }), close };
}
