// Tells other tabs on the same store what changed, so that all show the same.

import type { RunId } from '../../core/base/units';

/** Ids of runs that were put, restored or removed: whoever hears it reads them again. */
export interface Tabs {
  changed(ids: readonly RunId[]): void;
  onChanged(listener: (ids: readonly RunId[]) => void): void;
}

/** The part of BroadcastChannel that is used; a test brings its own. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

export function joinTabs(channel: ChannelLike = new BroadcastChannel('diptych-runs')): Tabs {
  return {
    changed: (ids) => {
      if (ids.length > 0) channel.postMessage(ids);
    },
    onChanged: (listener) => {
      channel.onmessage = ({ data }) => {
        if (Array.isArray(data) && data.every((id) => typeof id === 'string')) listener(data as RunId[]);
      };
    },
  };
}
