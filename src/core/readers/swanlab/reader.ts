// SwanLab's run folders: a framed log, and small files beside it.

import type { Claim, RunReader } from '../../source/reader';
import { walkDirs, walkFiles } from '../../source/source';
import { headerBytes, logVersion } from './magic';

export interface LogNote {
  /** 1: JSON records, 2: protobuf records. */
  readonly version: number;
  /** The folder is the run's own; false for a log that was taken out of it. */
  readonly folder: boolean;
}

const versions: ReadonlySet<number> = new Set([1, 2]);

export const reader: RunReader = {
  meta: {
    id: 'swanlab',
    family: 'swanlab',
    title: 'SwanLab run folders',
    tracker: { name: 'SwanLab', short: 'SwanLab' },
    accepts: 'a `swanlog` folder, or a run folder in it',
    words: { run: 'experiment', experiment: 'project', param: 'config' },
    records: { commit: 'auto', packages: 'auto', python: 'auto', hardware: 'auto', command: 'auto', config: 'auto', end: 'auto' },
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const logs = [...dir.files.values()].filter(({ name }) => name.endsWith('.swanlab'));
      for (const log of logs) {
        const version = logVersion(await context.head(log, headerBytes));
        if (version === null || !versions.has(version)) continue;
        // Beside other logs, or without the files of a run, it was taken out of its folder: what lies around it is not its own.
        const folder = logs.length === 1 && (dir.dirs.has('files') || dir.name.startsWith('run-'));
        claims.push({ root: dir, confidence: 0.95, key: [log], files: folder ? [...walkFiles(dir)] : [log], note: { version, folder } satisfies LogNote });
      }
    }
    return claims;
  },
  load: () => import('./read'),
};
