// What is said of a run when its log is at its end: header, config, summary, facts, files, media, issues.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunHeader, RunStatus } from '../../model/run';
import { pathBelow, type SourceFile, walkFiles } from '../../source/source';
import { Environment } from './environment';
import { factsOf } from './facts';
import type { RunLog } from './log';
import type { PartReader } from './part';
import { newTelemetry } from './telemetry';

/** Everything but the points of one part. With several parts the later ones are said later, and so they count. */
export function* partEvents(run: RunKey, reader: PartReader, isLast: boolean): Generator<RunEvent> {
  const { log, files } = reader;
  yield { kind: 'header', run, set: headerOf(reader) };
  yield { kind: 'params', run, values: reader.params };
  yield { kind: 'summary', run, values: reader.summary };
  if (log) {
    const { tags, sweep } = log.info;
    yield { kind: 'tags', run, values: Object.fromEntries([...tags.map((tag) => [tag, true] as const), ...(sweep ? [['sweep_id', sweep] as const] : [])]) };
  }
  const facts = factsOf({
    log: reader.evidence,
    environment: reader.environment,
    runGit: log?.runGit ?? new Environment(),
    host: log?.info.host ?? '',
    telemetry: log?.telemetry ?? newTelemetry(),
    client: files?.client || log?.producer || '',
    artifacts: log?.artifacts.all.values() ?? [],
    files,
    params: reader.params,
  });
  for (const fact of facts) yield { kind: 'fact', run, fact };
  yield* artifactEvents(run, reader, isLast);
  for (const told of reader.issues) yield { kind: 'issue', run, issue: told };
}

function headerOf(reader: PartReader): Partial<RunHeader> {
  const { log, files } = reader;
  const started = reader.startedMs;
  const user = reader.environment.get('user');
  const version = log?.telemetry.client || log?.producer || files?.client;
  return {
    ...(started === null ? {} : { startedMs: epochMs(started) }),
    ...(user ? { user: user.value } : {}),
    ...(version ? { formatVersion: version } : {}),
    ...(log ? logHeader(log) : {}),
  };
}

function logHeader(log: RunLog): Partial<RunHeader> {
  const { name, project, group, sweep, jobType, notes, forkedFrom, id } = log.info;
  const ended = endOf(log);
  return {
    ...(name ? { name } : {}),
    ...(project ? { experiment: project } : {}),
    // Runs of a sweep belong together even where no group was given.
    ...(group || sweep ? { group: group || sweep } : {}),
    ...(jobType ? { jobType } : {}),
    ...(notes ? { notes } : {}),
    ...(forkedFrom && forkedFrom !== id ? { parent: forkedFrom } : {}),
    ...statusOf(log),
    endedMs: ended === null ? null : epochMs(ended),
  };
}

/** Without an exit record nobody knows whether the run goes on or was killed. */
function statusOf({ exit }: RunLog): { readonly status: RunStatus; readonly nativeStatus: string | null } {
  if (!exit) return { status: 'unknown', nativeStatus: null };
  return exit.code === 0 ? { status: 'finished', nativeStatus: 'finished' } : { status: 'failed', nativeStatus: `failed (exit code ${exit.code})` };
}

/** The last sign of life, or later where the run says that it took longer. */
function endOf({ exit, info, history }: RunLog): number | null {
  if (!exit) return null;
  const byRuntime = info.startedMs === null ? Number.NaN : info.startedMs + Math.max(0, exit.runtime - info.runtimeBefore) * 1000;
  const ends = [history.lastMs, byRuntime].filter((ms) => !Number.isNaN(ms));
  return ends.length > 0 ? Math.max(...ends) : null;
}

const consolePath = 'files/output.log';

/** Files of the run folder. Those of earlier parts of a resumed run stand below the name of their folder. */
function* artifactEvents(run: RunKey, { part, log }: PartReader, isLast: boolean): Generator<RunEvent> {
  const prefix = isLast ? '' : `${part.dir.name}/`;
  let hasConsole = false;
  if (part.files)
    for (const file of walkFiles(part.files)) {
      const path = pathBelow(part.dir, file);
      hasConsole ||= path === consolePath;
      yield { kind: 'artifact', run, artifact: { path: prefix + path, size: file.size, kind: 'file' }, file };
    }
  if (!log) return;
  if (!hasConsole && log.console !== '') {
    const file = memoryFile(consolePath, log.console);
    yield { kind: 'artifact', run, artifact: { path: prefix + consolePath, size: file.size, kind: 'file' }, file };
  }
  for (const { name, files } of log.artifacts.all.values())
    for (const { path, size } of files)
      yield { kind: 'artifact', run, artifact: { path: `artifacts/${safePath(`${name}/${path}`)}`, size, kind: 'reference' } };
}

/** Paths come out of the log: nothing in them may lead anywhere else. */
const safePath = (path: string): string =>
  path
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');

/** Console output that old versions kept in the log alone, as the file that W&B makes of it. */
function memoryFile(path: string, text: string): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    size: bytes.length,
    modifiedMs: null,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Media of all parts together, and a word on TensorBoard logs that were to be mirrored. */
export function* sharedEvents(run: RunKey, readers: readonly PartReader[], curves: number): Generator<RunEvent> {
  const media = new Map<string, { kind: string; count: number }>();
  for (const { log } of readers)
    for (const [name, { kind, count }] of log?.history.media ?? []) media.set(name, { kind, count: (media.get(name)?.count ?? 0) + count });
  for (const [name, { kind, count }] of media) yield { kind: 'media', run, media: { name, kind, count } };
  const folders = readers.flatMap(({ log }) => [...(log?.tensorboard ?? [])]);
  if (folders.length > 0 && curves === 0) yield { kind: 'issue', run, issue: mirroredIssue(folders) };
}

function mirroredIssue(folders: readonly string[]): Issue {
  const names = folders.map((folder) => folder.slice(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1));
  return issue('missing-file', `The run mirrors TensorBoard logs (${names.join(', ')}), whose curves are not in its own folder.`, {
    severity: 'note',
    tip: 'Import the folder of TensorBoard logs as well.',
  });
}
