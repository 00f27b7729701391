// What neptune-exporter wrote: Parquet parts per run, the downloaded files beside them, and the exporter's report of errors.

import type { RunReader } from '../../source/reader';
import { neptune } from '../_neptune/meta';
import { exportsIn } from './find';

export const reader: RunReader = {
  meta: {
    id: 'neptune-export',
    title: 'Neptune export',
    accepts: 'the `exports` folder of neptune-exporter, or a part of it',
    ...neptune,
    // What the client recorded is not all in an export: run states and, of Neptune 2, commits are left out by the exporter.
    records: {
      seed: 'optional',
      data: 'optional',
      commit: 'optional',
      patch: 'optional',
      packages: 'optional',
      hardware: 'optional',
      command: 'optional',
      config: 'optional',
    },
  },
  async probe(tree, context) {
    return (await exportsIn(tree.root, context)).map((found) => ({
      root: found.root,
      confidence: 0.95,
      key: found.key,
      files: found.files,
      note: found.note,
    }));
  },
  load: () => import('./read'),
};
