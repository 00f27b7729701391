// One panel of the product with many long curves; counts the script time of every frame while it is panned, zoomed and hovered.
import { runId } from '../../../src/core/base/units';
import type { PanelLines } from '../../../src/core/view/curves-lines';
import { defaultCurveSettings } from '../../../src/core/view/curves-settings';
import { runStyle } from '../../../src/core/view/run-style';
import { CurveClient, type CurvePort } from '../../../src/renderer/features/curves/client';
import { PanelController, type PanelInfo } from '../../../src/renderer/features/curves/controller';
import type { CurveReply } from '../../../src/renderer/features/curves/messages';
import { createViewStore } from '../../../src/renderer/features/curves/view-store';
import { createSessionStore } from '../../../src/renderer/state/session';

/** Script time in milliseconds, by frame. */
export interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly frames: number;
}

let script = 0;
const timed = <A extends unknown[]>(work: (...args: A) => void): ((...args: A) => void) => {
  return (...args) => {
    const start = performance.now();
    try {
      work(...args);
    } finally {
      script += performance.now() - start;
    }
  };
};
const realFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => realFrame(timed(callback));

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ entryTypes: ['longtask'] });

let drawnSince: (() => void) | null = null;
/** The next answer that was drawn. */
const drawing = (): Promise<void> =>
  new Promise((resolve) => {
    drawnSince = resolve;
  });

/** The worker, with its answers counted as script. */
function timedWorker(): CurvePort {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const port: CurvePort = { postMessage: (request) => worker.postMessage(request), onmessage: null, onerror: null };
  const take = timed((event: MessageEvent) => port.onmessage?.(event));
  worker.onmessage = (event: MessageEvent<CurveReply>) => {
    take(event);
    if (event.data.kind === 'drawn') drawnSince?.();
  };
  worker.onerror = (event) => port.onerror?.(event);
  return port;
}

const nextFrame = (): Promise<void> => new Promise((resolve) => realFrame(() => resolve()));
/** Two frames and a turn of the queue: everything that a change caused is drawn. */
const painted = async (): Promise<void> => {
  await nextFrame();
  await nextFrame();
  await new Promise((resolve) => setTimeout(resolve));
};

function summary(times: number[]): Frames {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? 0, frames: sorted.length };
}

export interface Measured {
  readonly firstMs: number;
  readonly moving: Frames;
  readonly settledMs: readonly number[];
  readonly hover: Frames;
  readonly longestTask: number;
  readonly drawn: number;
}

async function measure(curves: number, points: number): Promise<Measured> {
  const root = document.getElementById('stage') as HTMLElement;
  root.replaceChildren();
  const host = document.createElement('div');
  host.style.cssText = 'position:absolute;inset:0';
  root.append(host);
  const view = createViewStore();
  const client = new CurveClient(timedWorker(), () => () => {});
  let info: PanelInfo | null = null;
  let told: (() => void) | null = null;
  const controller = new PanelController(
    host,
    'loss',
    client,
    view,
    createSessionStore(),
    {
      info: (next) => {
        info = next;
        told?.();
      },
      look: () => {},
      pick: () => {},
      failed: (message) => {
        throw new Error(message);
      },
    },
    true,
  );
  const keys = Array.from({ length: curves }, (_, i) => `r${i}x${points}`);
  const lines: PanelLines = {
    series: keys.map((key) => ({ key, run: runId(key), index: 0, axis: { kind: 'step' }, other: null, startedMs: null, stamp: '', count: points })),
    lines: keys.map((key) => ({ kind: 'series', id: key, series: key })),
    looks: new Map(keys.map((key, slot) => [key, { owner: key, label: key, style: runStyle(slot), member: false }])),
    owners: new Map(keys.map((key) => [runId(key), key])),
    missing: 0,
    axes: [],
  };
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      told = () => {
        told = null;
        resolve();
      };
    });
  const start = performance.now();
  const first = settled();
  controller.update(
    { panel: 'loss', title: 'loss', lines, look: { ...defaultCurveSettings }, axis: { label: 'step', scale: 'linear' }, sync: true, dark: false },
    { width: 1200, height: 600 },
  );
  await first;
  await painted();
  const firstMs = performance.now() - start;

  const extent = (points - 1) * 10;
  longTasks.length = 0;
  const moving: number[] = [];
  const settledMs: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i <= 30; i++) {
      const from = (i / 30) * 0.4 * extent;
      script = 0;
      const drawn = drawing();
      timed(() => controller.zoomTo({ x: { min: from, max: from + 0.6 * extent }, y: null }, false))();
      await drawn;
      await painted();
      if (i > 0) moving.push(script);
    }
    const rest = settled();
    const moment = performance.now();
    controller.zoomTo({ x: { min: (0.4 - 0.1 * round) * extent, max: (1 - 0.1 * round) * extent }, y: null }, true);
    await rest;
    await nextFrame();
    settledMs.push(performance.now() - moment);
    await painted();
  }

  const hover: number[] = [];
  const box = host.getBoundingClientRect();
  for (let i = 0; i < 60; i++) {
    script = 0;
    const at = { clientX: box.left + 100 + i * 17, clientY: box.top + 150 + ((i * 37) % 300), bubbles: true };
    timed(() => host.dispatchEvent(new PointerEvent('pointermove', at)))();
    await painted();
    if (i > 0) hover.push(script);
  }
  const result = {
    firstMs,
    moving: summary(moving),
    settledMs,
    hover: summary(hover),
    longestTask: Math.max(0, ...longTasks),
    drawn: (info as PanelInfo | null)?.drawn ?? 0,
  };
  controller.dispose();
  return result;
}

Object.assign(window, { measure });
