// JSON Lines and JSON files of a training log: recognises those that hold a history.

import type { RunReader } from '../../source/reader';
import { claimsOf, stemOf } from '../_history/find';
import { isConfigFile } from '../_history/sidecar-names';
import { shapeOf } from './shape';

/** Many loops write their rows of JSON to `log.txt`. */
const ending = /\.(?:jsonl|ndjson|jl|jsonlines|json|txt|log)(?:\.gz)?$/i;
const documentEnding = /\.json(?:\.gz)?$/i;
/** Rows of JSON may have been written by anything: whoever knows a file better takes it. */
const confidence = 0.3;
const headBytes = 64 * 1024;

export const reader: RunReader = {
  meta: {
    id: 'jsonl',
    family: 'jsonl',
    title: 'JSON Lines log',
    tracker: { name: 'JSON lines', short: 'JSONL' },
    accepts: 'a JSON Lines file with one object per step, or a JSON file of a history',
    words: { metric: 'key' },
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  probe: (tree, context) =>
    claimsOf(
      tree,
      async (file, named) => {
        if (!named && (!ending.test(file.name) || isConfigFile(file.name))) return false;
        const head = await context.head(file, headBytes);
        const shape = shapeOf(head, head.length >= file.size, stemOf(file.name), named);
        return shape !== null && (named || !shape.lone || !documentEnding.test(file.name));
      },
      confidence,
    ),
  load: () => import('./read'),
};
