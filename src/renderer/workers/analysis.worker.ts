// The worker that judges runs: it opens the store by itself, so that neither points nor work come near the page's main thread.

import { jobs } from '../registry/jobs';
import type { AppStore } from '../storage/contract';
import { openStore } from '../storage/dexie-store';
import { explainStoreError } from '../storage/problems';
import { AnalysisEngine } from './analysis-engine';
import type { AnalysisReply, AnalysisRequest } from './analysis-messages';
import { jobStoreOf } from './analysis-store';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as { onmessage: ((event: MessageEvent<AnalysisRequest>) => void) | null; postMessage(reply: AnalysisReply): void };

let opened: Promise<AppStore> | null = null;
const store = (): Promise<AppStore> => {
  opened ??= openStore({
    onClosed: () => {
      opened = null;
    },
  });
  return opened;
};

// A message to ourselves stands behind all that wait: when it comes, they have been taken.
const { port1, port2 } = new MessageChannel();
const wakes: (() => void)[] = [];
port1.onmessage = () => wakes.shift()?.();
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    wakes.push(resolve);
    port2.postMessage(null);
  });

const engine = new AnalysisEngine({
  jobs: jobs(),
  store: jobStoreOf(store),
  post: (reply) => scope.postMessage(reply),
  breath,
  now: () => performance.now(),
  explain: (error) => explainStoreError(error).message,
});
scope.onmessage = ({ data }) => engine.handle(data);
