// One page's connection: answers the wire's requests with what this host can do, and cleans up when the page goes.
import { WireError } from '../wire/errors';
import { allowedAddress } from '../wire/external';
import { type Capability, type HostEvent, hostApi, type SourceRef, wireVersion } from '../wire/host-api';
import { createPeer, type Handlers } from '../wire/peer';
import type { Transport } from '../wire/transport';
import type { Batches } from './batches';
import { browse, sourceState } from './browse';
import type { Environment } from './http/wire-up';
import { type RunningImport, startImport } from './imports';
import type { Places } from './places';
import { Secret, type SecretStore, secretKey } from './secrets/secrets';
import type { SourceJob } from './sources/source-at';
import { surveySource } from './survey';
import type { Connections } from './trackers/connections';

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
  readonly secrets: SecretStore;
  /** Names proxies, and what trackers' own clients read; the process's own unless given. */
  readonly env?: Environment;
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
  const { places, batches, secrets, shell } = services;
  const imports = new Map<number, RunningImport>();
  const unfetched = new Set<number>();
  const forTrackers = { secrets, env: services.env ?? process.env, version: services.app };
  let opened: Promise<Connections> | null = null;
  // Every tracker's own part comes along with this: it is loaded when one is asked for.
  const connections = (): Promise<Connections> => {
    opened ??= import('./trackers/connections').then(({ createConnections }) => createConnections(forTrackers));
    return opened;
  };
  const jobOf = async (id: string): Promise<SourceJob> => {
    const bucket = places.bucket(id);
    return bucket ? (await keptBuckets()).bucketJob(bucket, forTrackers) : places.source(id).path;
  };
  const tell = (event: HostEvent): void => peer.notify(event);

  const handlers: Handlers<typeof hostApi> = {
    hello: () => ({ version: wireVersion, app: services.app, capabilities: capabilitiesOf(shell), sources: [...services.takeWaiting()] }),
    choose: ({ places: ids }) => [...places.admit(ids.map((id) => places.shown(id)))],
    sourceState: ({ source }, signal) => {
      const place = places.tracker(source);
      if (place) return keptPlaces().then(({ trackerState }) => trackerState(place, forTrackers, signal));
      const bucket = places.bucket(source);
      return bucket ? keptBuckets().then(({ bucketState }) => bucketState(bucket, forTrackers, signal)) : sourceState(places.source(source).path, signal);
    },
    startImport: async ({ sources, what, keepContents, limits, mapping, known, follow = false }) => {
      if (follow && sources.length !== 1) throw new WireError('bad-message', 'One source is followed at a time.');
      const place = places.tracker(sources[0] ?? '');
      if (sources.some((id) => places.tracker(id)) && sources.length > 1) throw new WireError('bad-message', 'A tracker is read by itself.');
      if (place && what === 'code') throw new WireError('refused', 'Code is read from disk.', 'Open the folder of the project.');
      const paths = place ? [] : await Promise.all(sources.map(jobOf));
      const tracker = place ? { tracker: await (await keptPlaces()).trackerJob(place, forTrackers) } : {};
      const id = ++lastImport;
      const running = startImport({
        job: { paths, ...tracker, what, keepContents, limits, follow, ...(known && { known }), ...(mapping === undefined ? {} : { mapping }) },
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
    trackers: async () => [...(await connections()).forms()],
    connect: async (asked, signal) => {
      const { connectBucket, isBucket } = await import('./buckets/connect');
      if (!isBucket(asked)) return (await connections()).connect(asked, signal);
      const found = await connectBucket(asked, forTrackers, signal);
      return 'code' in found ? { kind: 'refused', ...found } : { kind: 'place', source: places.admitBucket(found) };
    },
    projects: async ({ connection, anew }, signal) => (await connections()).projects(connection, anew, signal),
    listRuns: async ({ connection, query, anew }, signal) => (await connections()).runs(connection, query, anew, signal),
    keepRuns: async ({ connection, query, label }) => places.admitTracker((await connections()).place(connection, query, label)),
    disconnect: async ({ connection }) => {
      (await connections()).close(connection);
      return null;
    },
    survey: async ({ source, mapping }, signal) => surveySource({ place: await jobOf(source), mapping }, signal, services.workerFile),
    cancelImport: ({ import: id }) => {
      imports.get(id)?.cancel();
      return null;
    },
    secretState: async ({ kind, address }) => {
      const key = secretKey(kind, address);
      return { protection: await secrets.protection(), kept: (await secrets.get(key)) !== null };
    },
    keepSecret: async ({ kind, address, secret, remember }) => {
      await secrets.set(secretKey(kind, address), new Secret(secret), remember);
      return null;
    },
    forgetSecret: async ({ kind, address }) => {
      await secrets.delete(secretKey(kind, address));
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
        if (allowedAddress(url) === null) throw new WireError('refused', 'This address is not opened.', 'Copy it into your browser if you trust it.');
        await shell.openExternal?.(url);
        return null;
      },
    }),
  };
  const peer = createPeer(transport, { api: hostApi, handlers }, {});
  transport.onClose(() => {
    for (const running of imports.values()) running.cancel();
    opened?.then((all) => all.closeAll()).catch(() => {});
    for (const id of unfetched) batches.drop(id);
  });
  return { offer: (sources) => tell({ kind: 'sources', sources: [...sources] }), close: peer.close };
}

const keptPlaces = () => import('./trackers/kept-place');
const keptBuckets = () => import('./buckets/kept');

/** Import numbers are unique in the host, not only in a session. */
let lastImport = 0;

function capabilitiesOf(shell: Shell): Capability[] {
  const found: Capability[] = ['connect'];
  if (shell.pick) found.push('pick');
  if (shell.browseFrom !== undefined) found.push('browse');
  if (shell.printPdf) found.push('print-pdf');
  if (shell.openExternal) found.push('open-external');
  return found;
}
