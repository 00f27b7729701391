// Keeps a long read polite: lets other work run, notices a cancel at once, and tells when a report is due.

const turnMs = 30;
const reportMs = 100;

export interface Pace {
  /** Waits for `work`, or throws the signal's reason as soon as it is aborted. One wait at a time. */
  wait<T>(work: Promise<T>): Promise<T>;
  /** Waits as `wait` does and yields what `report` says every 100 ms meanwhile. */
  reporting<T, R>(work: Promise<T>, report: () => R): AsyncGenerator<R, T>;
  /** To be called often: gives way to timers and events every 30 ms, and throws when aborted. */
  turn(): Promise<void>;
  /** Runs steps to their end, as if `turn` was called after each: for work that stops too often to wait each time. */
  through<R>(steps: Iterator<unknown, R>): Promise<R>;
  /** True once every 100 ms. */
  due(): boolean;
  close(): void;
}

export function paceOf(signal: AbortSignal): Pace {
  let lastTurn = Date.now();
  let lastReport = 0;
  // One listener for all waits: racing each wait against one promise would leave a reaction behind for every event.
  let interrupt: ((reason: unknown) => void) | null = null;
  const abort = () => interrupt?.(signal.reason);
  signal.addEventListener('abort', abort);

  const wait = <T>(work: Promise<T>): Promise<T> => {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      interrupt = reject;
      work.then(resolve, reject);
    });
  };

  const turn = async () => {
    signal.throwIfAborted();
    if (Date.now() - lastTurn < turnMs) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    lastTurn = Date.now();
    signal.throwIfAborted();
  };

  return {
    wait,
    async *reporting(work, report) {
      let settled = false;
      const end = work.then(
        () => {
          settled = true;
        },
        () => {
          settled = true;
        },
      );
      while (!settled) {
        const [tick, cancel] = timer(reportMs);
        await wait(Promise.race([end, tick]));
        cancel();
        if (!settled) yield report();
      }
      return work;
    },
    turn,
    async through(steps) {
      for (;;) {
        signal.throwIfAborted();
        const step = steps.next();
        if (step.done) return step.value;
        if (Date.now() - lastTurn >= turnMs) await turn();
      }
    },
    due() {
      const now = Date.now();
      if (now - lastReport < reportMs) return false;
      lastReport = now;
      return true;
    },
    close: () => signal.removeEventListener('abort', abort),
  };
}

function timer(ms: number): [Promise<void>, () => void] {
  let id: unknown;
  const tick = new Promise<void>((resolve) => {
    id = setTimeout(resolve, ms);
  });
  return [tick, () => clearTimeout(id)];
}
