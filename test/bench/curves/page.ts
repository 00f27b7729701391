// One panel of the product with many long curves; counts the script time of every frame while it is panned, zoomed and hovered.
import { runId } from '../../../src/core/base/units';
import type { PanelLines } from '../../../src/core/view/curves-lines';
import { defaultCurveSettings } from '../../../src/core/view/curves-settings';
import { runStyle } from '../../../src/core/view/run-style';
import { CurveClient, type CurvePort } from '../../../src/renderer/features/curves/client';
import { PanelController, type PanelInfo, type PanelInput } from '../../../src/renderer/features/curves/controller';
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

/** One panel, ready to be moved about. Each phase returns wall times; the driver takes the CPU time of the same phase. */
export interface Bench {
  /** Milliseconds to the first whole picture, and the points in it. */
  start(curves: number, points: number): Promise<{ readonly firstMs: number; readonly drawn: number }>;
  /** Script of each of `frames` frames while a window of 60 % is moved across. */
  move(frames: number): Promise<Frames>;
  /** Milliseconds from the end of a movement to the picture in full. */
  settle(): Promise<number>;
  hover(frames: number): Promise<Frames>;
  /** The longest task since this was asked last. */
  longestTask(): number;
  end(): void;
}

function benchOf(): Bench {
  let controller: PanelController | null = null;
  let host: HTMLElement | null = null;
  let info: PanelInfo | null = null;
  let told: (() => void) | null = null;
  let extent = 0;
  let settles = 0;
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      told = () => {
        told = null;
        resolve();
      };
    });
  return {
    start: async (curves, points) => {
      const root = document.getElementById('stage') as HTMLElement;
      host = document.createElement('div');
      host.style.cssText = 'position:absolute;inset:0';
      root.replaceChildren(host);
      extent = (points - 1) * 10;
      controller = new PanelController(
        host,
        'loss',
        new CurveClient(timedWorker(), () => () => {}),
        createViewStore(),
        createSessionStore(),
        {
          info: (next) => {
            info = next;
            told?.();
          },
          look: () => {},
          marks: () => {},
          pick: () => {},
          failed: (message) => {
            throw new Error(message);
          },
        },
        true,
      );
      const begin = performance.now();
      const first = settled();
      controller.update(inputOf(curves, points), { width: 1200, height: 600 });
      await first;
      await painted();
      return { firstMs: performance.now() - begin, drawn: (info as PanelInfo | null)?.drawn ?? 0 };
    },
    move: async (frames) => {
      const times: number[] = [];
      for (let i = 0; i < frames; i++) {
        const from = (i / frames) * 0.4 * extent;
        script = 0;
        const drawn = drawing();
        timed(() => controller?.zoomTo({ x: { min: from, max: from + 0.6 * extent }, y: null }, false))();
        await drawn;
        await painted();
        times.push(script);
      }
      return summary(times);
    },
    settle: async () => {
      const rest = settled();
      const moment = performance.now();
      settles += 1;
      const from = (0.4 - 0.05 * (settles % 5)) * extent;
      controller?.zoomTo({ x: { min: from, max: from + 0.6 * extent }, y: null }, true);
      await rest;
      await nextFrame();
      return performance.now() - moment;
    },
    hover: async (frames) => {
      const times: number[] = [];
      const box = host?.getBoundingClientRect() ?? new DOMRect();
      for (let i = 0; i < frames; i++) {
        script = 0;
        const at = { clientX: box.left + 100 + i * 17, clientY: box.top + 150 + ((i * 37) % 300), bubbles: true };
        timed(() => host?.dispatchEvent(new PointerEvent('pointermove', at)))();
        await painted();
        times.push(script);
      }
      return summary(times);
    },
    longestTask: () => Math.max(0, ...longTasks.splice(0)),
    end: () => controller?.dispose(),
  };
}

function inputOf(curves: number, points: number): PanelInput {
  const keys = Array.from({ length: curves }, (_, i) => `r${i}x${points}`);
  const lines: PanelLines = {
    series: keys.map((key) => ({ key, run: runId(key), index: 0, axis: { kind: 'step' }, other: null, startedMs: null, stamp: '', count: points })),
    lines: keys.map((key) => ({ kind: 'series', id: key, series: key })),
    looks: new Map(keys.map((key, slot) => [key, { owner: key, label: key, style: runStyle(slot), member: false }])),
    owners: new Map(keys.map((key) => [runId(key), key])),
    missing: 0,
    axes: [],
  };
  return {
    panel: 'loss',
    title: 'loss',
    lines,
    look: { ...defaultCurveSettings },
    axis: { label: 'step', scale: 'linear' },
    sync: true,
    dark: false,
    marks: [],
  };
}

Object.assign(window, { bench: benchOf() });
