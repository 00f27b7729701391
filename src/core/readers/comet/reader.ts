// Comet's offline archives: a description and a log of messages.

import type { Claim, RunReader } from '../../source/reader';
import { type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { comet } from '../_comet/meta';

export interface ArchiveNote {
  readonly description: SourceFile | null;
}

const headLength = 4096;
/** A message, whichever of its keys comes first. */
const firstMessage = /^\s*\{\s*(?:"payload"\s*:\s*\{|"type"\s*:\s*"\w+"\s*,\s*"payload"\s*:)/;

export const reader: RunReader = {
  meta: { id: 'comet', title: 'Comet offline archives', accepts: 'a `.cometml-runs` folder, or an archive in it', ...comet },
  async probe(tree, context) {
    const claims: Claim[] = [];
    const text = async (file: SourceFile) => new TextDecoder().decode(await context.head(file, headLength));
    for (const dir of walkDirs(tree.root)) {
      const messages = dir.files.get('messages.json');
      const description = dir.files.get('experiment.json');
      if (!messages) continue;
      const described = description !== undefined && (await text(description)).includes('"offline_id"');
      if (!described && !firstMessage.test(await text(messages))) continue;
      const note: ArchiveNote = { description: description ?? null };
      claims.push({ root: dir, confidence: described ? 0.95 : 0.6, key: [messages], files: [...walkFiles(dir)], note });
    }
    return claims;
  },
  load: () => import('./read'),
};
