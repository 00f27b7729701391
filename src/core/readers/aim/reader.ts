// Aim's repositories: a `.aim` folder with a database and two small stores for each run.

import { isSqlite } from '../../formats/sqlite-wal';
import type { Claim, RunReader } from '../../source/reader';
import { dirAt, type SourceDir, type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { databaseName, isRepository, metaChunks, seqsChunks, storedHashes } from './find';
import { aim } from './own';

export interface RepositoryNote {
  readonly database: SourceFile | null;
  readonly wal: SourceFile | null;
}

export const reader: RunReader = {
  meta: { title: 'Aim repository', accepts: 'a `.aim` folder, or the folder around it', ...aim },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      if (!isRepository(dir)) continue;
      const named = dir.files.get(databaseName);
      const database = named && isSqlite(await context.head(named, 16)) ? named : null;
      const wal = dir.files.get(`${databaseName}-wal`);
      const key = database ?? storeFile(dir) ?? named;
      if (!key) continue;
      const note: RepositoryNote = { database, wal: wal && wal.size > 0 ? wal : null };
      claims.push({ root: dir, confidence: 0.95, key: [key], files: [...walkFiles(dir)], note });
    }
    return claims;
  },
  load: () => import('./read'),
};

/** Without a database, the first file of a run's store. */
function storeFile(dir: SourceDir): SourceFile | undefined {
  for (const hash of storedHashes(dir))
    for (const path of [metaChunks, seqsChunks]) for (const file of dirAt(dir, `${path}/${hash}`)?.files.values() ?? []) return file;
  return undefined;
}
