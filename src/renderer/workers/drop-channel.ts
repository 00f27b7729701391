// An import of dropped files: a worker of this page behind the same channel as an import of the host.

import type { LimitChanges } from '../../core/source/reader';
import { createEventStream } from '../../wire/events';
import type { ImportChannel, ImportEvent } from '../../wire/imports';
import { notUnderstood, readerMessage } from '../../wire/reading';
import type { Drop } from './dropped';
import type { ToIngest } from './ingest-messages';

/** The part of a Worker that is used; a test brings its own. */
export interface WorkerLike {
  postMessage(message: ToIngest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export const startIngest = (): WorkerLike => new Worker(new URL('./ingest.worker.ts', import.meta.url), { type: 'module', name: 'ingest' });

/** Reads a drop, by a mapping where its text is given. Cancelling ends the worker, whatever it is doing; runs are stored whole or not at all, so that is safe. */
export function importDrop(drop: Drop, limits: LimitChanges, start: () => WorkerLike = startIngest, mapping?: string): ImportChannel {
  const stream = createEventStream<ImportEvent>();
  const batches = new Map<number, Uint8Array<ArrayBuffer>>();
  const worker = start();
  let ended = false;
  let next = 1;

  const end = (event: ImportEvent): void => {
    if (ended) return;
    ended = true;
    stream.push(event);
    stream.end();
    worker.terminate();
  };
  worker.onmessage = ({ data: raw }) => {
    if (ended) return;
    const data = readerMessage(raw);
    if (data === null) end(notUnderstood);
    else if (data.kind === 'batch') {
      const id = next++;
      batches.set(id, data.bytes);
      stream.push({ kind: 'batch', id, bytes: data.bytes.byteLength, runs: data.runs });
    } else if (data.event.kind === 'done' || data.event.kind === 'failed' || data.event.kind === 'cancelled') end(data.event);
    else stream.push(data.event);
  };
  worker.onerror = (event) =>
    end({ kind: 'failed', message: event.message || 'The reading worker stopped.', tip: 'Reload the page and import again; runs already read are kept.' });

  const list = async (): Promise<void> => {
    worker.postMessage({ kind: 'roots', roots: drop.roots, limits, ...(mapping === undefined ? {} : { mapping }) });
    for await (const files of drop.files) {
      if (ended) return;
      worker.postMessage({ kind: 'files', files });
    }
    worker.postMessage({ kind: 'listed' });
  };
  list().catch((error: unknown) => end({ kind: 'failed', message: error instanceof Error ? error.message : String(error), tip: 'Drop the folder again.' }));

  return {
    events: stream.events,
    fetchBatch: async (id) => {
      const bytes = batches.get(id);
      if (!bytes) throw new Error(`there is no batch ${id}`);
      batches.delete(id);
      if (!ended) worker.postMessage({ kind: 'taken' });
      return bytes;
    },
    cancel: () => end({ kind: 'cancelled' }),
  };
}
