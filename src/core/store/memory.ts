// Runs in memory: the command line's store, and the one that tests of views use.

import type { RunId } from '../base/units';
import { settledWith } from '../model/extracts';
import type { ReadRun, Run } from '../model/run';
import type { RunStore } from './contract';
import { sameContents } from './same';

/** A store over a Map. Nothing is copied: what was put is what is given. */
export function memoryStore(): RunStore {
  const kept = new Map<RunId, ReadRun>();
  const bin = new Map<RunId, ReadRun>();
  const move = (ids: readonly RunId[], from: Map<RunId, ReadRun>, to: Map<RunId, ReadRun>) => {
    for (const id of ids) {
      const read = from.get(id);
      if (!read) continue;
      from.delete(id);
      to.set(id, read);
    }
  };
  return {
    async put(read) {
      const before = kept.get(read.run.id);
      const known = before ?? bin.get(read.run.id);
      bin.delete(read.run.id);
      const taken = before ? settledWith(before, read) : read;
      kept.set(read.run.id, taken);
      if (!known) return 'added';
      return sameContents(known.run, taken.run) ? 'unchanged' : 'updated';
    },
    async runs(): Promise<readonly Run[]> {
      return [...kept.values()].map(({ run }) => run);
    },
    async points(id, series) {
      const read = kept.get(id);
      if (!read) throw new Error(`there is no run ${id}`);
      return series.map((index) => {
        const points = read.points[index];
        if (!points) throw new Error(`run ${id} has no series ${index}`);
        return points;
      });
    },
    async content(id, path) {
      return kept.get(id)?.contents.find((content) => content.path === path)?.bytes ?? null;
    },
    async remove(ids) {
      move(ids, kept, bin);
    },
    async restore(ids) {
      move(ids, bin, kept);
    },
    async purge(ids) {
      for (const id of ids) bin.delete(id);
    },
  };
}
