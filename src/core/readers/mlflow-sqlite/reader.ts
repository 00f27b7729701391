// MLflow's SQL store in a SQLite file, with the artifacts that lie beside it.

import { sqliteTables } from '../../formats/sqlite-schema';
import { isSqlite, isWal } from '../../formats/sqlite-wal';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { mlflow } from '../_mlflow/meta';

export interface DatabaseNote {
  readonly wal: SourceFile | null;
  /** Folders beside the database that may hold artifacts, the likeliest first. */
  readonly artifacts: readonly SourceDir[];
}

const headBytes = 64 * 1024;
/** MLflow's tables are told from those of other trackers by these names together. */
const marks = ['runs', 'experiments', 'params', 'tags', 'metrics'];
const artifactFolders = ['mlartifacts', 'mlruns', 'artifacts'];

export const reader: RunReader = {
  meta: { id: 'mlflow-sqlite', title: 'MLflow database', accepts: 'mlflow.db, with its mlruns or mlartifacts folder', ...mlflow },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      for (const file of dir.files.values()) {
        const claim = await claimOf(file, dir, context);
        if (claim) claims.push(claim);
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(file: SourceFile, dir: SourceDir, context: ProbeContext): Promise<Claim | null> {
  if (file.size < 512 || /-(wal|shm|journal)$/.test(file.name)) return null;
  if (!isSqlite(await context.head(file, 16))) return null;
  const beside = dir.files.get(`${file.name}-wal`);
  const walHead = beside ? await context.head(beside, headBytes) : null;
  const wal = beside && walHead && isWal(walHead) ? beside : null;
  const tables = await sqliteTables(file, context.signal);
  // A database that was killed at birth keeps everything, its schema too, in the log.
  if (!marks.every((mark) => tables.has(mark)) && !(wal && walHead && createsTables(walHead))) return null;
  const artifacts = artifactFolders.map((name) => dir.dirs.get(name)).filter((folder) => folder !== undefined);
  const others = [`${file.name}-wal`, `${file.name}-shm`, `${file.name}-journal`].map((name) => dir.files.get(name)).filter((found) => found !== undefined);
  return {
    root: dir,
    confidence: 0.93,
    key: [file],
    files: [file, ...others, ...artifacts.filter((folder) => !isFileStore(folder)).flatMap((folder) => [...walkFiles(folder)])],
    note: { wal, artifacts } satisfies DatabaseNote,
  };
}

function createsTables(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head);
  return ['runs', 'experiments'].every((name) => text.includes(`CREATE TABLE ${name} (`));
}

/** A folder with experiments of its own is a file store, which has its own reader. */
const isFileStore = (folder: SourceDir): boolean => [...folder.dirs.values()].some((child) => child.files.has('meta.yaml'));
