// One page's connection: answers the wire's requests with what this host can do, and cleans up when the page goes.
import { WireError } from '../wire/errors';
import { type Capability, type HostEvent, hostApi, type SourceRef, wireVersion } from '../wire/host-api';
import { createPeer, type Handlers } from '../wire/peer';
import type { Transport } from '../wire/transport';
import type { Batches } from './batches';
import { browse, sourceState } from './browse';
import { type RunningImport, startImport } from './imports';
import type { Places } from './places';
import { surveySource } from './survey';

/** What the front door around the host can do; left out where it cannot. */
export interface Shell {
  /** A native dialog. */
  pick?(kind: 'folder' | 'file'): Promise<readonly string[]>;
  /** Where the page's own picker starts. */
  readonly browseFrom?: string;
  printPdf?(html: string, title: string, signal: AbortSignal): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly note: string | null }>;
  openExternal?(url: string): Promise<void>;
}

export interface HostServices {
  readonly app: string;
  readonly places: Places;
  readonly batches: Batches;
  readonly shell: Shell;
  /** Sources that wait for a page; each is given once. */
  takeWaiting(): readonly SourceRef[];
  readonly workerFile?: string;
}

export interface Session {
  /** Tells the page of more sources. */
  offer(sources: readonly SourceRef[]): void;
  close(): void;
}

/** Serves a page over a transport until it closes; imports that still run are cancelled then. */
export function openSession(transport: Transport, services: HostServices): Session {
  const { places, batches, shell } = services;
  const imports = new Map<number, RunningImport>();
  const unfetched = new Set<number>();
  const tell = (event: HostEvent): void => peer.notify(event);

  const handlers: Handlers<typeof hostApi> = {
    hello: () => ({ version: wireVersion, app: services.app, capabilities: capabilitiesOf(shell), sources: [...services.takeWaiting()] }),
    choose: ({ places: ids }) => [...places.admit(ids.map((id) => places.shown(id)))],
    sourceState: ({ source }, signal) => sourceState(places.source(source).path, signal),
    startImport: ({ sources, what, keepContents, limits, mapping, known, follow = false }) => {
      if (follow && sources.length !== 1) throw new WireError('bad-message', 'One source is followed at a time.');
      const paths = sources.map((id) => places.source(id).path);
      const id = ++lastImport;
      const running = startImport({
        job: { paths, what, keepContents, limits, follow, ...(known && { known }), ...(mapping === undefined ? {} : { mapping }) },
        batches,
        workerFile: services.workerFile,
        tell(event) {
          if (event.kind === 'batch') unfetched.add(event.id);
          if (event.kind === 'done' || event.kind === 'cancelled' || event.kind === 'failed') imports.delete(id);
          tell({ kind: 'import', import: id, event });
        },
      });
      imports.set(id, running);
      return { import: id };
    },
    survey: ({ source, mapping }, signal) => surveySource({ path: places.source(source).path, mapping }, signal, services.workerFile),
    cancelImport: ({ import: id }) => {
      imports.get(id)?.cancel();
      return null;
    },
    ...(shell.browseFrom !== undefined && {
      browse: ({ place }) => browse(place === null ? (shell.browseFrom as string) : places.shown(place), places),
    }),
    ...(shell.pick && { pick: async ({ kind }) => [...places.admit((await shell.pick?.(kind)) ?? [])] }),
    ...(shell.printPdf && {
      printPdf: async ({ html, title }, signal) => {
        const printed = await shell.printPdf?.(html, title, signal);
        if (!printed) throw new WireError('unavailable', 'Printing is not available here.');
        const batch = batches.add(printed.bytes);
        unfetched.add(batch);
        return { batch, bytes: printed.bytes.length, note: printed.note };
      },
    }),
    ...(shell.openExternal && {
      openExternal: async ({ url }) => {
        if (!isHttps(url)) throw new WireError('refused', 'Only https addresses are opened.');
        await shell.openExternal?.(url);
        return null;
      },
    }),
  };
  const peer = createPeer(transport, { api: hostApi, handlers }, {});
  transport.onClose(() => {
    for (const running of imports.values()) running.cancel();
    for (const id of unfetched) batches.drop(id);
  });
  return { offer: (sources) => tell({ kind: 'sources', sources: [...sources] }), close: peer.close };
}

/** Import numbers are unique in the host, not only in a session. */
let lastImport = 0;

function capabilitiesOf(shell: Shell): Capability[] {
  const found: Capability[] = [];
  if (shell.pick) found.push('pick');
  if (shell.browseFrom !== undefined) found.push('browse');
  if (shell.printPdf) found.push('print-pdf');
  if (shell.openExternal) found.push('open-external');
  return found;
}

function isHttps(url: string): boolean {
  try {
    return new URL(url).protocol === 'https:';
  } catch {
    return false;
  }
}
