// SKELETON: one line on what this reader recognises.

import type { Claim, RunReader } from '../../source/reader';
import { walkDirs } from '../../source/source';

export const reader: RunReader = {
  meta: {
    // SKELETON: the folder's name; the tracker; words for people; what the tracker records by itself or when asked.
    id: '_skeleton',
    family: 'skeleton',
    title: 'Skeleton',
    tracker: { name: 'Skeleton', short: 'Sk' },
    accepts: 'a `run.skeleton` file',
    records: { config: 'auto' },
  },
  /** Cheap: names, sizes and first bytes only. Claims every file that reading needs, so that nobody else reads it. */
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const log = dir.files.get('run.skeleton');
      if (!log) continue;
      const head = new TextDecoder().decode(await context.head(log, 9));
      if (head === 'skeleton\n') claims.push({ root: dir, confidence: 0.95, key: [log], files: [log] });
    }
    return claims;
  },
  load: () => import('./read'),
};
