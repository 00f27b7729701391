// One run: its record in the database, then its store of params, then its store of series.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { isRocksStore } from '../../formats/rocksdb/names';
import { RocksStore } from '../../formats/rocksdb/store';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunHeader } from '../../model/run';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { dirAt, pathBelow, type SourceDir, type SourceFile } from '../../source/source';
import { blobDomain, rangeBelow } from './encoding';
import { SeriesEvents } from './events';
import { factsOfSystem, userOf } from './facts';
import { databaseName, metaChunks, seqsChunks } from './find';
import { MediaShelf } from './media';
import { RunMeta, readMeta } from './meta';
import type { Layout } from './points';
import type { RunRecord } from './records';
import { exportTip } from './remedy';
import { SeriesSink } from './series';

export interface OneRun {
  readonly hash: string;
  /** Null where the database does not know it, or there is none. */
  readonly record: RunRecord | null;
  readonly root: SourceDir;
  readonly database: SourceFile | null;
}

/** Everything between the begin and the end of a run. */
export async function* readRun(run: RunKey, one: OneRun, context: ReadContext): AsyncGenerator<RunEvent> {
  const { hash, record, root, database } = one;
  const where = `table run, hash ${hash}`;
  if (record && database) yield* headerOf(run, record, database, where);
  else if (database) yield { kind: 'issue', run, issue: issue('missing-file', `${databaseName} does not know the run.`, { file: database.path, where }) };
  const store = await openStore(root, metaChunks, hash, context);
  const meta = store ? await readMeta(store, hash) : new RunMeta();
  yield* metaEvents(run, meta, one);
  yield* store ? issuesOf(run, store, hash) : missing(run, `${metaChunks}/${hash}`, 'Params, contexts and the end of the run are missing.');
  yield* seriesOf(run, one, meta, context);
}

async function openStore(root: SourceDir, chunks: string, hash: string, context: ReadContext): Promise<RocksStore | null> {
  const dir = dirAt(root, chunks)?.dirs.get(hash);
  return dir && isRocksStore(dir) ? RocksStore.open(dir, context) : null;
}

function* issuesOf(run: RunKey, store: RocksStore, hash: string): Generator<RunEvent> {
  for (const found of store.issues) yield { kind: 'issue', run, issue: withRemedy(found, hash) };
}

const withRemedy = (found: Issue, hash: string): Issue => (found.code === 'unsupported' ? { ...found, tip: exportTip(hash) } : found);

function* missing(run: RunKey, path: string, message: string): Generator<RunEvent> {
  yield { kind: 'issue', run, issue: issue('missing-file', `The store ${path} is not there. ${message}`) };
}

function* headerOf(run: RunKey, record: RunRecord, database: SourceFile, where: string): Generator<RunEvent> {
  const { name, experiment, description, archived, experimentArchived, created, finalized, tags, notes } = record;
  const set: Partial<RunHeader> = {
    name,
    experiment,
    notes: [description, ...notes].filter((text) => text !== null).join('\n\n') || null,
    deleted: archived,
    startedMs: created === null ? null : epochMs(created),
    ...endOf(finalized),
  };
  yield { kind: 'header', run, set };
  yield { kind: 'tags', run, values: Object.fromEntries(tags.map((tag) => [tag, true])) };
  const evidence = [{ file: database.name, where: `${where}, column is_archived`, value: '1' }];
  if (archived) yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: 'archived', evidence } };
  if (experimentArchived) yield { kind: 'fact', run, fact: { kind: 'experiment_lifecycle_stage', value: 'archived', evidence } };
}

/** A run without an end may be under way, killed or given up: nothing tells which. @param ended milliseconds */
export const endOf = (ended: number | null): Partial<RunHeader> =>
  ended === null ? { status: 'unknown', endedMs: null } : { status: 'finished', endedMs: epochMs(ended) };

