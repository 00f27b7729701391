// Tables of a training log: recognises CSV, TSV and the like that hold a history.

import type { RunReader } from '../../source/reader';
import { claimsOf, stemOf } from '../_history/find';
import { tableOf } from '../_history/table';

const ending = /\.(?:csv|tsv|tab|txt|dat|log)(?:\.gz)?$/i;
/** Any table may have been written by anything: whoever knows a file better takes it. */
const confidence = 0.3;

export const reader: RunReader = {
  meta: {
    id: 'csv',
    family: 'csv',
    title: 'CSV log',
    tracker: { name: 'CSV', short: 'CSV' },
    accepts: 'a CSV or TSV file with one row per step or epoch',
    words: { metric: 'column' },
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional' },
  },
  probe: (tree, context) =>
    claimsOf(
      tree,
      async (file, named) => {
        if (!named && !ending.test(file.name)) return false;
        const head = await context.head(file, 64 * 1024);
        return tableOf(head, head.length >= file.size, stemOf(file.name), named) !== null;
      },
      confidence,
    ),
  load: () => import('./read'),
};
