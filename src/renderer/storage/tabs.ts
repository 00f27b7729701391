// Tells other tabs on the same store what changed, so that all show the same.

import type { RunId } from '../../core/base/units';

/** What else than runs was written: the settings, a workspace, or nothing is there any more. */
export type Saved = { readonly kind: 'settings' | 'wiped' } | { readonly kind: 'workspace'; readonly id: string };

/** Whoever hears of something reads it again. */
export interface Tabs {
  /** Ids of runs that were put, restored or removed. */
  changed(ids: readonly RunId[]): void;
  onChanged(listener: (ids: readonly RunId[]) => void): void;
  saved(what: Saved): void;
  onSaved(listener: (what: Saved) => void): void;
}

/** The part of BroadcastChannel that is used; a test brings its own. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

export function joinTabs(channel: ChannelLike = new BroadcastChannel('diptych-runs')): Tabs {
  let heardRuns: (ids: readonly RunId[]) => void = () => {};
  let heardSaved: (what: Saved) => void = () => {};
  channel.onmessage = ({ data }) => {
    if (Array.isArray(data)) {
      if (data.every((id) => typeof id === 'string')) heardRuns(data as RunId[]);
      return;
    }
    const { kind, id } = (typeof data === 'object' && data !== null ? data : {}) as { kind?: unknown; id?: unknown };
    if (kind === 'settings' || kind === 'wiped') heardSaved({ kind });
    if (kind === 'workspace' && typeof id === 'string') heardSaved({ kind, id });
  };
  return {
    changed: (ids) => {
      if (ids.length > 0) channel.postMessage(ids);
    },
    onChanged: (listener) => {
      heardRuns = listener;
    },
    saved: (what) => channel.postMessage(what),
    onSaved: (listener) => {
      heardSaved = listener;
    },
  };
}
