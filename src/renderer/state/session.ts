// What lasts as long as the window: hover, open overlays. Nothing here is saved or undone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';

export interface SessionState {
  /** The run under the pointer, highlighted everywhere. */
  readonly hovered: RunId | null;
  /** The run that the arrow keys stand on. */
  readonly current: RunId | null;
  /** Id of the overlay that is open: `palette`, `keys`, …. One at a time. */
  readonly overlay: string | null;
}

export type SessionStore = StoreApi<SessionState>;

export const createSessionStore = (): SessionStore => createStore<SessionState>(() => ({ hovered: null, current: null, overlay: null }));
