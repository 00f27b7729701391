// The page's end of the store worker: batches go over without a copy, answers come back once all is stored.

import type { RunId } from '../../core/base/units';
import type { OwnWords } from '../../core/model/own-words';
import type { Written } from './importer';
import type { StoreJob, StoreReply, StoreRequest } from './store-messages';

export interface StoreWorker {
  /** Unpacks a batch and puts its runs. @throws what the database threw, by name, for explainStoreError */
  write(batch: Uint8Array<ArrayBuffer>): Promise<readonly Written[]>;
  /** Runs with all points and files as one bundle (a zip), with what the person says of them. @throws as `write` */
  bundle(runs: readonly RunId[], words: ReadonlyMap<RunId, OwnWords>, desk?: string): Promise<Blob>;
}

interface Waiting {
  readonly resolve: (reply: StoreReply) => void;
  readonly reject: (error: Error) => void;
}

/** The worker is started when it is first needed. */
export function startStoreWorker(): StoreWorker {
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let worker: Worker | null = null;

  const start = (): Worker => {
    const started = new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module', name: 'store' });
    started.onmessage = ({ data }: MessageEvent<StoreReply>) => {
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.kind === 'failed') one?.reject(Object.assign(new Error(data.message), { name: data.name }));
      else one?.resolve(data);
    };
    started.onerror = (event) => {
      for (const one of waiting.values()) one.reject(new Error(event.message || 'The store worker could not be started.'));
      waiting.clear();
      worker = null;
    };
    return started;
  };

  const ask = (job: StoreJob, transfer: Transferable[] = []): Promise<StoreReply> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const request: StoreRequest = { id: next++, ...job };
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, transfer);
    });

  return {
    write: async (batch) => {
      const reply = await ask({ kind: 'put', batch }, [batch.buffer]);
      return reply.kind === 'written' ? reply.written : [];
    },
    bundle: async (runs, words, desk) => {
      const reply = await ask({ kind: 'bundle', runs, words, desk: desk ?? null });
      return reply.kind === 'bundle' ? reply.blob : new Blob();
    },
  };
}
