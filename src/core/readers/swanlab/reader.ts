// SwanLab's run folders: a framed log, and small files beside it.

import { isSqlite } from '../../formats/sqlite-wal';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { headerBytes, logVersion } from './magic';
import { swanlab } from './meta';

export interface LogNote {
  /** 1: JSON records, 2: protobuf records. */
  readonly version: number;
  /** The folder is the run's own; false for a log that was taken out of it. */
  readonly folder: boolean;
}

export interface DashboardNote {
  readonly wal: SourceFile | null;
}

const versions: ReadonlySet<number> = new Set([1, 2]);

export const reader: RunReader = {
  meta: { title: 'SwanLab run folders', accepts: 'a `swanlog` folder, or a run folder in it', ...swanlab },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      const dashboard = await dashboardClaim(dir, context);
      if (dashboard) claims.push(dashboard);
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

/** The database of 0.5 and before, with the folders of its runs: those that keep no log of their own. */
async function dashboardClaim(dir: SourceDir, context: ProbeContext): Promise<Claim | null> {
  const file = dir.files.get('runs.swanlab');
  if (!file || !isSqlite(await context.head(file, 16))) return null;
  const beside = ['-wal', '-shm', '-journal'].map((end) => dir.files.get(file.name + end)).filter((found) => found !== undefined);
  const runs = [...dir.dirs.values()].filter((run) => run.dirs.has('files') && ![...run.files.keys()].some((name) => name.endsWith('.swanlab')));
  const wal = beside.find(({ name, size }) => name.endsWith('-wal') && size > 0) ?? null;
  return {
    root: dir,
    confidence: 0.95,
    key: [file],
    files: [file, ...beside, ...runs.flatMap((run) => [...walkFiles(run)])],
    note: { wal } satisfies DashboardNote,
  };
}
