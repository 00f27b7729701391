// The database that Neptune Scale's client keeps of a run: operations that wait to be sent.

import { sqliteSchema } from '../../formats/sqlite-schema';
import { isSqlite, isWal } from '../../formats/sqlite-wal';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { neptune } from '../_neptune/meta';

export interface ScaleNote {
  readonly database: SourceFile;
  readonly wal: SourceFile | null;
}

const usualName = 'run_operations.sqlite3';
const ending = /\.sqlite3?$/i;
/** What tells this database from others. */
const marks = ['run_operations', 'metadata', 'file_upload_requests'];

export const reader: RunReader = {
  meta: {
    id: 'neptune-scale',
    title: 'Neptune Scale offline database',
    accepts: 'a `.neptune` folder with run_operations.sqlite3 files',
    ...neptune,
    records: { seed: 'optional', commit: 'auto', patch: 'auto', hardware: 'optional', command: 'auto', config: 'optional' },
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      for (const file of dir.files.values()) {
        const claim = ending.test(file.name) ? await claimOf(file, dir, context) : null;
        if (claim) claims.push(claim);
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

async function claimOf(database: SourceFile, dir: SourceDir, context: ProbeContext): Promise<Claim | null> {
  const beside = dir.files.get(`${database.name}-wal`);
  const wal = beside && beside.size > 0 ? beside : null;
  const usual = database.name === usualName;
  const sound = isSqlite(await context.head(database, 16));
  const schema = sound ? await sqliteSchema(database, wal ?? undefined, context.signal) : null;
  const found = marks.filter((mark) => schema?.tables.has(mark)).length;
  // A process that was killed leaves all it wrote, the tables too, in the log; a damaged file is known by its name, which no other tracker uses.
  const known = found === marks.length || (usual && (!schema?.whole || found > 0 || (wal !== null && isWal(await context.head(wal, 4)))));
  if (!known) return null;
  const own = [`${database.name}-wal`, `${database.name}-shm`, `${database.name}-journal`]
    .map((name) => dir.files.get(name))
    .filter((file) => file !== undefined);
  return {
    root: dir,
    confidence: 0.95,
    key: [database],
    // The client gives each run a folder of its own, with copies of content that was given as bytes.
    files: usual ? [database, ...[...walkFiles(dir)].filter((file) => file !== database)] : [database, ...own],
    note: { database, wal } satisfies ScaleNote,
  };
}
