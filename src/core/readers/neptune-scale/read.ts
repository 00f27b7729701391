// Reads a database, which holds one run.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { mediaTypeOf } from '../../formats/media-types';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir } from '../../source/source';
import { readDatabase } from '../_logs/database';
import { attributeEvents } from '../_neptune/attributes';
import { itemAt } from '../_neptune/media';
import { ScaleRun } from './fold';
import type { ScaleNote } from './reader';
import { ScaleTables, type StoredUpload } from './store';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { database, wal } = claim.note as ScaleNote;
  yield* readDatabase(database, wal, context, (db) => readRun(new ScaleTables(db), claim, context));
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function* readRun(tables: ScaleTables, claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const run: RunKey = 0;
  const { database } = claim.note as ScaleNote;
  const trouble: string[] = [];
  let about: ReturnType<ScaleTables['run']> = { project: null, id: null, version: null };
  try {
    about = tables.run();
  } catch (error) {
    trouble.push(messageOf(error));
  }
  const fold = new ScaleRun();
  const skipped = applyAll(tables, fold, trouble, context);
  const id = about.id ?? fold.creation?.id ?? null;
  if (id === null) {
    const what = trouble.length > 0 ? `The database is damaged: ${trouble[0]}.` : 'The database holds no run.';
    yield { kind: 'issue', issue: issue(trouble.length > 0 ? 'bad-record' : 'empty', what, { file: database.path }) };
    return;
  }
  const { project } = about;
  yield { kind: 'begin', run, identity: project === null ? { nativeId: id } : { nativeId: id, scope: project }, path: claim.root.path };
  const { creation } = fold;
  const place = (path: string) => ({ file: database.name, where: `table run_operations, operation ${fold.origins.get(path) ?? '?'}, attribute ${path}` });
  yield* attributeEvents(run, fold.all(), place, {
    name: creation?.experiment ?? id,
    experiment: project,
    parent: creation?.parent ?? null,
    startedMs: creation?.created == null ? null : epochMs(creation.created),
    formatVersion: about.version,
  });
  if (creation?.parent && creation.forkStep)
    yield { kind: 'tags', run, values: { 'sys/forking/parent': creation.parent, 'sys/forking/step': creation.forkStep.value } };
  yield* fold.media.events(run, context.keepMedia);
  yield* uploads(run, tables, fold, claim.root, trouble, context.keepMedia);
  const inexact = yield* fold.series.events(run);
  if (inexact.length > 0)
    yield {
      kind: 'issue',
      run,
      issue: issue('precision', `Steps of ${inexact.slice(0, 5).join(', ')} are longer than a 64-bit float can hold exactly.`, { file: database.name }),
    };
  yield* shortcomings(run, tables, fold, skipped, trouble, database.name);
  yield { kind: 'end', run };
}

/** @returns how many operations are damaged */
function applyAll(tables: ScaleTables, fold: ScaleRun, trouble: string[], context: ReadContext): number {
  let skipped = 0;
  try {
    for (const operation of tables.operations()) {
      if (operation.sequence % 1024 === 0) context.signal.throwIfAborted();
      try {
        fold.apply(operation);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        skipped++;
      }
    }
  } catch (error) {
    context.signal.throwIfAborted();
    trouble.push(messageOf(error));
  }
  return skipped;
}

/** Content given as bytes lies beside the database under a name of chance; other files lay where the training ran. */
function* uploads(run: RunKey, tables: ScaleTables, fold: ScaleRun, dir: SourceDir, trouble: string[], keepMedia: boolean): Generator<RunEvent> {
  const waiting = new Map<string, StoredUpload>();
  try {
    for (const upload of tables.uploads()) waiting.set(upload.destination, upload);
  } catch (error) {
    trouble.push(messageOf(error));
  }
  const fileOf = (path: string) => {
    const source = waiting.get(path)?.source ?? '';
    return dir.files.get(source.slice(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1)) ?? null;
  };
  for (const one of keepMedia ? fold.appended : []) {
    const kind = fold.media.kindOf(one.attribute);
    const file = fileOf(one.path);
    const of = { name: one.attribute, kind: kind ?? 'file' };
    // Only the last file of a series is an artifact; all of them have a place of their own here.
    const from = file ? { file, path: `${one.attribute}/${file.name}` } : null;
    if (kind !== null) yield { kind: 'media-item', run, of, item: { ...itemAt(one, mediaTypeOf(one.path)), size: one.size }, from };
  }
  for (const [attribute, { path, size }] of [...fold.files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const file = fileOf(path);
    const artifact = { path: attribute, size: file?.size ?? size ?? waiting.get(path)?.size ?? null, kind: file ? ('file' as const) : ('reference' as const) };
    yield { kind: 'artifact', run, artifact, ...(file ? { file } : {}) };
    if (attribute.startsWith('source_code/diff') && file)
      yield { kind: 'fact', run, fact: { kind: 'git_patch', value: file.name, evidence: [{ file: file.name, where: `attribute ${attribute}` }] } };
  }
}

function* shortcomings(run: RunKey, tables: ScaleTables, fold: ScaleRun, skipped: number, trouble: string[], file: string): Generator<RunEvent> {
  try {
    for (const { type, count } of tables.errors())
      yield {
        kind: 'issue',
        run,
        issue: issue('export-errors', `The client met ${count} errors of the kind ${type}: some operations may never have been accepted.`, { file }),
      };
  } catch (error) {
    trouble.push(messageOf(error));
  }
  if (fold.firstSequence !== null && fold.firstSequence > 1) {
    const message = `Operations 1 to ${fold.firstSequence - 1} of this run are not here: the client sent them to the service and removed them.`;
    yield { kind: 'issue', run, issue: issue('missing-file', message, { file, tip: 'Only an export made before the service closed holds them.' }) };
  }
  if (skipped > 0)
    yield {
      kind: 'issue',
      run,
      issue: issue('bad-record', `${skipped} ${skipped === 1 ? 'operation is' : 'operations are'} damaged and were skipped.`, { file }),
    };
  for (const message of new Set(trouble))
    yield { kind: 'issue', run, issue: issue('bad-record', `The database is damaged here: ${message}. What was read before is kept.`, { file }) };
}
