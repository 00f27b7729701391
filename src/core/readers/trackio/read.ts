// Reads a project run by run.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import type { Sqlite } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { damaged, readDatabase } from '../_logs/database';
import { kindOf, mediaEvents } from './media';
import { TrackioTables } from './project';
import type { ProjectNote } from './reader';

/** Keys of the config that Trackio writes by itself. */
const own = { created: '_Created', user: '_Username', group: '_Group' } as const;

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
  const { [own.created]: created, [own.user]: user, [own.group]: group, ...rest } = stored;
  const startedMs = typeof created === 'string' ? parseTimestamp(created) : null;
  const set = { startedMs: startedMs === null ? null : epochMs(startedMs), user: textOrNull(user), group: textOrNull(group) };
  yield { kind: 'header', run, set };
  const params = flatten(rest);
  yield { kind: 'params', run, values: params };
  for (const fact of seedFacts(params, { file: file.name, where })) yield { kind: 'fact', run, fact };
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
        for (const [name, value] of logged(metrics)) {
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

/** Names and values of a row: nested names are joined, media stay whole. */
function* logged(metrics: Values, prefix = '', depth = 1): Generator<readonly [string, Value]> {
  for (const [key, value] of Object.entries(metrics)) {
    const name = prefix + key;
    if (isObject(value) && typeof value._type !== 'string' && depth < 64) yield* logged(value, `${name}/`, depth + 1);
    else if (!isObject(value) || typeof value._type === 'string') yield [name, value];
  }
}

const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
