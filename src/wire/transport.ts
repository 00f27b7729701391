// What a transport is: it moves messages, in order, and knows nothing about them.

/** Messages are plain JSON data on every transport, so that both ends behave the same whichever carries them. */
export interface Transport {
  send(message: unknown): void;
  /** Sets the one receiver; what arrived earlier is handed to it first. */
  receive(receiver: (message: unknown) => void): void;
  /** Called once, when either end closes or the connection is lost. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Keeps messages until somebody receives them, and tells of the close once: the part that every transport needs. */
export function createInbox(): {
  deliver(message: unknown): void;
  receive(receiver: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  closed(): void;
} {
  let receiver: ((message: unknown) => void) | null = null;
  let waiting: unknown[] = [];
  let isClosed = false;
  const listeners: (() => void)[] = [];
  return {
    deliver(message) {
      if (receiver) receiver(message);
      else waiting.push(message);
    },
    receive(next) {
      receiver = next;
      const kept = waiting;
      waiting = [];
      for (const message of kept) next(message);
    },
    onClose(listener) {
      if (isClosed) listener();
      else listeners.push(listener);
    },
    closed() {
      if (isClosed) return;
      isClosed = true;
      for (const listener of listeners) listener();
    },
  };
}
