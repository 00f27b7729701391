// Tells when it is time to look at a path again: soon after the platform tells of a change, and now and then in any case.
import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Writers flush several files one after another: one look for all of them. */
const settleMs = 100;
/** Network drives and full watch tables tell nothing: without word from the platform a source is looked at this often. */
const pollMs = 1000;
/** After this long without a change it is looked at less often. */
const quietAfterMs = 60_000;
const quietPollMs = 4000;
/** Looking takes at most a tenth of the time. */
const restPerCost = 9;
/** Some platforms watch a tree folder by folder: a larger one is only looked at. */
const mostWatched = 5000;

export interface Pause {
  /** How long the last look took. */
  readonly tookMs: number;
  /** Files that it listed. */
  readonly files: number;
  /** Milliseconds since a look showed a change. */
  readonly quietMs: number;
  /** The last look showed a change: the next is a second later at the earliest. */
  readonly changed: boolean;
}

export interface Watch {
  /** Resolves when the next look is due, or the signal is aborted. */
  wait(pause: Pause, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** What is far away tells nothing, and others share it. */
const farPollMs = 15_000;
/** A service on this machine. */
const nearPollMs = 2000;

/** For what cannot be watched: only the time tells when to look again, less often when nothing has changed for long. */
export function pollFarAway(isNear: boolean): Watch {
  const pollMs = isNear ? nearPollMs : farPollMs;
  return {
    async wait({ tookMs, quietMs }, signal) {
      const due = Math.max(quietMs > quietAfterMs ? 2 * pollMs : pollMs, restPerCost * tookMs);
      if (!signal.aborted) await sleep(due, signal, () => {});
    },
    close: () => {},
  };
}

/** Watches a folder with all below it, or a file. Nothing is reported as failed: what cannot be watched is polled. */
export function watchPath(path: string): Watch {
  let watcher: FSWatcher | null = null;
  let refused = false;
  let told = false;
  let wake: (() => void) | null = null;

  const stop = (): void => {
    watcher?.close();
    watcher = null;
  };
  const start = (): void => {
    try {
      const isFolder = statSync(path).isDirectory();
      watcher = watch(isFolder ? path : dirname(path), { recursive: isFolder, persistent: false }, () => {
        told = true;
        wake?.();
      });
      watcher.on('error', () => {
        refused = true;
        stop();
      });
    } catch {
      refused = true;
    }
  };

  return {
    async wait({ tookMs, files, quietMs, changed }, signal) {
      if (!watcher && !refused && files <= mostWatched) start();
      const rest = Math.max(changed ? pollMs - tookMs : settleMs, restPerCost * tookMs);
      const poll = Math.max(quietMs > quietAfterMs ? quietPollMs : pollMs, rest);
      const began = Date.now();
      while (!signal.aborted) {
        const since = Date.now() - began;
        const due = told ? Math.max(rest, settleMs) : poll;
        if (since >= due) break;
        await sleep(due - since, signal, (resolve) => {
          // What was told is waited for already.
          wake = told ? null : resolve;
        });
      }
      wake = null;
      told = false;
    },
    close: stop,
  };
}

function sleep(ms: number, signal: AbortSignal, orOn: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    orOn(end);
  });
}
