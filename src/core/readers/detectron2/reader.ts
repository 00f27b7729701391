// Detectron2: the output folder of a training, with the metrics.json of its JSONWriter.

import { eventFilesIn } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';

export const rowsName = 'metrics.json';
export const configName = 'config.yaml';
export const logName = 'log.txt';
const confidence = 0.9;
const headBytes = 64 * 1024;
/** Keys are sorted, so `iteration` may stand anywhere; the others are what its trainers log by themselves. */
const firstRow = /^\s*\{(?=[^\n]*"iteration": \d)(?=[^\n]*"(?:data_time|rank_data_time|eta_seconds|total_loss)": )/;
const listed = /\.(?:pth|pkl)$|^last_checkpoint$|^config\.yaml|^log\.txt/;

export const reader: RunReader = {
  meta: {
    id: 'detectron2',
    family: 'detectron2',
    title: 'Detectron2 output folder',
    tracker: { name: 'Detectron2', short: 'D2' },
    accepts: 'an `output` folder of Detectron2',
    words: { param: 'config key' },
    records: { seed: 'auto', config: 'auto', data: 'auto', python: 'auto', hardware: 'auto' },
  },
  async probe(tree, context) {
    if (tree.named) return [];
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) if (await isOutput(dir, context)) claims.push(claimOf(dir));
    return claims;
  },
  load: () => import('./read'),
};

async function isOutput(dir: SourceDir, context: ProbeContext): Promise<boolean> {
  const rows = dir.files.get(rowsName);
  return rows !== undefined && firstRow.test(new TextDecoder().decode(await context.head(rows, headBytes)));
}

/** Event files repeat the rows; what an evaluator wrote below `inference` is no history. */
function claimOf(root: SourceDir): Claim {
  const rows = root.files.get(rowsName)!;
  const inference = root.dirs.get('inference');
  const own = [...root.files.values()].filter(({ name }) => listed.test(name));
  return { root, confidence, key: [rows], files: [rows, ...own, ...eventFilesIn(root), ...(inference ? walkFiles(inference) : [])] };
}
