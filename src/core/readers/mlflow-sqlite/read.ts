// Reads a database run by run.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { damaged, readDatabase } from '../_logs/database';
import { artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfSource, factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import { artifactFolders } from './artifacts';
import type { DatabaseNote } from './reader';
import { MlflowTables, type StoredRun } from './store';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { wal, roots } = claim.note as DatabaseNote;
  const [file] = claim.key;
  if (!file) return;
  yield* readDatabase(file, wal, context, (db) => readRuns({ tables: new MlflowTables(db), file, beside: claim.root, roots }, context));
};

interface Store {
  readonly tables: MlflowTables;
  readonly file: SourceFile;
  /** The folder of the database, and the folders in it that hold artifacts. */
  readonly beside: SourceDir;
  readonly roots: readonly SourceDir[];
}

async function* readRuns(store: Store, context: ReadContext): AsyncGenerator<RunEvent> {
  const { tables, file } = store;
  const runs: StoredRun[] = [];
  try {
    for (const stored of tables.runs()) runs.push(stored);
    if (runs.length === 0) yield { kind: 'issue', issue: issue('empty', 'The MLflow database has no runs.', { file: file.path }) };
  } catch (error) {
    yield { kind: 'issue', issue: damaged(error, file) };
  }
  for (const [run, stored] of runs.entries()) {
    context.signal.throwIfAborted();
    yield { kind: 'begin', run, identity: { nativeId: stored.id }, path: file.path };
    try {
      yield* readRun(run, stored, store, context);
    } catch (error) {
      if (context.signal.aborted) throw error;
      yield { kind: 'issue', run, issue: damaged(error, file) };
    }
    yield { kind: 'end', run };
  }
}

async function* readRun(run: RunKey, stored: StoredRun, { tables, file, beside, roots }: Store, context: ReadContext): AsyncGenerator<RunEvent> {
  const place = (table: string) => (key: string) => ({ file: file.name, where: `table ${table}, run ${stored.id}, key ${key}` });
  const params = tables.texts('params', stored.id);
  const tags = tables.texts('tags', stored.id);
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  yield* header(run, stored, tags, file);
  for (const fact of factsOfTags(tags, place('tags'))) yield { kind: 'fact', run, fact };
  const source = { name: stored.sourceName, version: stored.sourceVersion };
  const column = { name: 'source_name', version: 'source_version' };
  for (const fact of factsOfSource(source, tags, (field) => ({ file: file.name, where: `table runs, run ${stored.id}, column ${column[field]}` })))
    yield { kind: 'fact', run, fact };
  const seed = seedFact(params, place('params'));
  if (seed) yield { kind: 'fact', run, fact: seed };
  const datasets = tables.datasets(stored.id);
  if (datasets.length > 0) {
    const evidence = datasets.map(({ name, digest }) => ({
      file: file.name,
      where: `table inputs, run ${stored.id}`,
      value: `${name} @ ${digest ?? 'no digest'}`,
    }));
    yield { kind: 'fact', run, fact: { kind: 'datasets', value: datasets, evidence } };
  }
  yield* artifactEvents(run, artifactFolders(stored, tables.models(stored.id), beside, roots), tags, context);
  yield* metrics(run, stored, tables, file);
}

function* header(run: RunKey, stored: StoredRun, tags: Readonly<Record<string, string>>, file: SourceFile): Generator<RunEvent> {
  const { stage, experimentStage, started, ended } = stored;
  yield {
    kind: 'header',
    run,
    set: {
      name: stored.name ?? tags['mlflow.runName'] ?? null,
      experiment: stored.experiment,
      ...statusOf(stored.status),
      startedMs: started === null ? null : epochMs(started),
      endedMs: ended === null ? null : epochMs(ended),
      user: stored.user ?? tags['mlflow.user'] ?? null,
      deleted: stage === 'deleted' || experimentStage === 'deleted',
      ...headerOfTags(tags),
    },
  };
  const evidence = (table: string) => [{ file: file.name, where: `table ${table}, column lifecycle_stage`, value: 'deleted' }];
  if (stage === 'deleted') yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: stage, evidence: evidence('runs') } };
  if (experimentStage === 'deleted')
    yield { kind: 'fact', run, fact: { kind: 'experiment_lifecycle_stage', value: experimentStage, evidence: evidence('experiments') } };
}

function* metrics(run: RunKey, stored: StoredRun, tables: MlflowTables, file: SourceFile): Generator<RunEvent> {
  let series = -1;
  let name: string | null = null;
  let inexact: string | null = null;
  for (const { key, ...points } of tables.points(stored.id)) {
    if (key !== name) {
      name = key;
      series++;
      yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemMetric(name) };
    }
    if (points.exactSteps) inexact ??= key;
    yield { kind: 'points', run, series, ...points };
  }
  if (inexact === null) return;
  const where = `table metrics, run ${stored.id}, key ${inexact}`;
  yield { kind: 'issue', run, issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, { file: file.name, where }) };
}
