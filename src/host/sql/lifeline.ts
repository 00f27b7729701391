// What a connection waits for, while it lives: drivers forget who waits when a server goes away between two messages.

/** Ends the waits of one connection with it. */
export class Lifeline {
  readonly #patienceMs: number;
  readonly #waiting = new Set<(error: Error) => void>();
  #cut: Error | null = null;

  /** @param patienceMs how long a server may say nothing to what it is asked */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  get isCut(): boolean {
    return this.#cut !== null;
  }

  /** The connection is lost: whoever waits is told, and whoever comes later. */
  cut(error: Error): void {
    if (this.#cut) return;
    this.#cut = error;
    // The driver's own words first, where it has any: they come in this turn or never.
    setImmediate(() => {
      for (const tell of this.#waiting) tell(error);
      this.#waiting.clear();
    });
  }

  /** @throws what `work` throws; the error of the cut where the connection is lost first, or an Error where the server stays silent */
  async until<T>(work: Promise<T>): Promise<T> {
    let wait: Wait | null = null;
    const lost = new Promise<never>((_, reject) => {
      wait = this.wait(reject);
    });
    try {
      return await Promise.race([work, lost]);
    } finally {
      (wait as Wait | null)?.end();
    }
  }

  /** @param tell called once, when the connection is lost or the server says nothing for too long */
  wait(tell: (error: Error) => void): Wait {
    const told = (error: Error): void => {
      end();
      tell(error);
    };
    const timer = setTimeout(() => told(Object.assign(new Error('The server says nothing'), { code: 'ETIMEDOUT' })), this.#patienceMs);
    const end = (): void => {
      clearTimeout(timer);
      this.#waiting.delete(told);
    };
    if (this.#cut) setImmediate(told, this.#cut);
    else this.#waiting.add(told);
    return { heard: () => void timer.refresh(), end };
  }
}

export interface Wait {
  /** The server said something: patience begins again. */
  heard(): void;
  end(): void;
}
