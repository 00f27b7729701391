// Trackio's project databases.

import { sqliteSchema } from '../../formats/sqlite-schema';
import { isSqlite } from '../../formats/sqlite-wal';
import type { Claim, RunReader } from '../../source/reader';
import { type SourceFile, walkDirs, walkFiles } from '../../source/source';
import { trackio } from '../_trackio/logged';

export interface ProjectNote {
  readonly wal: SourceFile | null;
}

/** SQLite's smallest page. */
const smallest = 512;
const projectName = /\.db$/i;
/** Tables of every version, and those that no other tracker has beside `metrics`. */
const marks = ['metrics', 'configs'];
const others = ['runs', 'params', 'experiments'];

export const reader: RunReader = {
  meta: {
    id: 'trackio',
    title: 'Trackio project',
    accepts: 'a Trackio `<project>.db`',
    ...trackio,
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      for (const file of dir.files.values()) {
        if (file.size < smallest || !projectName.test(file.name) || !isSqlite(await context.head(file, 16))) continue;
        const ends = [`${file.name}-wal`, `${file.name}-shm`, `${file.name}-journal`, file.name.replace(projectName, '.lock')];
        const beside = ends.map((name) => dir.files.get(name)).filter((found) => found !== undefined);
        const wal = beside.find(({ name, size }) => name.endsWith('-wal') && size > 0) ?? null;
        const schema = await sqliteSchema(file, wal ?? undefined, context.signal);
        // A damaged database is claimed by what is left of its schema: its owner must be told.
        const found = schema ? marks.filter((mark) => schema.tables.has(mark)).length : 0;
        if (!schema || found < (schema.whole ? marks.length : 1) || others.some((name) => schema.tables.has(name))) continue;
        // Media of a project lie in a folder that is called like it.
        const media = dir.dirs.get('media')?.dirs.get(file.name.replace(projectName, ''));
        const files = [file, ...beside, ...(media ? walkFiles(media) : [])];
        claims.push({ root: dir, confidence: 0.92, key: [file], files, note: { wal } satisfies ProjectNote });
      }
    }
    return claims;
  },
  load: () => import('./read'),
};
