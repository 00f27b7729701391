// Holds the open workspace with its undo history, and tells who saves it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { amend, type History, historyOf, record, redo, undo } from './history';
import { mergeChanges } from './merge';
import { type Change, emptyWorkspace, type Workspace } from './workspace';

export interface ChangeOptions {
  /** Successive changes with the same key are one undo step. */
  readonly key?: string;
  /** False for what is not arrangement: checking boxes, runs coming in. */
  readonly undoable?: boolean;
}

export interface WorkspaceState {
  readonly history: History<Workspace>;
  /** The workspace as it was opened: another object whenever one is. */
  readonly opened: Workspace;
  /** What was open before must not be saved any more: it was deleted. */
  readonly discarded: boolean;
  change(label: string, change: Change, options?: ChangeOptions): void;
  undo(): void;
  redo(): void;
  /** Takes over what another window changed since `base`; what was changed here stays, and so does the way back. */
  adopt(base: Workspace, theirs: Workspace): void;
  /** Opens another workspace, with a history of its own; `discard`: what was open is not saved once more. */
  open(workspace: Workspace, options?: { readonly discard?: boolean }): void;
}

export type WorkspaceStore = StoreApi<WorkspaceState>;

/** @param now milliseconds; given by tests */
export const createWorkspaceStore = (now: () => number = () => performance.now()): WorkspaceStore =>
  createStore<WorkspaceState>((set) => {
    const first = emptyWorkspace();
    return {
      history: historyOf(first),
      opened: first,
      discarded: false,
      change: (label, change, { key, undoable = true } = {}) =>
        set(({ history }) => {
          const next = change(history.now);
          return { history: undoable ? record(history, next, label, now(), key ?? null) : amend(history, next) };
        }),
      undo: () => set(({ history }) => ({ history: undo(history) })),
      redo: () => set(({ history }) => ({ history: redo(history) })),
      adopt: (base, theirs) => set(({ history }) => ({ history: amend(history, mergeChanges(base, history.now, theirs)) })),
      open: (workspace, { discard = false } = {}) => set({ history: historyOf(workspace), opened: workspace, discarded: discard }),
    };
  });