function* metaEvents(run: RunKey, meta: RunMeta, { root, hash }: OneRun): Generator<RunEvent> {
  const { params, system, ended } = meta;
  const place = (file: SourceFile | null): string => (file ? pathBelow(root, file) : `${metaChunks}/${hash}`);
  yield { kind: 'params', run, values: flatten(params) };
  const user = userOf(system);
  if (user !== null) yield { kind: 'header', run, set: { user } };
  // Where the store says how the run ended, it knows better than the database, which older versions kept it in.
  if (ended !== undefined) yield { kind: 'header', run, set: endOf(ended === null ? null : ended * 1000) };
  for (const fact of factsOfSystem(system, place(meta.systemFile))) yield { kind: 'fact', run, fact };
  for (const [name, value] of Object.entries(params)) {
    const [seed] = seedFacts(flatten({ [name]: value }), { file: place(meta.paramFile(name)) });
    if (!seed) continue;
    yield { kind: 'fact', run, fact: seed };
    break;
  }
  for (const artifact of meta.artifacts) yield* artifactOf(run, artifact);
  if (meta.bad === 0) return;
  const message = `${meta.bad} entries of the run's store are no path with a value of Aim's, or lie too deep.`;
  yield { kind: 'issue', run, issue: issue('bad-value', message, { file: dirAt(root, `${metaChunks}/${hash}`)?.path ?? root.path }) };
}

/** Artifacts lie where the run was told to put them; the repository names them only. */
export function* artifactOf(run: RunKey, artifact: Value): Generator<RunEvent> {
  const name = isObject(artifact) && typeof artifact.name === 'string' ? artifact.name.replace(/^\/+/, '') : '';
  if (name !== '') yield { kind: 'artifact', run, artifact: { path: name, size: null, kind: 'reference' } };
}

/** Where the series of each layout stand, in the order of their keys. */
const layouts: readonly { readonly layout: Layout; readonly above: readonly string[] }[] = [
  { layout: 'by-step', above: ['seqs', 'chunks'] },
  { layout: 'by-hash', above: ['seqs', 'v2', 'chunks'] },
];

async function* seriesOf(run: RunKey, { hash, root }: OneRun, meta: RunMeta, context: ReadContext): AsyncGenerator<RunEvent> {
  const path = `${seqsChunks}/${hash}`;
  const store = await openStore(root, seqsChunks, hash, context);
  if (!store) {
    if (meta.hasSeries) yield* missing(run, path, 'The points of the run are missing.');
    return;
  }
  const shelf = new MediaShelf(run);
  const events = new SeriesEvents(run, meta, dirAt(root, path)?.path ?? root.path, shelf);
  let bad = 0;
  for (const { layout, above } of layouts) {
    const [from, to] = rangeBelow(...above, hash);
    const sink = new SeriesSink(from.length, context.limits.pointsPerRun + 1, context.keepMedia);
    for await (const _ of store.scan(from, to, sink)) for (const series of sink.done.splice(0)) yield* events.series(series, layout);
    sink.end();
    for (const series of sink.done.splice(0)) yield* events.series(series, layout);
    bad += sink.bad;
    if (shelf.waits) yield* contentsOf(shelf, store, [blobDomain, ...above, hash]);
  }
  yield* shelf.end();
  yield* events.end();
  yield* issuesOf(run, store, hash);
  if (bad === 0) return;
  yield { kind: 'issue', run, issue: issue('bad-value', `${bad} entries of the run's store are no points of Aim's.`, { file: path }) };
}

/** Finds what the media of a run are made of: their bytes stand apart, under the keys of the fields that they belong to. */
async function* contentsOf(shelf: MediaShelf, store: RocksStore, above: readonly string[]): AsyncGenerator<RunEvent> {
  const [from, to] = rangeBelow(...above);
  const found: [Uint8Array, Uint8Array][] = [];
  const sink = { entry: (key: Uint8Array, value: Uint8Array) => void found.push([key.slice(from.length), value.slice()]) };
  const drained = function* () {
    for (const [key, value] of found.splice(0)) yield* shelf.found(key, value);
  };
  for await (const _ of store.scan(from, to, sink)) yield* drained();
  yield* drained();
}
