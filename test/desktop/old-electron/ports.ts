// `MessageChannelMain` for an Electron that has none: a pair of ports inside main, whose far end may be anywhere.
import { EventEmitter } from 'node:events';

/** One end. Given away to a page or a process, it hands on what it gets instead of telling its listeners. */
export class Port extends EventEmitter {
  partner: Port | null = null;
  #started = false;
  #closed = false;
  #away: ((message: unknown) => void) | null = null;
  #awayClosed: () => void = () => {};
  #waiting: unknown[] = [];

  postMessage(message: unknown): void {
    // As between processes: later, and never the same object.
    const copy = message instanceof Uint8Array ? message : structuredClone(message);
    const { partner } = this;
    if (partner) setImmediate(() => partner.#deliver(copy));
  }

  start(): void {
    this.#started = true;
    this.#flush();
  }

  /** The port now belongs to whoever `send` reaches; `closed` tells them that the other end is gone. */
  giveAway(send: (message: unknown) => void, closed: () => void): void {
    this.#away = send;
    this.#awayClosed = closed;
    this.#flush();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
    this.#awayClosed();
    setImmediate(() => this.partner?.close());
  }

  #deliver(message: unknown): void {
    if (this.#closed) return;
    this.#waiting.push(message);
    this.#flush();
  }

  #flush(): void {
    if (!this.#away && !this.#started) return;
    for (const message of this.#waiting.splice(0)) {
      if (this.#away) this.#away(message);
      else this.emit('message', { data: message });
    }
  }
}

export class MessageChannelMain {
  readonly port1 = new Port();
  readonly port2 = new Port();
  constructor() {
    this.port1.partner = this.port2;
    this.port2.partner = this.port1;
  }
}
