// Sacred's FileStorageObserver: numbered folders with run.json, config.json, metrics.json.

import { isEventFile } from '../../formats/event-folder';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, walkDirs, walkFiles } from '../../source/source';

export const recordName = 'run.json';
const confidence = 0.95;
const headBytes = 64 * 1024;
/** What the runs of a store share. */
const sharedFolders = ['_sources', '_resources'] as const;

export const reader: RunReader = {
  meta: {
    id: 'sacred',
    family: 'sacred',
    title: 'Sacred file storage',
    tracker: { name: 'Sacred', short: 'Sacred' },
    accepts: 'the folder of a FileStorageObserver, or one numbered run in it',
    words: { param: 'config entry' },
    records: {
      seed: 'auto',
      config: 'auto',
      commit: 'auto',
      packages: 'auto',
      python: 'auto',
      hardware: 'auto',
      data: 'optional',
      end: 'auto',
    },
  },
  async probe(tree, context) {
    const stores = new Map<SourceDir, SourceDir[]>();
    for (const dir of walkDirs(tree.root)) {
      const record = dir.files.get(recordName);
      if (!record || (tree.named && tree.named !== record) || !(await isRun(dir, context))) continue;
      const store = dir === tree.root ? dir : (dir.parent ?? dir);
      const runs = stores.get(store);
      if (runs) runs.push(dir);
      else stores.set(store, [dir]);
    }
    return [...stores].map(([store, runs]) => claimOf(store, runs.sort(byNumber)));
  },
  load: () => import('./read'),
};

/** A record as the observer writes it; or one that is damaged, beside the observer's other files. */
async function isRun(dir: SourceDir, context: ProbeContext): Promise<boolean> {
  const record = dir.files.get(recordName);
  const head = record ? new TextDecoder().decode(await context.head(record, headBytes)) : '';
  if (!/^\s*\{/.test(head)) return false;
  if (/"experiment"\s*:\s*\{/.test(head) && (head.includes('"heartbeat"') || head.includes('"mainfile"') || head.includes('"start_time"'))) return true;
  return dir.files.has('cout.txt') && dir.files.has('config.json');
}

/** Ids count up: 2 stands before 10. */
function byNumber(a: SourceDir, b: SourceDir): number {
  return Number(a.name) - Number(b.name) || (a.name < b.name ? -1 : 1);
}

/** Event files in a run's folder are another tracker's. */
function claimOf(root: SourceDir, runs: readonly SourceDir[]): Claim {
  const own = runs.flatMap((dir) => [...dir.files.values()].filter(({ name }) => !isEventFile(name)));
  const shared = sharedFolders.flatMap((name) => [...(root.dirs.has(name) && !runs.includes(root) ? walkFiles(root.dirs.get(name) as SourceDir) : [])]);
  const key = runs.flatMap((dir) => dir.files.get(recordName) ?? []).slice(0, 1);
  return { root, confidence, key, files: [...own, ...shared], note: runs };
}
