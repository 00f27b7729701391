// What jobs read of the store: runs are kept by their stamp, so that only the first job of many pays for reading them.

import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import type { JobStore } from '../registry/jobs';
import type { AppStore } from '../storage/contract';

/** @param open gives the store; asked each time, because another tab may have closed it */
export function jobStoreOf(open: () => Promise<Pick<AppStore, 'run' | 'points' | 'content'>>): JobStore {
  const kept = new Map<RunId, { readonly stamp: number; readonly run: Run }>();
  return {
    async runs(refs) {
      const store = await open();
      const found = await Promise.all(
        refs.map(async ({ id, stamp }) => {
          const known = kept.get(id);
          if (known?.stamp === stamp) return known.run;
          const run = await store.run(id);
          if (run) kept.set(id, { stamp, run });
          else kept.delete(id);
          return run;
        }),
      );
      return found.filter((run) => run !== null);
    },
    points: async (id, series) => (await open()).points(id, series),
    content: async (id, path) => (await open()).content(id, path),
  };
}
