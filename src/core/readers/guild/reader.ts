// Guild AI: run folders with `.guild/opref` and `.guild/attrs/`.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, RunReader } from '../../source/reader';
import { type SourceDir, walkFiles } from '../../source/source';

export const guildFolder = '.guild';
const confidence = 0.97;

export const reader: RunReader = {
  meta: {
    id: 'guild',
    family: 'guild',
    title: 'Guild AI runs',
    tracker: { name: 'Guild AI', short: 'Guild' },
    accepts: 'the `runs` folder of a Guild home, or one run in it',
    words: { param: 'flag', metric: 'scalar' },
    records: { seed: 'optional', config: 'auto', commit: 'auto', packages: 'auto', python: 'auto', hardware: 'optional', command: 'auto', end: 'auto' },
  },
  async probe(tree) {
    return tree.named ? [] : [...runsBelow(tree.root)].map(claimOf);
  },
  load: () => import('./read'),
};

/** Run folders; what lies in `.guild` itself is no run (a batch keeps the pattern of its trials there). */
function* runsBelow(dir: SourceDir): Generator<SourceDir> {
  const own = dir.dirs.get(guildFolder);
  if (own?.files.has('opref') && own.dirs.has('attrs')) yield dir;
  for (const child of dir.dirs.values()) if (child.name !== guildFolder) yield* runsBelow(child);
}

/** Folders of a run in which Guild looks for event files: not those of another run. */
export function* eventFolders(dir: SourceDir): Generator<SourceDir> {
  yield dir;
  for (const child of dir.dirs.values()) if (child.name !== guildFolder && !child.dirs.has(guildFolder)) yield* eventFolders(child);
}

function claimOf(root: SourceDir): Claim {
  const own = root.dirs.get(guildFolder) as SourceDir;
  const files = [...walkFiles(own), ...root.files.values(), ...[...eventFolders(root)].flatMap(eventFilesIn)];
  return { root, confidence, key: [own.files.get('opref')!], files: [...new Set(files)] };
}
