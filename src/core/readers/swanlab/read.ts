// Reads a run folder, the log first and then what lies beside it, or the runs of a dashboard's database.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { readDashboard } from './dashboard';
import { SwanLog } from './log';
import type { LoggedRun } from './logged-run';
import { MediaFolder } from './media';
import { besideEvents } from './own-files';
import type { DashboardNote, LogNote } from './reader';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const [file] = claim.key;
  if (!file) return;
  const note = claim.note as LogNote | DashboardNote;
  if ('wal' in note) yield* readDashboard(file, note.wal, claim.root, context);
  else yield* readLog(file, note, claim, context);
};

async function* readLog(file: SourceFile, { version, folder }: LogNote, claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const home = claim.root;
  const issues: Issue[] = [];
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const log = new SwanLog(file, version, points, context);
  try {
    while (await log.next());
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    issues.push(issue(error.code, error.message, { file: file.path }));
  }
  yield { kind: 'begin', run, identity: await identityOf(log.run.id || idInNames(file.name, home.name), file, context), path: folder ? home.path : file.path };
  yield* headerEvents(log.run, version);
  if (folder) yield* besideEvents(run, home, context, issues);
  yield* points.flush(true);
  for (const [name, count] of log.run.media) yield { kind: 'media', run, media: { name, kind: 'media', count } };
  if (context.keepMedia) yield* new MediaFolder(home).events(run, 'media', log.run.files);
  for (const one of [...log.issues(), ...issues]) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

function* headerEvents(logged: LoggedRun, version: number): Generator<RunEvent> {
  const { name, project, group, jobType, description, status, nativeStatus, startedMs, endedMs } = logged;
  yield {
    kind: 'header',
    run,
    set: {
      name,
      experiment: project,
      group: group || null,
      jobType: jobType || null,
      notes: description || null,
      status,
      nativeStatus,
      startedMs: startedMs === null ? null : epochMs(startedMs),
      endedMs: endedMs === null ? null : epochMs(endedMs),
      formatVersion: String(version),
    },
  };
  yield { kind: 'tags', run, values: Object.fromEntries(logged.tags.map((tag) => [tag, true])) };
}

/** The id in the names of a log or its folder, for a log that has lost its beginning. */
const idInNames = (file: string, folder: string): string | undefined =>
  /^run-(?!\d{8}_)([\w-]+)\.swanlab$/.exec(file)?.[1] ?? /^run-\d{8}_\d{6}-([\w-]+)$/.exec(folder)?.[1];
