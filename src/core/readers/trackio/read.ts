// Reads a project run by run.

import { issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { Sqlite } from '../../formats/sqlite';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { damaged, readDatabase } from '../_logs/database';
import { configEvents, loggedValues } from '../_trackio/logged';
import { kindOf, mediaEvents } from './media';
import { TrackioTables } from './project';
import type { ProjectNote } from './reader';

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
  const collector = new PointCollector(run, context.limits.seriesPerRun);
  const media = new Map<string, { kind: string; count: number }>();
  let bad = 0;
  let firstBad = 0;
  let inexact: string | null = null;
  try {
    for (const table of ['metrics', 'system_metrics'] as const) {
      const system = table === 'system_metrics';
      for (const { rowId, step, timeMs, metrics } of tables.rows(table, id)) {
        if (metrics === null) {
          if (bad++ === 0) firstBad = rowId;
          continue;
        }
        if (typeof step === 'bigint') inexact ??= String(step);
        for (const [name, value] of loggedValues(metrics)) {
          const number = numberOf(value);
          if (number !== null) collector.add(system ? `system.${name}` : name, step, timeMs, number, { system });
          else if (isObject(value)) {
            media.set(name, { kind: kindOf(value), count: (media.get(name)?.count ?? 0) + 1 });
            if (context.keepMedia) yield* mediaEvents(run, name, value, { step, timeMs }, home);
          }
        }
        yield* collector.drain();
      }
    }
  } catch (error) {
    // What was read before a damaged page is kept.
    yield* collector.flush(false);
    throw error;
  }
  yield* collector.flush(false);
  for (const [name, { kind, count }] of media) yield { kind: 'media', run, media: { name, kind, count } };
  const place = { file: file.name, where: `table metrics, row ${firstBad}` };
  if (bad > 0) yield { kind: 'issue', run, issue: issue('bad-value', `${bad} rows are no JSON objects and were skipped.`, place) };
  if (inexact !== null) {
    const message = `Steps such as ${inexact} are larger than a 64-bit float can hold exactly.`;
    yield { kind: 'issue', run, issue: issue('precision', message, { file: file.name }) };
  }
}
