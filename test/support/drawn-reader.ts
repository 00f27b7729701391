// A reader for tests: says the events that it was given for every file with its ending.

import type { RunEvent } from '../../src/core/model/events';
import type { Read, RunReader } from '../../src/core/source/reader';
import { walkFiles } from '../../src/core/source/source';

/**
 * Claims every `*.<id>` file, each as a run of its own; `read` is what it does with one.
 * @param read events, or a read function
 */
export function drawnReader(id: string, read: readonly RunEvent[] | Read): RunReader {
  const reading: Read =
    typeof read === 'function'
      ? read
      : async function* () {
          yield* read;
        };
  return {
    meta: { id, family: id, title: `The ${id}`, tracker: { name: `The ${id}`, short: id }, accepts: `a .${id} file` },
    async probe(tree) {
      return [...walkFiles(tree.root)]
        .filter(({ name }) => name.endsWith(`.${id}`))
        .map((file) => ({ root: tree.root, confidence: 0.9, key: [file], files: [file] }));
    },
    load: async () => ({ read: reading }),
  };
}

/** The events of a run with one series `loss` over steps 0, 1, … */
export function drawnEvents(nativeId: string, path: string, losses: readonly number[], more: readonly RunEvent[] = []): RunEvent[] {
  const run = 0;
  return [
    { kind: 'begin', run, identity: { nativeId }, path },
    { kind: 'series', run, series: 0, key: { name: 'loss', context: {} } },
    { kind: 'points', run, series: 0, steps: Float64Array.from(losses, (_, i) => i), values: Float64Array.from(losses), times: null },
    ...more,
  ];
}
