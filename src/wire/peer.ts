// The dispatcher: requests, replies, cancel and events over any transport, every message validated by the receiver.
import * as v from 'valibot';
import { toWireError, WireError, type WireErrorCode } from './errors';
import { refusal } from './refusal';
import type { Transport } from './transport';

/** A protocol as data: each method's parameters and result as schemas. */
export type Api = Readonly<Record<string, { readonly params: v.GenericSchema; readonly result: v.GenericSchema }>>;
export type ParamsOf<A extends Api, M extends keyof A> = v.InferOutput<A[M]['params']>;
export type ResultOf<A extends Api, M extends keyof A> = v.InferOutput<A[M]['result']>;

/** What one end answers. A method that is left out is answered with `unavailable`. */
export type Handlers<A extends Api> = {
  readonly [M in keyof A]?: (params: ParamsOf<A, M>, signal: AbortSignal) => ResultOf<A, M> | Promise<ResultOf<A, M>>;
};

export interface Peer<A extends Api> {
  /**
   * Calls a method of the other end.
   * @throws WireError: the other end's, `closed` when the connection ends first, `cancelled` after an abort
   */
  call<M extends keyof A & string>(method: M, params: ParamsOf<A, M>, signal?: AbortSignal): Promise<ResultOf<A, M>>;
  /** Tells the other end something that needs no answer. */
  notify(event: unknown): void;
  onClose(listener: () => void): void;
  close(): void;
}

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const errorSchema = v.object({ code: text(64), message: text(10_000), tip: text(10_000) });
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const messageSchema = v.union([
  v.strictObject({ id: number, method: text(64), params: v.unknown() }),
  v.strictObject({ cancel: number }),
  v.strictObject({ reply: number, ok: v.unknown() }),
  v.strictObject({ reply: number, error: errorSchema }),
  v.strictObject({ event: v.unknown() }),
]);
/** Enough to tell the other end that its request was none. */
const numbered = v.object({ id: number });
/** Requests of the other end that may run at a time; a page has a handful. */
export const mostRunning = 256;

interface Pending {
  readonly method: string;
  settle(result: unknown): void;
  fail(error: WireError): void;
}

/**
 * Makes one end of a connection.
 * @param mine what this end answers, and how
 * @param theirs what the other end answers
 * @param onEvent gets the other end's events, not yet validated
 */
export function createPeer<Mine extends Api, Theirs extends Api>(
  transport: Transport,
  mine: { readonly api: Mine; readonly handlers: Handlers<Mine> },
  theirs: Theirs,
  onEvent: (event: unknown) => void = () => {},
): Peer<Theirs> {
  const pending = new Map<number, Pending>();
  const running = new Map<number, AbortController>();
  let lastId = 0;
  let isClosed = false;

  transport.onClose(() => {
    isClosed = true;
    for (const controller of running.values()) controller.abort(new WireError('closed', 'The connection was closed.'));
    for (const call of pending.values()) call.fail(new WireError('closed', 'The connection to the host was lost.', 'Reload the page to connect again.'));
    pending.clear();
  });

  const reply = (message: unknown): void => {
    if (!isClosed) transport.send(message);
  };

  async function answer(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    try {
      if (running.has(id)) throw new WireError('bad-message', `Request ${id} is running already.`);
      if (running.size >= mostRunning) throw new WireError('refused', `More than ${mostRunning} requests at a time are not answered.`, 'Reload the page.');
      running.set(id, controller);
      if (!Object.hasOwn(mine.api, method)) throw new WireError('unknown-method', `There is no method '${method}'.`);
      const entry = mine.api[method] as Api[string];
      const handler = mine.handlers[method];
      if (!handler) throw new WireError('unavailable', `'${method}' is not available here.`);
      const checked = v.safeParse(entry.params, params);
      if (!checked.success) throw new WireError('bad-message', `'${method}': ${refusal(checked.issues)}`);
      const result = await handler(checked.output as ParamsOf<Mine, string>, controller.signal);
      reply({ reply: id, ok: result ?? null });
    } catch (thrown) {
      const { code, message, tip } = toWireError(thrown);
      reply({ reply: id, error: { code, message: message.slice(0, 10_000), tip } });
    } finally {
      if (running.get(id) === controller) running.delete(id);
    }
  }

  transport.receive((raw) => {
    const checked = v.safeParse(messageSchema, raw);
    if (!checked.success) {
      const known = v.safeParse(numbered, raw);
      if (known.success) reply({ reply: known.output.id, error: { code: 'bad-message', message: 'This is no request.', tip: '' } });
      return;
    }
    const message = checked.output;
    if ('method' in message) void answer(message.id, message.method, message.params);
    else if ('cancel' in message) running.get(message.cancel)?.abort(new WireError('cancelled', 'Cancelled.'));
    else if ('event' in message) onEvent(message.event);
    else {
      const call = pending.get(message.reply);
      pending.delete(message.reply);
      if ('error' in message) call?.fail(new WireError(message.error.code as WireErrorCode, message.error.message, message.error.tip));
      else call?.settle(message.ok);
    }
  });

  return {
    call(method, params, signal) {
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(new WireError('closed', 'There is no connection to the host.', 'Reload the page to connect again.'));
        if (signal?.aborted) return reject(new WireError('cancelled', 'Cancelled.'));
        const id = ++lastId;
        const onAbort = (): void => {
          if (!pending.delete(id)) return;
          transport.send({ cancel: id });
          reject(new WireError('cancelled', 'Cancelled.'));
        };
        const forget = (): void => signal?.removeEventListener('abort', onAbort);
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.set(id, {
          method,
          settle(result) {
            forget();
            const checked = v.safeParse((theirs[method] as Api[string]).result, result);
            if (checked.success) resolve(checked.output as never);
            else reject(new WireError('bad-message', `The answer to '${method}' was not understood: ${refusal(checked.issues)}`));
          },
          fail(error) {
            forget();
            reject(error);
          },
        });
        transport.send({ id, method, params });
      });
    },
    notify: (event) => reply({ event }),
    onClose: transport.onClose,
    close: transport.close,
  };
}
