// SwanLab 0.5 and before: a dashboard's database names the runs and their series, the points lie in folders beside it.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { cellNumber, cellText, openSqlite, type Sqlite } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunStatus } from '../../model/run';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { readJsonLines } from '../_logs/json-lines';
import { type LoggedFiles, MediaFolder, mostHeld } from './media';
import { besideEvents } from './own-files';

const statuses: Readonly<Record<string, readonly [RunStatus, string]>> = {
  '-1': ['failed', 'crashed'],
  '0': ['running', 'running'],
  '1': ['finished', 'finished'],
};

/** The runs of a database. @param home the folder that it lies in, and its runs */
export async function* readDashboard(file: SourceFile, wal: SourceFile | null, home: SourceDir, context: ReadContext): AsyncGenerator<RunEvent> {
  let db: Sqlite | null = null;
  try {
    db = await openSqlite(file, wal ?? undefined, context);
    if (db.lost !== null) yield { kind: 'issue', issue: issue('truncated', `Newer changes may be missing: ${db.lost}.`, { file: (wal ?? file).path }) };
    const sql = `SELECT e.id, e.run_id, e.name, e.description, e.status, e.create_time, e.finish_time, p.name
      FROM experiment AS e LEFT JOIN project AS p ON p.id = e.project_id ORDER BY e.id`;
    let run: RunKey = 0;
    for (const [id, runId, name, description, status, created, finished, project] of db.rows(sql)) {
      context.signal.throwIfAborted();
      const nativeId = cellText(runId) ?? '';
      const folder = home.dirs.get(nativeId);
      yield { kind: 'begin', run, identity: { nativeId }, path: folder?.path ?? file.path };
      const [word, nativeStatus] = statuses[cellText(status) ?? ''] ?? ['unknown', cellText(status)];
      const set = {
        name: cellText(name),
        experiment: cellText(project),
        notes: cellText(description) || null,
        status: word,
        nativeStatus,
        startedMs: timeOf(cellText(created)),
        endedMs: timeOf(cellText(finished)),
        formatVersion: '0',
      };
      yield { kind: 'header', run, set };
      if (folder) yield* folderEvents(run, folder, tagsOf(db, cellNumber(id) ?? -1), context);
      else yield { kind: 'issue', run, issue: issue('missing-file', `The folder ${nativeId} of the run is not there.`, { file: file.path }) };
      yield { kind: 'end', run: run++ };
    }
    if (run === 0) yield { kind: 'issue', issue: issue('empty', 'The SwanLab database has no runs.', { file: file.path }) };
  } catch (error) {
    if (context.signal.aborted) throw error;
    const message = `The database is damaged: ${error instanceof Error ? error.message : String(error)}. What was read before is kept.`;
    yield { kind: 'issue', issue: issue('bad-record', message, { file: file.path }) };
  } finally {
    db?.close();
  }
}

/** Folder of a series → its name. */
function tagsOf(db: Sqlite, experiment: number): ReadonlyMap<string, { readonly name: string; readonly type: string }> {
  const known = db.columns('tag').has('folder') ? 'folder' : 'NULL';
  const tags = new Map<string, { name: string; type: string }>();
  for (const [name, folder, type] of db.rows(`SELECT name, ${known}, type FROM tag WHERE experiment_id = ?`, [experiment])) {
    const text = cellText(name) ?? '';
    // Older versions called the folder like the series.
    tags.set(cellText(folder) ?? encodeURIComponent(text), { name: text, type: cellText(type) ?? '' });
  }
  return tags;
}

async function* folderEvents(run: RunKey, folder: SourceDir, tags: ReturnType<typeof tagsOf>, context: ReadContext): AsyncGenerator<RunEvent> {
  const issues: Issue[] = [];
  yield* besideEvents(run, folder, context, issues);
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const shelf = new MediaFolder(folder);
  let signsLost = 0;
  for (const dir of folder.dirs.get('logs')?.dirs.values() ?? []) {
    const tag = tags.get(dir.name);
    const name = tag?.name ?? dir.name;
    const media: LoggedFiles[] = [];
    let counted = 0;
    const take = (line: Value): void => {
      if (!isObject(line)) throw new SyntaxError('no point');
      const { index, data, more, create_time: time } = line;
      const value = numberOf(data);
      const step = typeof index === 'bigint' ? index : numberOf(index);
      if (data === 'INF') signsLost++;
      const timeMs = typeof time === 'string' ? parseTimestamp(time) : null;
      if (value !== null) points.add(name, step, timeMs, value, { system: name.startsWith('__swanlab__.') });
      else if (counted++ < mostHeld) media.push({ key: name, step, timeMs, files: filesOf(data, more), areTexts: tag?.type === 'text', folder: dir.name });
    };
    for (const file of logsOf(dir)) issues.push(...(await readJsonLines(file, take, 'points', context)));
    const kind = tag?.type || 'media';
    if (counted > 0) yield { kind: 'media', run, media: { name, kind, count: counted } };
    if (context.keepMedia) yield* shelf.events(run, kind, media);
  }
  yield* points.flush(true);
  const lost = `${signsLost} infinite values were written without their sign and are shown as +Infinity.`;
  if (signsLost > 0) issues.push(issue('nonfinite-lost', lost, { file: `${folder.path}/logs` }));
  for (const one of issues) yield { kind: 'issue', run, issue: one };
}

/** Names of files, and captions where there are some: one, or a list. */
function filesOf(data: Value | undefined, more: Value | undefined): LoggedFiles['files'] {
  const names: readonly Value[] = Array.isArray(data) ? data : [data ?? null];
  const notes: readonly Value[] = Array.isArray(more) ? more : [more ?? null];
  return names.flatMap((name, i) => {
    const note = notes[i];
    const caption = isObject(note) && typeof note.caption === 'string' ? note.caption : null;
    return typeof name === 'string' ? [{ name, caption }] : [];
  });
}

/** `1000.log`, `2000.log`: a thousand points each, in this order. */
const logsOf = (dir: SourceDir): readonly SourceFile[] =>
  [...dir.files.values()].filter(({ name }) => /^\d+\.log$/.test(name)).sort((a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10));

function timeOf(text: string | null) {
  const ms = text === null ? null : parseTimestamp(text);
  return ms === null ? null : epochMs(ms);
}
