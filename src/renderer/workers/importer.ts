// Takes any import, from the page's worker or from the host, and writes its runs to the store.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Issue } from '../../core/base/issues';
import type { RunId } from '../../core/base/units';
import type { ClaimMark, Progress } from '../../core/ingest/contract';
import type { Run } from '../../core/model/run';
import type { SourceRef } from '../../wire/host-api';
import type { ImportChannel, ImportEvent } from '../../wire/imports';
import type { PutOutcome } from '../storage/contract';
import type { KeptDrop } from './dropped';

export type ImportPhase =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly ms: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly tip: string };

export type ImportOrigin = { readonly kind: 'drop'; readonly drop: KeptDrop } | { readonly kind: 'host'; readonly sources: readonly SourceRef[] };

/** One import as the panel shows it. */
export interface ImportState {
  readonly id: number;
  readonly label: string;
  /** Where it was read from, to read it again or otherwise; null where that is not kept. */
  readonly origin: ImportOrigin | null;
  readonly phase: ImportPhase;
  readonly startedAt: number;
  readonly progress: Progress | null;
  readonly outcomes: Readonly<Record<PutOutcome, number>>;
  readonly runs: readonly RunId[];
  readonly points: number;
  readonly bytes: number;
  readonly issues: readonly { readonly issue: Issue; readonly run: string | null }[];
  /** Only what changed was read. */
  readonly refresh: boolean;
}

/** What whoever starts an import wants to hear of it. */
export interface ImportListener {
  readonly origin?: ImportOrigin;
  readonly refresh?: boolean;
  /** Runs of these claims are in the store. */
  readonly claims?: (source: number, claims: readonly ClaimMark[]) => Promise<void>;
  readonly ended?: (phase: ImportPhase) => void;
}

export interface Importer {
  /** Newest last. */
  readonly store: StoreApi<readonly ImportState[]>;
  /** Starts and returns at once; the state tells how it goes. */
  start(label: string, channel: ImportChannel, listener?: ImportListener): number;
  cancel(id: number): void;
  /** Takes an ended import off the panel. */
  dismiss(id: number): void;
}

export interface Written {
  readonly run: Run;
  readonly outcome: PutOutcome;
}

export interface ImporterDeps {
  /** Unpacks a batch and puts its runs, each all or nothing. @throws StorageFull and whatever the database throws */
  readonly write: (batch: Uint8Array<ArrayBuffer>) => Promise<readonly Written[]>;
  /** Runs are in the store: show them. */
  readonly admit: (written: readonly Written[]) => void;
  /** Keeps the record of an ended import. */
  readonly ended: (state: ImportState) => void;
  readonly begin: (label: string) => () => void;
  readonly now: () => number;
  /** Words for what the database throws. */
  readonly explain: (error: unknown) => { readonly message: string; readonly tip: string };
}

const none: Readonly<Record<PutOutcome, number>> = { added: 0, updated: 0, unchanged: 0 };
const issuesShown = 5000;

export function createImporter(deps: ImporterDeps): Importer {
  const store = createStore<readonly ImportState[]>(() => []);
  const channels = new Map<number, ImportChannel>();
  let next = 1;

  const update = (id: number, change: (state: ImportState) => Partial<ImportState>): void =>
    store.setState((all) => all.map((state) => (state.id === id ? { ...state, ...change(state) } : state)), true);

  const take = async (id: number, channel: ImportChannel, event: ImportEvent, listener: ImportListener): Promise<void> => {
    switch (event.kind) {
      case 'progress':
        return update(id, () => ({ progress: event.progress }));
      case 'issue':
        return update(id, ({ issues }) => ({ issues: [...issues, { issue: event.issue, run: null }].slice(0, issuesShown) }));
      case 'batch': {
        const written = await deps.write(await channel.fetchBatch(event.id));
        deps.admit(written);
        return update(id, (state) => withWritten(state, written));
      }
      case 'claims':
        return listener.claims?.(event.source, event.claims);
      case 'withdrawn':
      case 'looked':
        // Said while following, which is not an import.
        return;
      case 'done':
        return update(id, () => ({ phase: { kind: 'done', ms: event.ms }, points: event.points, bytes: event.bytes }));
      case 'cancelled':
        return update(id, () => ({ phase: { kind: 'cancelled' } }));
      case 'failed':
        return update(id, () => ({ phase: { kind: 'failed', message: event.message, tip: event.tip } }));
    }
  };

  const consume = async (id: number, channel: ImportChannel, listener: ImportListener): Promise<void> => {
    const end = deps.begin('import');
    try {
      // After a cancel, what waits to be written is left; what is being written is finished, whole.
      for await (const event of channel.events) if (channels.has(id)) await take(id, channel, event, listener);
    } catch (error) {
      channel.cancel();
      const { message, tip } = deps.explain(error);
      update(id, () => ({ phase: { kind: 'failed', message, tip } }));
    } finally {
      channels.delete(id);
      update(id, ({ phase }) => (phase.kind === 'running' ? { phase: { kind: 'cancelled' } } : {}));
      const state = store.getState().find((one) => one.id === id);
      if (state) {
        deps.ended(state);
        listener.ended?.(state.phase);
      }
      end();
    }
  };

  return {
    store,
    start: (label, channel, listener = {}) => {
      const id = next++;
      channels.set(id, channel);
      const state: ImportState = {
        id,
        label,
        origin: listener.origin ?? null,
        phase: { kind: 'running' },
        startedAt: deps.now(),
        progress: null,
        outcomes: none,
        runs: [],
        points: 0,
        bytes: 0,
        issues: [],
        refresh: listener.refresh ?? false,
      };
      store.setState((all) => [...all, state], true);
      void consume(id, channel, listener);
      return id;
    },
    cancel: (id) => {
      const channel = channels.get(id);
      if (!channel) return;
      channels.delete(id);
      channel.cancel();
      update(id, () => ({ phase: { kind: 'cancelled' } }));
    },
    dismiss: (id) => store.setState((all) => all.filter((state) => state.id !== id || state.phase.kind === 'running'), true),
  };
}

function withWritten(state: ImportState, written: readonly Written[]): Partial<ImportState> {
  const outcomes = { ...state.outcomes };
  for (const { outcome } of written) outcomes[outcome] += 1;
  const issues = written.flatMap(({ run }) => run.issues.map((issue) => ({ issue, run: run.name ?? run.path })));
  return {
    outcomes,
    runs: [...state.runs, ...written.map(({ run }) => run.id)],
    issues: [...state.issues, ...issues].slice(0, issuesShown),
  };
}
