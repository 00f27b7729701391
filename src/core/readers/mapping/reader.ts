// Folders with a `diptych.mapping.json`: takes the files that it names, as a person said how they are read.

import { mappingFileBytes, mappingFileName } from '../../mapping/mapping';
import type { Claim, RunReader } from '../../source/reader';
import { walkDirs } from '../../source/source';

export const reader: RunReader = {
  meta: {
    id: 'mapping',
    family: 'mapping',
    title: 'Custom logs',
    tracker: { name: 'Custom log', short: 'Log' },
    accepts: 'logs of your own, with a `diptych.mapping.json` beside them',
    records: { config: 'optional', commit: 'optional', patch: 'optional', packages: 'optional', seed: 'optional' },
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    if (tree.mapping !== undefined) claims.push(...(await import('./find')).givenClaims(tree, tree.mapping));
    for (const dir of walkDirs(tree.root)) {
      const file = dir.files.get(mappingFileName);
      if (!file || (dir === tree.root && tree.mapping !== undefined)) continue;
      // The parser brings an engine for patterns along: only where there is a mapping.
      const { claimOf } = await import('./find');
      claims.push(claimOf(tree, dir, file, await context.head(file, mappingFileBytes)));
    }
    return claims;
  },
  load: () => import('./read'),
};
