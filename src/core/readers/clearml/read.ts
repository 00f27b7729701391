// Reads a session: the task first, then its events.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { textOf } from '../../formats/http-json';
import { readJsonFile } from '../../formats/json-file';
import type { RunEvent } from '../../model/events';
import type { Evidence } from '../../model/facts';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { fileAt, pathBelow, type SourceDir, type SourceFile, walkFiles } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { identityOf } from '../_logs/identity';
import { readJsonLines } from '../_logs/json-lines';
import { TaskEvents } from './events';
import { factsOf } from './facts';
import { mediaEvents } from './media';
import { artifactsOf, headerOf, listedArtifact, paramsOf, type StoredArtifact, tagsOf } from './task';
import { watched } from './zeros';

const run = 0;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const [file] = claim.key;
  if (!file) return;
  const described = await readJsonFile(file, context);
  const issues: Issue[] = [...described.issues];
  const task: Values = isObject(described.value) ? described.value : {};
  const id = typeof task.id === 'string' ? task.id : (/offline-[0-9a-f]{32}/.exec(claim.root.path)?.[0] ?? null);
  yield { kind: 'begin', run, identity: await identityOf(id, file, context), path: claim.root.path };
  yield { kind: 'header', run, set: headerOf(task, textOf(task.project_name)) };
  yield { kind: 'params', run, values: paramsOf(task) };
  yield { kind: 'tags', run, values: tagsOf(task) };
  for (const fact of factsOf(task, place)) yield { kind: 'fact', run, fact };
  yield* artifactEvents(task, claim.root);
  const console = claim.root.files.get('log.jsonl');
  if (console) yield { kind: 'artifact', run, artifact: { path: console.name, size: console.size, kind: 'file' }, file: console };
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const events = new TaskEvents(points, id, context.keepMedia);
  const metrics = claim.root.files.get('metrics.jsonl');
  if (metrics) await readEvents(metrics, events, context, issues);
  yield* watched(points.flush(true), issues, metrics?.path ?? '');
  yield { kind: 'summary', run, values: Object.fromEntries(events.summary) };
  const folder = folderOf(task);
  yield* mediaEvents(run, events, issues, (url) => {
    const file = storedFile({ uri: url }, folder, claim.root);
    return file ? { file, path: pathBelow(claim.root, file) } : null;
  });
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
};

const place = (key: string): Evidence => ({ file: 'task.json', where: `key ${key}` });

const folderOf = ({ offline_folder: folder }: Values): string | null => textOf(folder);

async function readEvents(file: SourceFile, events: TaskEvents, context: ReadContext, issues: Issue[]): Promise<void> {
  issues.push(...(await readJsonLines(file, (line) => events.take(line), 'events', context)));
  if (events.badValues > 0) issues.push(issue('bad-value', `${events.badValues} values are no numbers and were skipped.`, { file: file.path }));
}

function* artifactEvents(task: Values, home: SourceDir): Generator<RunEvent> {
  const folder = folderOf(task);
  for (const artifact of artifactsOf(task)) {
    const file = storedFile(artifact, folder, home);
    yield file
      ? { kind: 'artifact', run, artifact: { path: artifact.key, size: file.size, kind: 'file' }, file }
      : { kind: 'artifact', run, artifact: listedArtifact(artifact) };
  }
  const models = home.dirs.get('models');
  if (!models) return;
  for (const file of walkFiles(models)) yield { kind: 'artifact', run, artifact: { path: pathBelow(home, file), size: file.size, kind: 'file' }, file };
}

/** Addresses are those of the machine that trained: what follows the session's folder lies here. */
function storedFile({ uri }: Pick<StoredArtifact, 'uri'>, folder: string | null, home: SourceDir): SourceFile | undefined {
  const path = uri.replace(/^file:\/\//, '').replaceAll('\\', '/');
  const start = folder?.replaceAll('\\', '/');
  const below = start && path.startsWith(`${start}/`) ? path.slice(start.length + 1) : path.slice(path.indexOf('/data/') + 1);
  return fileAt(home, below) ?? fileAt(home, decoded(below));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
