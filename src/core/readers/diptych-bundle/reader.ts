// Bundles that Diptych itself wrote: recognised by their manifest, in a zip or unpacked.

import type { Claim, RunReader } from '../../source/reader';
import { walkDirs, walkFiles } from '../../source/source';
import { manifestName } from '../../store/bundle-format';

export const reader: RunReader = {
  meta: {
    id: 'diptych-bundle',
    family: 'diptych',
    title: 'Diptych bundle',
    tracker: { name: 'Diptych', short: 'Bundle' },
    accepts: 'a bundle exported by Diptych',
  },
  async probe(tree, { head }) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const manifest = dir.files.get(manifestName);
      if (!manifest) continue;
      const text = new TextDecoder().decode(await head(manifest, 256));
      if (/"format":\s*"diptych-bundle"/.test(text)) claims.push({ root: dir, confidence: 1, key: [manifest], files: [...walkFiles(dir)] });
    }
    return claims;
  },
  load: () => import('./read'),
};
