// The page's end of the store worker: batches go over without a copy, runs come back once they are stored.

import type { Written } from './importer';
import type { StoreReply, StoreRequest } from './store-messages';

export interface StoreWriter {
  /** Unpacks a batch and puts its runs. @throws what the database threw, by name, for explainStoreError */
  write(batch: Uint8Array<ArrayBuffer>): Promise<readonly Written[]>;
}

export function startStoreWorker(): StoreWriter {
  const waiting = new Map<number, { readonly resolve: (written: readonly Written[]) => void; readonly reject: (error: Error) => void }>();
  let next = 1;
  let worker: Worker | null = null;

  const start = (): Worker => {
    const started = new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module', name: 'store' });
    started.onmessage = ({ data }: MessageEvent<StoreReply>) => {
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.kind === 'written') one?.resolve(data.written);
      else one?.reject(Object.assign(new Error(data.message), { name: data.name }));
    };
    started.onerror = (event) => {
      for (const one of waiting.values()) one.reject(new Error(event.message || 'The store worker could not be started.'));
      waiting.clear();
      worker = null;
    };
    return started;
  };

  return {
    write: (batch) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const request: StoreRequest = { id: next++, batch };
        waiting.set(request.id, { resolve, reject });
        worker.postMessage(request, [batch.buffer]);
      }),
  };
}
