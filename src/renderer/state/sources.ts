// The sources that the host has read for this page: how each stands, refreshing what changed, following what grows.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import type { ClaimMark } from '../../core/ingest/contract';
import type { Look } from '../../core/ingest/follow';
import type { Run } from '../../core/model/run';
import type { SourceRef } from '../../wire/host-api';
import type { ImportChannel } from '../../wire/imports';
import type { Capabilities } from '../boot/capabilities';
import type { Importer, ImportListener, Written } from '../workers/importer';
import type { App } from './app';
import { grownRuns } from './grown-runs';
import { withdrawRun } from './run-actions';
import { loadClaims, loadSources, marksOf, type SourceRecord, saveClaims, saveSources } from './source-book';

/** How a source stands beside what was read of it. */
export type Standing = 'unknown' | 'unchanged' | 'changed' | 'growing' | 'gone';

export interface Following {
  /** What the last look showed; null before the first. */
  readonly look: Look | null;
  /** When a look last showed a change, by the page's clock. */
  readonly changedAtMs: number | null;
}

export interface SourceState extends SourceRecord {
  readonly standing: Standing;
  readonly following: Following | null;
  readonly refreshing: boolean;
}

export interface SourcesState {
  /** Last read first. */
  readonly list: readonly SourceState[];
  /** Runs that have grown while they were followed, as long as they are. */
  readonly live: ReadonlySet<RunId>;
}

export interface Sources {
  readonly store: StoreApi<SourcesState>;
  /** What was read before; says where following ended with the page. */
  load(): Promise<void>;
  /** Takes note of an import that begins. */
  reading(sources: readonly SourceRef[]): ImportListener;
  /** Asks the host how the sources stand. */
  look(): Promise<void>;
  /** Reads what changed since the last time. */
  refresh(id: string): Promise<void>;
  /** Reads on as the source grows, until it is stopped or all its runs have ended. */
  follow(id: string): Promise<void>;
  stop(id: string): void;
  /** Takes a source off the list; its runs stay. */
  forget(id: string): void;
}

type Deps = Pick<App, 'capabilities' | 'storage' | 'library' | 'workspace' | 'tabs' | 'idle' | 'toasts' | 'settings'> & {
  readonly importer: Pick<Importer, 'start'>;
  readonly write: (batch: Uint8Array<ArrayBuffer>) => Promise<readonly Written[]>;
  readonly admit: (written: readonly Written[]) => void;
  readonly explain: (error: unknown) => { readonly message: string; readonly tip: string };
  readonly now: () => number;
};

/** A file that was written this recently is likely to be written again. */
const growingMs = 120_000;
const mostListed = 200;

const isEnded = (run: Run | undefined): boolean => run !== undefined && (run.status === 'finished' || run.status === 'failed' || run.status === 'killed');

