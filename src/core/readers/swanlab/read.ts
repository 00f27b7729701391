// Reads a run folder: the log first, then what lies beside it.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { seedFacts } from '../../formats/seed';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, SourceError, walkFiles } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { SwanLog } from './log';
import type { LoggedRun } from './logged-run';
import { readConfig, readFacts } from './own-files';
import type { LogNote } from './reader';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { version, folder } = claim.note as LogNote;
  const [file] = claim.key;
  if (!file) return;
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
  if (folder) yield* besideEvents(claim, context, issues);
  yield* points.flush(true);
  for (const [name, count] of log.run.media) yield { kind: 'media', run, media: { name, kind: 'media', count } };
  for (const one of [...log.issues(), ...issues]) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

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

async function* besideEvents(claim: Claim, context: ReadContext, issues: Issue[]): AsyncGenerator<RunEvent> {
  const home = claim.root;
  const params = await readConfig(home, context, issues);
  yield { kind: 'params', run, values: params };
  for (const fact of [...(await readFacts(home, context, issues)), ...seedFacts(params, { file: 'files/config.yaml' })]) yield { kind: 'fact', run, fact };
  const media = home.dirs.get('media');
  if (!media) return;
  for (const file of walkFiles(media)) yield { kind: 'artifact', run, artifact: { path: pathBelow(home, file), size: file.size, kind: 'file' }, file };
}

/** The id in the names of a log or its folder, for a log that has lost its beginning. */
const idInNames = (file: string, folder: string): string | undefined =>
  /^run-(?!\d{8}_)([\w-]+)\.swanlab$/.exec(file)?.[1] ?? /^run-\d{8}_\d{6}-([\w-]+)$/.exec(folder)?.[1];
