// Work in flight: all of it is registered here, so that a test waits for the app and never for time.

export interface Idle {
  /** Registers work; call what it returns when the work has ended. */
  begin(label: string): () => void;
  /** Registers a promise until it settles. */
  track<T>(label: string, work: Promise<T>): Promise<T>;
  /** Labels of what is under way. */
  readonly labels: () => readonly string[];
}

/**
 * @param show told when the app turns busy (at once) or idle (after two frames without work, so that React has drawn)
 * @param frame runs a callback before the next frame
 */
export function createIdle(show: (idle: boolean, labels: readonly string[]) => void, frame: (callback: () => void) => void): Idle {
  const work = new Map<number, string>();
  let next = 0;
  let round = 0;

  const settle = (): void => {
    round += 1;
    const mine = round;
    frame(() =>
      frame(() => {
        if (mine === round && work.size === 0) show(true, []);
      }),
    );
  };

  const begin = (label: string): (() => void) => {
    const id = next++;
    work.set(id, label);
    round += 1;
    show(false, [...work.values()]);
    return () => {
      if (!work.delete(id)) return;
      show(false, [...work.values()]);
      if (work.size === 0) settle();
    };
  };

  return {
    begin,
    track: async (label, promise) => {
      const end = begin(label);
      try {
        return await promise;
      } finally {
        end();
      }
    },
    labels: () => [...work.values()],
  };
}