export function createSources(deps: Deps): Sources {
  const { capabilities, storage, library, idle, toasts, settings } = deps;
  const store = createStore<SourcesState>(() => ({ list: [], live: new Set() }));
  const channels = new Map<string, ImportChannel>();
  const find = (id: string): SourceState | undefined => store.getState().list.find(({ ref }) => ref.id === id);

  const save = (): void => {
    const records = store.getState().list.map(({ ref, fingerprint, readAtMs, followed }) => ({ ref, fingerprint, readAtMs, followed }));
    idle.track('sources', saveSources(storage, records)).catch(() => {});
  };
  const update = (id: string, change: Partial<SourceState>): void =>
    store.setState(({ list }) => ({ list: list.map((source) => (source.ref.id === id ? { ...source, ...change } : source)) }));

  /** A source that was told how to be read is read so again. */
  const mappingOf = (id: string): { readonly mapping?: string } => {
    const mapping = settings.getState().mappings[id];
    return mapping === undefined ? {} : { mapping };
  };

  const fingerprintOf = async (id: string): Promise<string | null> => {
    const state = await capabilities.sourceState?.(id).catch(() => null);
    return state?.fingerprint ?? null;
  };

  /** Keeps what claims gave; runs that have grown into others take their place. */
  const claimed = async (id: string, claims: readonly ClaimMark[]): Promise<void> => {
    const book = await loadClaims(storage, id);
    const read = async (ids: Iterable<RunId>) => (await Promise.all([...ids].map((run) => storage.run(run)))).filter((run) => run !== null);
    const before = new Set(claims.flatMap(({ key }) => (Object.hasOwn(book, key) ? (book[key]?.runs ?? []) : [])));
    const now = new Set(claims.flatMap((claim) => claim.runs));
    const gone = [...before].filter((run) => !now.has(run));
    const came = [...now].filter((run) => !before.has(run));
    if (gone.length > 0 && came.length > 0) {
      for (const [run, by] of await grownRuns(await read(gone), await read(came), storage)) await withdrawRun(deps, run, by);
    }
    await saveClaims(storage, id, { ...book, ...Object.fromEntries(claims.map((claim) => [claim.key, claim])) });
  };

  const reading = (sources: readonly SourceRef[]): ImportListener => {
    const before = sources.map((source) => fingerprintOf(source.id));
    return {
      claims: (at, claims) => (sources[at] ? claimed(sources[at].id, claims) : Promise.resolve()),
      ended: (phase) => {
        if (phase.kind !== 'done') return;
        const done = Promise.all(before).then((fingerprints) => {
          const read = sources.map(
            (ref, at): SourceState => ({
              ref,
              fingerprint: fingerprints[at] ?? null,
              readAtMs: deps.now(),
              followed: find(ref.id)?.followed ?? false,
              standing: 'unknown',
              following: find(ref.id)?.following ?? null,
              refreshing: false,
            }),
          );
          store.setState(({ list }) => ({ list: [...read, ...list.filter(({ ref }) => !read.some((one) => one.ref.id === ref.id))].slice(0, mostListed) }));
          save();
        });
        idle.track('sources', done.then(look)).catch(() => {});
      },
    };
  };

  const look = async (): Promise<void> => {
    if (!capabilities.sourceState) return;
    for (const { ref, fingerprint, following } of store.getState().list) {
      if (following) continue;
      const state = await capabilities.sourceState(ref.id).catch(() => null);
      update(ref.id, { standing: standingOf(state, fingerprint) });
    }
  };

  const refresh = async (id: string): Promise<void> => {
    const source = find(id);
    if (!source || !capabilities.importSources || source.refreshing || source.following) return;
    update(id, { refreshing: true });
    const known = marksOf(await loadClaims(storage, id), () => true);
    const listener = reading([source.ref]);
    deps.importer.start(source.ref.label, capabilities.importSources([source.ref], settings.getState().limits, { known, ...mappingOf(id) }), {
      ...listener,
      origin: { kind: 'host', sources: [source.ref] },
      refresh: true,
      ended: (phase) => {
        update(id, { refreshing: false });
        listener.ended?.(phase);
      },
    });
  };

  const follow = async (id: string): Promise<void> => {
    const source = find(id);
    if (!source || !capabilities.followSource || source.following) return;
    update(id, { following: { look: null, changedAtMs: null }, followed: true });
    save();
    const { runs } = library.getState();
    // What may still grow is read once more: only so can it be read on.
    const known = marksOf(await loadClaims(storage, id), (claim) => claim.runs.length > 0 && claim.runs.every((run) => isEnded(runs.get(run))));
    const channel = capabilities.followSource(source.ref, settings.getState().limits, { known, ...mappingOf(id) });
    channels.set(id, channel);
    await consume(id, source.ref.label, channel);
  };

  const consume = async (id: string, label: string, channel: ImportChannel): Promise<void> => {
    const mine = new Set<RunId>();
    let looks = 0;
    let end: (() => void) | null = idle.begin('follow');
    const busy = (): void => {
      end ??= idle.begin('follow');
    };
    try {
      for await (const event of channel.events) {
        if (event.kind === 'batch') {
          busy();
          const written = await deps.write(await channel.fetchBatch(event.id));
          deps.admit(written);
          for (const { run, outcome } of written)
            if (looks > 0 && outcome !== 'unchanged' && !isEnded(run)) mine.add(run.id);
            else if (isEnded(run)) mine.delete(run.id);
          showLive();
        } else if (event.kind === 'claims') await claimed(id, event.claims);
        else if (event.kind === 'withdrawn') await withdrawRun(deps, event.run, event.by);
        else if (event.kind === 'looked') {
          looks += 1;
          const changed = event.look.state === 'changed' && looks > 1;
          const before = find(id)?.following?.changedAtMs ?? null;
          update(id, { following: { look: event.look, changedAtMs: changed ? deps.now() : before }, readAtMs: deps.now() });
          end?.();
          end = null;
        } else if (event.kind === 'done') toasts.show({ kind: 'good', text: `All runs of ${label} have ended.`, detail: 'They are not followed any more.' });
        else if (event.kind === 'failed') toasts.show({ kind: 'bad', text: `${label} is not followed any more.`, detail: `${event.message} ${event.tip}` });
      }
    } catch (error) {
      channel.cancel();
      const { message, tip } = deps.explain(error);
      toasts.show({ kind: 'bad', text: `${label} is not followed any more.`, detail: `${message} ${tip}` });
    } finally {
      end?.();
      channels.delete(id);
      for (const run of mine) live.delete(run);
      mine.clear();
      showLive();
      update(id, { following: null, followed: false, fingerprint: await fingerprintOf(id) });
      save();
      await look().catch(() => {});
    }

    function showLive(): void {
      for (const run of mine) live.add(run);
      const shown = store.getState().live;
      if (shown.size !== live.size || [...live].some((run) => !shown.has(run))) store.setState({ live: new Set(live) });
    }
  };
  const live = new Set<RunId>();

  return {
    store,
    load: async () => {
      const records = await loadSources(storage);
      store.setState({ list: records.map((record) => ({ ...record, standing: 'unknown', following: null, refreshing: false })) });
      const stopped = records.filter(({ followed }) => followed);
      if (stopped.length === 0 || !capabilities.followSource) return;
      toasts.show({
        kind: 'info',
        text: `${stopped.map(({ ref }) => ref.label).join(', ')} ${stopped.length === 1 ? 'was' : 'were'} being followed.`,
        action: { label: 'Follow again', run: () => stopped.forEach(({ ref }) => void follow(ref.id)) },
      });
    },
    reading,
    look: () => idle.track('sources', look()),
    refresh,
    follow,
    stop: (id) => channels.get(id)?.cancel(),
    forget: (id) => {
      channels.get(id)?.cancel();
      store.setState(({ list }) => ({ list: list.filter(({ ref }) => ref.id !== id) }));
      save();
    },
  };
}

/** @param fingerprint of what was read; null where that is not known */
function standingOf(state: Awaited<ReturnType<NonNullable<Capabilities['sourceState']>>> | null, fingerprint: string | null): Standing {
  if (!state) return 'unknown';
  if (state.state === 'gone') return 'gone';
  if (fingerprint === null) return 'unknown';
  if (state.fingerprint === fingerprint) return 'unchanged';
  return state.quietMs !== null && state.quietMs < growingMs ? 'growing' : 'changed';
}
