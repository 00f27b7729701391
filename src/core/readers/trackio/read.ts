// Reads a project run by run.

import { issue } from '../../base/issues';
import type { Sqlite } from '../../formats/sqlite';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { damaged, readDatabase } from '../_logs/database';
import { configEvents } from '../_trackio/logged';
import { folderHome } from './media';
import { TrackioTables } from './project';
import type { ProjectNote } from './reader';
import { RowEvents } from './rows';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { wal } = claim.note as ProjectNote;
  const [file] = claim.key;
  if (!file) return;
  yield* readDatabase(file, wal, context, (db) => projectRuns(db, file, claim.root, context));
};

function* projectRuns(db: Sqlite, file: SourceFile, home: SourceDir, context: ReadContext): Generator<RunEvent> {
  const tables = new TrackioTables(db);
  const project = file.name.replace(/\.db$/i, '');
  let run = 0;
  for (const [id, name] of tables.runs()) {
    context.signal.throwIfAborted();
    yield { kind: 'begin', run, identity: tables.hasIds ? { nativeId: id } : { nativeId: id, scope: project }, path: file.path };
    yield { kind: 'header', run, set: { name, experiment: project, status: 'unknown' } };
    try {
      yield* config(run, id, tables, file);
      yield* points(run, id, tables, { file, home }, context);
    } catch (error) {
      if (context.signal.aborted) throw error;
      yield { kind: 'issue', run, issue: damaged(error, file) };
    }
    yield { kind: 'end', run: run++ };
  }
  if (run === 0) yield { kind: 'issue', issue: issue('empty', 'The Trackio project has no runs.', { file: file.path }) };
}

function* config(run: RunKey, id: string, tables: TrackioTables, file: SourceFile): Generator<RunEvent> {
  const stored = tables.config(id);
  const where = `table configs, run ${id}`;
  if (stored === null) yield { kind: 'issue', run, issue: issue('bad-value', 'The config of the run is no JSON object.', { file: file.name, where }) };
  if (!stored) return;
  yield* configEvents(run, stored, { file: file.name, where });
}

function* points(
  run: RunKey,
  id: string,
  tables: TrackioTables,
  { file, home }: { readonly file: SourceFile; readonly home: SourceDir },
  context: ReadContext,
): Generator<RunEvent> {
  const rows = new RowEvents(run, folderHome(home), context);
  try {
    for (const table of ['metrics', 'system_metrics'] as const) for (const row of tables.rows(table, id)) yield* rows.row(row, table === 'system_metrics');
  } catch (error) {
    // What was read before a damaged page is kept.
    yield* rows.points();
    throw error;
  }
  yield* rows.end(file.name);
}
