// Reads the runs of a store, one after another.

import { type Issue, issue } from '../../base/issues';
import { flatten, isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { mediaTypeOf } from '../../formats/media-types';
import { seedFacts } from '../../formats/seed';
import type { MediaFile, RunEvent, RunKey } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow, type SourceDir, type SourceFile } from '../../source/source';
import { metricEvents } from './metrics';
import { plainValue } from './plain';
import { recordName } from './reader';
import { factsOf, headerOf, type RunRecord, recordOf } from './record';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const files = new Set(claim.files);
  for (const [run, dir] of (claim.note as readonly SourceDir[]).entries()) yield* readRun(run, dir, files, context);
};

async function* readRun(run: RunKey, dir: SourceDir, files: ReadonlySet<SourceFile>, context: ReadContext): AsyncGenerator<RunEvent> {
  const issues: Issue[] = [];
  const json = async (name: string): Promise<Value | undefined> => {
    const file = dir.files.get(name);
    if (!file || !files.has(file)) return undefined;
    const found = await readJsonFile(file, context);
    issues.push(...found.issues);
    return found.value;
  };
  const value = await json(recordName);
  if (!isObject(value))
    issues.push(
      issue('bad-record', 'run.json tells nothing: status, times and environment are unknown.', { file: dir.files.get(recordName)?.path ?? dir.path }),
    );
  const record: RunRecord = recordOf(value ?? null);
  // Ids count up from 1 in every store; the start tells stores apart, whether all of a store is dropped or one run of it.
  yield { kind: 'begin', run, identity: { nativeId: dir.name, scope: record.startTime ?? '' }, path: dir.path };
  yield { kind: 'header', run, set: headerOf(record) };
  for (const fact of factsOf(record)) yield { kind: 'fact', run, fact };

  const config = plainValue((await json('config.json')) ?? null);
  const params = flatten(config);
  yield { kind: 'params', run, values: params };
  for (const fact of seedFacts(params, { file: 'config.json' })) yield { kind: 'fact', run, fact };
  if (record.result !== null) yield { kind: 'summary', run, values: flatten({ result: record.result }) };
  yield { kind: 'summary', run, values: infoOf((await json('info.json')) ?? null) };

  const metrics = await json('metrics.json');
  if (metrics !== undefined) yield* metricEvents(run, metrics, issues, dir.files.get('metrics.json')?.path ?? dir.path);
  const captured = dir.files.get('cout.txt');
  const named = captured && captured.size > 0 && files.has(captured) && !record.artifacts.includes(captured.name) ? [captured.name] : [];
  for (const name of [...record.artifacts, ...named]) {
    const file = dir.files.get(name);
    if (file) {
      yield { kind: 'artifact', run, artifact: { path: pathBelow(dir, file), size: file.size, kind: 'file' }, file };
      yield* shownArtifact(run, name, { file, path: pathBelow(dir, file) }, context.keepMedia);
    } else {
      yield { kind: 'artifact', run, artifact: { path: name, size: null, kind: 'file' } };
      issues.push(issue('missing-file', `The run names an artifact ${name} that is not in its folder.`, { file: dir.path }));
    }
  }
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

/** An artifact that is a picture, a sound, a film or a page; Sacred knows no steps of artifacts. */
function* shownArtifact(run: RunKey, name: string, from: MediaFile, keepMedia: boolean): Generator<RunEvent> {
  const { form, type } = mediaTypeOf(name);
  if (form === 'file' || form === 'text') return;
  const of = { name, kind: form };
  yield { kind: 'media', run, media: { ...of, count: 1 } };
  if (keepMedia) yield { kind: 'media-item', run, of, item: { step: null, timeMs: null, index: 0, form, type, caption: null }, from };
}

/** What the run wrote into `info`. Its list of metrics is Sacred's own index, and metrics.json has them. */
function infoOf(value: Value): Values {
  const { metrics, ...info } = isObject(value) ? value : {};
  const isIndex = Array.isArray(metrics) && metrics.every((one) => isObject(one) && 'id' in one && 'name' in one);
  return flatten({ info: plainValue(metrics === undefined || isIndex ? info : { metrics, ...info }) });
}
