// Talks to a browser that we started, over two pipes: no port is opened that others could reach.
import type { Readable, Writable } from 'node:stream';

export interface DevTools {
  /** Calls a method of the DevTools protocol, in a page's session or of the browser itself. */
  call<T>(method: string, params?: object, sessionId?: string): Promise<T>;
  /** Resolves with the next event of that name. */
  next(event: string): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One JSON text per message, each ended by a zero byte. Open calls fail when the pipe ends. */
export function overPipes(input: Writable, output: Readable): DevTools {
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const events = new Map<string, () => void>();
  let last = 0;
  let ended = false;
  let parts: Buffer[] = [];

  const receive = (text: string): void => {
    const message = JSON.parse(text) as Message;
    if (message.method !== undefined) {
      events.get(message.method)?.();
      events.delete(message.method);
      return;
    }
    const call = calls.get(message.id ?? -1);
    calls.delete(message.id ?? -1);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result);
  };
  output.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let zero = chunk.indexOf(0); zero >= 0; zero = chunk.indexOf(0, from)) {
      receive(Buffer.concat([...parts, chunk.subarray(from, zero)]).toString('utf8'));
      parts = [];
      from = zero + 1;
    }
    parts.push(chunk.subarray(from));
  });
  const end = (): void => {
    ended = true;
    for (const call of calls.values()) call.reject(new Error('the browser ended before it had printed'));
    calls.clear();
  };
  output.on('close', end);
  output.on('error', end);
  input.on('error', end);

  return {
    call<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (ended) return reject(new Error('the browser has ended'));
        const id = ++last;
        calls.set(id, { resolve: (value) => resolve(value as T), reject });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      });
    },
    next: (event) =>
      new Promise((resolve) => {
        events.set(event, resolve);
      }),
  };
}
