// Reads a database run by run.

import { issue } from '../../base/issues';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { damaged, readDatabase } from '../_logs/database';
import { artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric } from '../_mlflow/meta';
import { type StoredRun, storedEvents } from '../_mlflow/stored';
import { artifactFolders } from './artifacts';
import type { DatabaseNote } from './reader';
import { MlflowTables } from './store';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { wal, roots } = claim.note as DatabaseNote;
  const [file] = claim.key;
  if (!file) return;
  yield* readDatabase(file, wal, context, (db) => readRuns({ tables: new MlflowTables(db), file, beside: claim.root, roots }, context));
};

interface Store {
  readonly tables: MlflowTables;
  readonly file: SourceFile;
  /** The folder of the database, and the folders in it that hold artifacts. */
  readonly beside: SourceDir;
  readonly roots: readonly SourceDir[];
}

async function* readRuns(store: Store, context: ReadContext): AsyncGenerator<RunEvent> {
  const { tables, file } = store;
  const runs: StoredRun[] = [];
  try {
    for (const stored of tables.runs()) runs.push(stored);
    if (runs.length === 0) yield { kind: 'issue', issue: issue('empty', 'The MLflow database has no runs.', { file: file.path }) };
  } catch (error) {
    yield { kind: 'issue', issue: damaged(error, file) };
  }
  for (const [run, stored] of runs.entries()) {
    context.signal.throwIfAborted();
    yield { kind: 'begin', run, identity: { nativeId: stored.id }, path: file.path };
    try {
      yield* readRun(run, stored, store, context);
    } catch (error) {
      if (context.signal.aborted) throw error;
      yield { kind: 'issue', run, issue: damaged(error, file) };
    }
    yield { kind: 'end', run };
  }
}

async function* readRun(run: RunKey, stored: StoredRun, { tables, file, beside, roots }: Store, context: ReadContext): AsyncGenerator<RunEvent> {
  const tags = tables.texts('tags', stored.id);
  const told = { params: tables.texts('params', stored.id), tags, datasets: tables.datasets(stored.id) };
  yield* storedEvents(run, stored, told, file.name);
  yield* artifactEvents(run, artifactFolders(stored, tables.models(stored.id), beside, roots), tags, context);
  yield* metrics(run, stored, tables, file);
}

function* metrics(run: RunKey, stored: StoredRun, tables: MlflowTables, file: SourceFile): Generator<RunEvent> {
  let series = -1;
  let name: string | null = null;
  let inexact: string | null = null;
  for (const { key, ...points } of tables.points(stored.id)) {
    if (key !== name) {
      name = key;
      series++;
      yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemMetric(name) };
    }
    if (points.exactSteps) inexact ??= key;
    yield { kind: 'points', run, series, ...points };
  }
  if (inexact === null) return;
  const where = `table metrics, run ${stored.id}, key ${inexact}`;
  yield { kind: 'issue', run, issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, { file: file.name, where }) };
}
