// Reads a repository: what its database says of the runs, then run by run.

import { issue } from '../../base/issues';
import { readExactly } from '../../formats/bytes';
import { decodeUtf8 } from '../../formats/text';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { type SourceDir, SourceError } from '../../source/source';
import { readDatabase } from '../_logs/database';
import { databaseName, filesByHash, storedHashes } from './find';
import type { RepositoryNote } from './reader';
import { type RunRecord, runRecords } from './records';
import { readRun } from './run';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { root, note } = claim;
  const { database, wal } = note as RepositoryNote;
  const records = new Map<string, RunRecord>();
  if (database) {
    yield* readDatabase(database, wal, context, (db) => {
      for (const record of runRecords(db)) records.set(record.hash, record);
      return [];
    });
  } else {
    const message = `${databaseName} is not there or is no database: names, experiments, tags and start of the runs are missing.`;
    yield { kind: 'issue', issue: issue('missing-file', message, { file: root.path }) };
  }
  const version = await versionOf(root, context);
  const files = filesByHash(root);
  const shared = [root.files.get('VERSION'), database, wal].filter((file) => file !== undefined && file !== null);
  const hashes = new Set([...records.keys(), ...storedHashes(root)]);
  let run = 0;
  for (const hash of hashes) {
    context.signal.throwIfAborted();
    yield { kind: 'begin', run, identity: { nativeId: hash }, path: root.path, files: [...shared, ...(files.get(hash) ?? [])] };
    if (version !== null) yield { kind: 'header', run, set: { formatVersion: version } };
    yield* readRun(run, { hash, record: records.get(hash) ?? null, root, database }, context);
    yield { kind: 'end', run: run++ };
  }
  if (hashes.size === 0) yield { kind: 'issue', issue: issue('empty', 'The Aim repository has no runs.', { file: root.path }) };
};

/** The version of the layout, such as `1.3`. */
async function versionOf(root: SourceDir, context: ReadContext): Promise<string | null> {
  const file = root.files.get('VERSION');
  if (!file) return null;
  try {
    const { text } = decodeUtf8(await readExactly(file, 0, 64, context.signal));
    return /^\d+(\.\d+)*$/.exec(text.trim())?.[0] ?? null;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}
