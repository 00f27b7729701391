// Ultralytics: the folder of one training with results.csv and args.yaml (YOLOv5: opt.yaml and hyp.yaml).

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';

export const resultsName = 'results.csv';
/** In the order in which they count: later ones win. */
export const settingsNames = ['hyp.yaml', 'opt.yaml', 'args.yaml'] as const;
const confidence = 0.9;
const headBytes = 64 * 1024;

export const reader: RunReader = {
  meta: {
    id: 'ultralytics',
    family: 'ultralytics',
    title: 'Ultralytics training',
    tracker: { name: 'Ultralytics', short: 'YOLO' },
    accepts: 'a `runs` folder of Ultralytics, or one training in it',
    words: { param: 'argument' },
    records: { seed: 'auto', config: 'auto', data: 'optional' },
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) if (await isTraining(dir, context)) claims.push(claimOf(dir));
    return claims;
  },
  load: () => import('./read'),
};

/** The header was padded with blanks for years. */
async function isTraining(dir: SourceDir, context: ProbeContext): Promise<boolean> {
  const results = dir.files.get(resultsName);
  if (!results || !(dir.files.has('args.yaml') || (dir.files.has('opt.yaml') && dir.files.has('hyp.yaml')))) return false;
  const names = (new TextDecoder().decode(await context.head(results, headBytes)).split('\n', 1)[0] ?? '').split(',').map((name) => name.trim());
  return names[0] === 'epoch' && names.some((name) => /^(?:train|metrics|val|lr)\/|^x\/lr/.test(name));
}

function claimOf(root: SourceDir): Claim {
  const results = root.files.get(resultsName)!;
  const settings = settingsNames.flatMap((name) => root.files.get(name) ?? []);
  const pictures = [...root.files.values()].filter(({ name }) => /\.(?:jpe?g|png)$/i.test(name));
  const weights = root.dirs.get('weights');
  return { root, confidence, key: [results], files: [results, ...settings, ...pictures, ...eventFilesIn(root), ...(weights ? walkFiles(weights) : [])] };
}
