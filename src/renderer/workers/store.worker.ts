// Writes runs to the store off the page's main thread.

import { unpackRuns } from '../../core/store/pack';
import { openStore } from '../storage/dexie-store';
import type { Written } from './importer';
import type { StoreReply, StoreRequest } from './store-messages';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as { onmessage: ((event: MessageEvent<StoreRequest>) => void) | null; postMessage(reply: StoreReply): void };

const opened = openStore();
let queue: Promise<void> = Promise.resolve();

async function write({ id, batch }: StoreRequest): Promise<void> {
  try {
    const store = await opened;
    const written: Written[] = [];
    for (const read of unpackRuns(batch)) written.push({ run: read.run, outcome: await store.put(read) });
    scope.postMessage({ id, kind: 'written', written });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    scope.postMessage({ id, kind: 'failed', name, message });
  }
}

scope.onmessage = ({ data }) => {
  queue = queue.then(() => write(data));
};
