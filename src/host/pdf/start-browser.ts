// Starts a headless browser as a child with all its helpers in one group, so that nothing of it is left behind.
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type DevTools, overPipes } from './devtools-pipe';
import type { Browser } from './find-browser';

export interface RunningBrowser {
  readonly devTools: DevTools;
  /** Waits for work with the browser; throws when it ends, is aborted, or takes too long. */
  during<T>(work: Promise<T>, signal: AbortSignal, longestMs: number): Promise<T>;
  /** Ends it with all its helpers. */
  end(): Promise<void>;
}

/** @param folder its home: it writes nowhere else */
export function startBrowser(browser: Browser, args: readonly string[], folder: string): RunningBrowser {
  const ownGroup = process.platform !== 'win32';
  const env = { ...process.env, ...browser.env, HOME: folder };
  const child = spawn(browser.path, [...args, 'about:blank'], { cwd: folder, env, detached: ownGroup, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-4000);
  });
  const gone = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code) => resolve(said.trim().split('\n').at(-1) || `it ended with code ${code}`));
  });
  const kill = (): void => {
    try {
      if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  // A program that stops must not leave a browser running.
  process.once('exit', kill);

  return {
    devTools: overPipes(child.stdio[3] as Writable, child.stdio[4] as Readable),
    async during(work, signal, longestMs) {
      let stop: (error: Error) => void = () => {};
      const stopped = new Promise<never>((_, reject) => {
        stop = reject;
      });
      const onAbort = (): void => stop(new Error('cancelled'));
      const timer = setTimeout(() => stop(new Error(`it did not end within ${longestMs / 1000} seconds`)), longestMs);
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      // Whichever loses the race must not become an unhandled rejection.
      work.catch(() => {});
      const death = gone.then((reason) => {
        throw new Error(reason);
      });
      death.catch(() => {});
      try {
        return await Promise.race([work, stopped, death]);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
    async end() {
      kill();
      await gone;
      process.off('exit', kill);
    },
  };
}
