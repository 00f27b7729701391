// Optuna's storages: a SQLite database or a journal file.

import { sqliteSchema } from '../../formats/sqlite-schema';
import { isSqlite } from '../../formats/sqlite-wal';
import type { Claim, ProbeContext, RunReader } from '../../source/reader';
import { type SourceDir, type SourceFile, walkDirs } from '../../source/source';
import { optuna } from './meta';
import { marks } from './questions';

export interface StorageNote {
  readonly kind: 'database' | 'journal';
  readonly wal: SourceFile | null;
}

/** SQLite's smallest page. */
const smallest = 512;
const databaseName = /\.(db3?|sqlite3?|storage)$|optuna/i;
const journalName = /\.(log|jsonl|json|journal|txt)$|optuna|journal/i;
/** The first operation of a journal, with its key first as every version writes it. */
const firstOperation = /^\s*\{\s*"op_code"\s*:\s*\d/;

export const reader: RunReader = {
  meta: {
    id: 'optuna',
    title: 'Optuna storage',
    accepts: 'an Optuna SQLite database or journal file',
    ...optuna,
  },
  async probe(tree, context) {
    const claims: Claim[] = [];
    for (const dir of walkDirs(tree.root)) {
      for (const file of dir.files.values()) {
        const claim = (await databaseClaim(file, dir, context)) ?? (await journalClaim(file, dir, tree.named === file, context));
        if (claim) claims.push(claim);
      }
    }
    return claims;
  },
  load: () => import('./read'),
};

async function databaseClaim(file: SourceFile, dir: SourceDir, context: ProbeContext): Promise<Claim | null> {
  if (file.size < smallest || !databaseName.test(file.name) || !isSqlite(await context.head(file, 16))) return null;
  const beside = ['-wal', '-shm', '-journal'].map((end) => dir.files.get(file.name + end)).filter((found) => found !== undefined);
  const wal = beside.find(({ name, size }) => name.endsWith('-wal') && size > 0) ?? null;
  const schema = await sqliteSchema(file, wal ?? undefined, context.signal);
  if (!schema) return null;
  const found = marks.filter((mark) => schema.tables.has(mark)).length;
  // A damaged database is claimed by what is left of its schema, or by its usual name: its owner must be told.
  if (schema.whole ? found < marks.length : found < 2 && !/optuna/i.test(file.name)) return null;
  return { root: dir, confidence: 0.93, key: [file], files: [file, ...beside], note: { kind: 'database', wal } satisfies StorageNote };
}

async function journalClaim(file: SourceFile, dir: SourceDir, named: boolean, context: ProbeContext): Promise<Claim | null> {
  if (file.size === 0 || !(named || journalName.test(file.name))) return null;
  const head = new TextDecoder().decode(await context.head(file, 64));
  if (!firstOperation.test(head)) return null;
  const lock = dir.files.get(`${file.name}.lock`);
  return {
    root: dir,
    confidence: 0.93,
    key: [file],
    files: lock ? [file, lock] : [file],
    note: { kind: 'journal', wal: null } satisfies StorageNote,
  };
}
