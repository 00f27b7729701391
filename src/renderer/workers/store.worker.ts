// Writes runs to the store, and bundles out of it, off the page's main thread.

import type { ReadRun, Run } from '../../core/model/run';
import { writeBundle } from '../../core/store/bundle';
import { unpackRuns } from '../../core/store/pack';
import { deskName } from '../state/desk';
import type { AppStore } from '../storage/contract';
import { openStore } from '../storage/dexie-store';
import type { Written } from './importer';
import type { StoreJob, StoreReply, StoreRequest } from './store-messages';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as { onmessage: ((event: MessageEvent<StoreRequest>) => void) | null; postMessage(reply: StoreReply): void };

let opened: Promise<AppStore> | null = null;
let queue: Promise<void> = Promise.resolve();

/** Another tab may have upgraded the store and closed it here: the next job opens it anew, or says why not. */
const store = (): Promise<AppStore> => {
  opened ??= openStore({
    onClosed: () => {
      opened = null;
    },
  });
  return opened;
};

async function put(batch: Uint8Array<ArrayBuffer>): Promise<readonly Written[]> {
  const into = await store();
  const written: Written[] = [];
  for (const read of unpackRuns(batch)) written.push({ run: read.run, outcome: await into.put(read) });
  return written;
}

/** What once came along in a bundle may have been taken back since. */
const withoutOwn = ({ own: _, ...run }: Run): Run => run;

async function bundle({ runs, words, desk }: Extract<StoreJob, { readonly kind: 'bundle' }>): Promise<Blob> {
  const from = await store();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const whole = async function* (): AsyncGenerator<ReadRun> {
    for (const id of runs) {
      const read = await from.whole(id);
      const own = words.get(id);
      if (read) yield { ...read, run: own ? { ...read.run, own } : withoutOwn(read.run) };
    }
  };
  await writeBundle(
    whole(),
    async (chunk) => void parts.push(chunk.slice()),
    new AbortController().signal,
    desk === null ? new Map() : new Map([[deskName, new TextEncoder().encode(desk)]]),
  );
  return new Blob(parts, { type: 'application/zip' });
}

async function answer(request: StoreRequest): Promise<StoreReply> {
  const { id } = request;
  try {
    if (request.kind === 'put') return { id, kind: 'written', written: await put(request.batch) };
    return { id, kind: 'bundle', blob: await bundle(request) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, kind: 'failed', name, message };
  }
}

scope.onmessage = ({ data }) => {
  queue = queue.then(async () => scope.postMessage(await answer(data)));
};
