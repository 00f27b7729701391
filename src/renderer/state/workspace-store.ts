// Holds the open workspace with its undo history, and tells who saves it.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { amend, type History, historyOf, record, redo, undo } from './history';
import { type Change, emptyWorkspace, type Workspace } from './workspace';

export interface ChangeOptions {
  /** Successive changes with the same key are one undo step. */
  readonly key?: string;
  /** False for what is not arrangement: checking boxes, runs coming in. */
  readonly undoable?: boolean;
}

export interface WorkspaceState {
  readonly history: History<Workspace>;
  change(label: string, change: Change, options?: ChangeOptions): void;
  undo(): void;
  redo(): void;
  /** Opens another workspace, with a history of its own. */
  open(workspace: Workspace): void;
}

export type WorkspaceStore = StoreApi<WorkspaceState>;

/** @param now milliseconds; given by tests */
export const createWorkspaceStore = (now: () => number = () => performance.now()): WorkspaceStore =>
  createStore<WorkspaceState>((set) => ({
    history: historyOf(emptyWorkspace()),
    change: (label, change, { key, undoable = true } = {}) =>
      set(({ history }) => {
        const next = change(history.now);
        return { history: undoable ? record(history, next, label, now(), key ?? null) : amend(history, next) };
      }),
    undo: () => set(({ history }) => ({ history: undo(history) })),
    redo: () => set(({ history }) => ({ history: redo(history) })),
    open: (workspace) => set({ history: historyOf(workspace) }),
  }));
