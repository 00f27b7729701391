// Reads a storage trial by trial.

import { issue } from '../../base/issues';
import type { Sqlite } from '../../formats/sqlite';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { damaged, readDatabase } from '../_logs/database';
import { readJsonLines } from '../_logs/json-lines';
import { OptunaTables } from './database';
import { Journal } from './journal';
import type { StorageNote } from './reader';
import { trialEvents } from './trial';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { kind, wal } = claim.note as StorageNote;
  const [file] = claim.key;
  if (!file) return;
  if (kind === 'journal') yield* readJournal(file, context);
  else yield* readDatabase(file, wal, context, (db) => databaseTrials(db, file, context));
};

/** @throws Error where the tables of studies or trials themselves are damaged */
function* databaseTrials(db: Sqlite, file: SourceFile, context: ReadContext): Generator<RunEvent> {
  const tables = new OptunaTables(db);
  const studies = tables.studies();
  let run = 0;
  for (const [row, place] of tables.trials()) {
    context.signal.throwIfAborted();
    const study = studies.get(row.studyId) ?? { name: '', directions: [], metricNames: [] };
    try {
      yield* trialEvents(run, tables.trial(row, place), study, file);
      yield { kind: 'end', run };
    } catch (error) {
      if (context.signal.aborted) throw error;
      yield { kind: 'issue', issue: damaged(error, file) };
    }
    run++;
  }
  if (run === 0) yield { kind: 'issue', issue: issue('empty', 'The Optuna database has no trials.', { file: file.path }) };
}

async function* readJournal(file: SourceFile, context: ReadContext): AsyncGenerator<RunEvent> {
  const journal = new Journal(context.limits.pointsPerRun);
  const issues = await readJsonLines(file, (line) => journal.apply(line), 'operations', context);
  let run = 0;
  for (const [trial, study] of journal.trials()) {
    yield* trialEvents(run, trial, study, file);
    yield { kind: 'end', run: run++ };
  }
  for (const one of issues) yield { kind: 'issue', issue: one };
  if (run === 0) yield { kind: 'issue', issue: issue('empty', 'The Optuna journal has no trials.', { file: file.path }) };
}
