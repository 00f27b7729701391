// MLflow's SQL store in a SQLite file, with the artifacts that lie beside it.

import { type SqliteSchema, sqliteSchema } from '../../formats/sqlite-schema';
import { isSqlite } from '../../formats/sqlite-wal';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkFiles } from '../../source/source';
import { mlflow } from '../_mlflow/meta';
import { marks } from '../_mlflow/stored';
import { artifactRoots } from './artifacts';

export interface DatabaseNote {
  readonly wal: SourceFile | null;
  /** Folders beside the database that hold artifacts. */
  readonly roots: readonly SourceDir[];
}

/** SQLite's smallest page. */
const smallest = 512;
const runParts: ReadonlySet<string> = new Set(['metrics', 'params', 'tags', 'inputs', 'outputs']);
const usualName = /^mlflow.*\.(db|sqlite3?)$/i;

export const reader: RunReader = {
  meta: { id: 'mlflow-sqlite', title: 'MLflow database', accepts: 'mlflow.db, with its mlruns or mlartifacts folder', ...mlflow },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of placesOf(tree.root)) {
      for (const file of dir.files.values()) {
        const claim = await claimOf(file, dir, context);
        if (claim) claims.push(claim);
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

/** Folders that may hold a database. Those of a file store hold tens of thousands of small files that need no look. */
function* placesOf(dir: SourceDir): Generator<SourceDir> {
  yield dir;
  for (const child of dir.dirs.values()) if (!dir.files.has('meta.yaml') || !runParts.has(child.name)) yield* placesOf(child);
}

async function claimOf(file: SourceFile, dir: SourceDir, context: ProbeContext): Promise<Claim | null> {
  if (file.size < smallest || /-(wal|shm|journal)$/.test(file.name) || !isSqlite(await context.head(file, 16))) return null;
  const beside = dir.files.get(`${file.name}-wal`);
  const wal = beside && beside.size > 0 ? beside : null;
  const schema = await sqliteSchema(file, wal ?? undefined, context.signal);
  if (!schema || !isMlflow(schema, file.name)) return null;
  const roots = artifactRoots(dir);
  const others = [`${file.name}-wal`, `${file.name}-shm`, `${file.name}-journal`].map((name) => dir.files.get(name)).filter((found) => found !== undefined);
  return {
    root: dir,
    confidence: 0.93,
    key: [file],
    // Where one of them is a file store too, its own reader is surer and takes its runs.
    files: [file, ...others, ...roots.flatMap((root) => [...walkFiles(root)])],
    note: { wal, roots } satisfies DatabaseNote,
  };
}

/** A damaged database is claimed by what is left of its schema, or by its usual name: its owner must be told. */
function isMlflow({ tables, whole }: SqliteSchema, name: string): boolean {
  const found = marks.filter((mark) => tables.has(mark)).length;
  return whole ? found === marks.length : found >= 2 || usualName.test(name);
}
