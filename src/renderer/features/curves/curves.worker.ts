// The Curves tab's worker: reads points from the store by itself, so that they never pass through the page's main thread.

import { openStore } from '../../storage/dexie-store';
import { ColumnCache } from './column-cache';
import { CurveEngine } from './engine';
import type { CurveReply, CurveRequest } from './messages';

/** The part of a worker's scope that is used; the compiler knows this folder as a page. */
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<CurveRequest>) => void) | null;
  postMessage(reply: CurveReply, transfer: ArrayBuffer[]): void;
};

const opened = openStore();
const cache = new ColumnCache(async (run, series, detail) => {
  const store = await opened;
  if (detail === 'full') return store.points(run, series);
  return (await store.overviews(run, series)).map((overview) => overview.points);
});

// A message to ourselves stands behind all that wait: when it comes, they have been taken.
const { port1, port2 } = new MessageChannel();
let wake: (() => void) | null = null;
port1.onmessage = () => wake?.();
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    wake = resolve;
    port2.postMessage(null);
  });

const engine = new CurveEngine(cache, (reply, transfer) => scope.postMessage(reply, transfer), breath);
scope.onmessage = ({ data }) => engine.handle(data);
