// The curves worker over curves made from a seed instead of the store: all else is the product's own.
import { ColumnCache } from '../../../src/renderer/features/curves/column-cache';
import { CurveEngine } from '../../../src/renderer/features/curves/engine';
import type { CurveReply, CurveRequest } from '../../../src/renderer/features/curves/messages';
import { lossCurve } from '../../support/curves';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<CurveRequest>) => void) | null;
  postMessage(reply: CurveReply, transfer: ArrayBuffer[]): void;
};

/** `r<seed>x<points>` is a run with one curve of that length. */
const cache = new ColumnCache(async (run, series) => {
  const [seed, points] = run.slice(1).split('x').map(Number);
  return series.map((index) => lossCurve((seed ?? 0) * 31 + index, points ?? 0, { level: 0.1 + 0.02 * (seed ?? 0) }));
});

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
