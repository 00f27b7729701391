// A stream with a writing end: what arrives by callback is read by `for await`.

export interface EventStream<T> {
  readonly events: AsyncIterable<T>;
  push(event: T): void;
  /** Ends the stream after what was pushed. */
  end(): void;
}

/** Keeps events in order until they are read; one reader only. */
export function createEventStream<T>(): EventStream<T> {
  let waiting: T[] = [];
  let wake: (() => void) | null = null;
  let ended = false;
  const signal = (): void => {
    wake?.();
    wake = null;
  };
  async function* read(): AsyncGenerator<T> {
    for (;;) {
      const ready = waiting;
      waiting = [];
      yield* ready;
      if (waiting.length > 0) continue;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    events: read(),
    push(event) {
      if (!ended) waiting.push(event);
      signal();
    },
    end() {
      ended = true;
      signal();
    },
  };
}
