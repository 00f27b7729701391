// The page's end of the wire: typed calls, imports as channels, and the sources that the host hands over.
import * as v from 'valibot';
import { toWireError, WireError } from './errors';
import { createEventStream, type EventStream } from './events';
import { type Hello, type HostMethod, type HostParams, type HostResult, hostApi, hostEvent, type SourceRef, wireVersion } from './host-api';
import type { ImportChannel, ImportEvent } from './imports';
import { createPeer } from './peer';
import type { Transport } from './transport';

export interface StartOptions {
  /** Runs when left out. */
  readonly what?: 'runs' | 'code';
  readonly keepContents?: boolean;
  /** Changed limits, by name (core/source/reader.ts). */
  readonly limits?: Readonly<Record<string, number>>;
  /** Marks of claims that were read before: what is as it was is not read again. */
  readonly known?: Readonly<Record<string, string>>;
  /** Keeps reading one source as it grows. */
  readonly follow?: boolean;
  /** Text of a mapping file for every source. */
  readonly mapping?: string;
}

export interface HostConnection {
  readonly hello: Hello;
  /** @throws WireError with words to show */
  call<M extends HostMethod>(method: M, params: HostParams<M>, signal?: AbortSignal): Promise<HostResult<M>>;
  /** Imports sources in the host. Trouble with starting is the channel's `failed` event, never a throw. */
  startImport(sources: readonly SourceRef[], options?: StartOptions): ImportChannel;
  /** Prints HTML to PDF bytes. @throws WireError `no-browser` where the host has nothing to print with */
  printPdf(html: string, title: string, signal?: AbortSignal): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly note: string | null }>;
  /** Sources that come later than `hello`: another start of the program handed them over. */
  onSources(listener: (sources: readonly SourceRef[]) => void): () => void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Fetches the bytes of a batch by id; each can be fetched once. */
export type FetchBatch = (id: number) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Shakes hands over a transport.
 * @throws WireError `version` when page and host are of different versions
 */
export async function connectOver(transport: Transport, fetchBatch: FetchBatch): Promise<HostConnection> {
  const streams = new Map<number, EventStream<ImportEvent>>();
  /** Events may come before the reply that names their import. */
  const streamOf = (id: number): EventStream<ImportEvent> => {
    const stream = streams.get(id) ?? createEventStream<ImportEvent>();
    streams.set(id, stream);
    return stream;
  };
  const listeners = new Set<(sources: readonly SourceRef[]) => void>();

  const peer = createPeer(transport, { api: {}, handlers: {} }, hostApi, (raw) => {
    const checked = v.safeParse(hostEvent, raw);
    if (!checked.success) return;
    const message = checked.output;
    if (message.kind === 'import') streamOf(message.import).push(message.event);
    else for (const listener of listeners) listener(message.sources);
  });

  const hello = await peer.call('hello', { version: wireVersion });
  if (hello.version !== wireVersion) {
    throw new WireError('version', `The page speaks version ${wireVersion}, the host version ${hello.version}.`, 'Restart Diptych and reload the page.');
  }

  function startImport(
    sources: readonly SourceRef[],
    { what = 'runs', keepContents = true, limits = {}, known, mapping, follow = false }: StartOptions = {},
  ): ImportChannel {
    const cancelled = new AbortController();
    async function* run(): AsyncGenerator<ImportEvent> {
      let id: number | null = null;
      try {
        id = (
          await peer.call('startImport', {
            sources: sources.map((source) => source.id),
            what,
            keepContents,
            limits: { ...limits },
            ...(known && { known: { ...known } }),
            ...(mapping === undefined ? {} : { mapping }),
            follow,
          })
        ).import;
        const stream = streamOf(id);
        const running = id;
        const cancel = (): void => {
          peer.call('cancelImport', { import: running }).catch(() => {});
        };
        if (cancelled.signal.aborted) cancel();
        cancelled.signal.addEventListener('abort', cancel, { once: true });
        peer.onClose(() => {
          stream.push({
            kind: 'failed',
            message: 'The connection to the host was lost.',
            tip: 'Runs already read are kept. Reload the page and import again.',
          });
          stream.end();
        });
        for await (const event of stream.events) {
          yield event;
          if (event.kind === 'done' || event.kind === 'cancelled' || event.kind === 'failed') return;
        }
      } catch (thrown) {
        const { message, tip } = toWireError(thrown);
        yield { kind: 'failed', message, tip };
      } finally {
        if (id !== null) streams.delete(id);
      }
    }
    return { events: run(), fetchBatch, cancel: () => cancelled.abort() };
  }

  return {
    hello,
    call: peer.call,
    startImport,
    async printPdf(html, title, signal) {
      const { batch, note } = await peer.call('printPdf', { html, title }, signal);
      return { bytes: await fetchBatch(batch), note };
    },
    onSources(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClose: peer.onClose,
    close: peer.close,
  };
}
