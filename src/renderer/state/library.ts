// All runs of the store in memory, without points: what every view starts from.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';

export type LibraryStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string; readonly tip: string };

export interface LibraryState {
  readonly status: LibraryStatus;
  /** In the order they were first imported. Without the bin. */
  readonly runs: ReadonlyMap<RunId, Run>;
}

export type LibraryStore = StoreApi<LibraryState>;

export const createLibraryStore = (): LibraryStore => createStore<LibraryState>(() => ({ status: { kind: 'loading' }, runs: new Map() }));

/** Adds or replaces runs; a known run keeps its place. */
export const withRuns =
  (added: readonly Run[]) =>
  (state: LibraryState): Partial<LibraryState> => {
    if (added.length === 0) return state;
    const runs = new Map(state.runs);
    for (const run of added) runs.set(run.id, run);
    return { runs };
  };

export const withoutRuns =
  (ids: Iterable<RunId>) =>
  (state: LibraryState): Partial<LibraryState> => {
    const runs = new Map(state.runs);
    for (const id of ids) runs.delete(id);
    return { runs };
  };
