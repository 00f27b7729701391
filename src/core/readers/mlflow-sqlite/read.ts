// Reads a database run by run.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { cellNumber, cellText, openSqlite, type Sqlite } from '../../formats/sqlite';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { type ArtifactFolder, artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import type { DatabaseNote } from './reader';
import { MlflowTables, type StoredRun } from './store';

const batchPoints = 16_384;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { wal, artifacts } = claim.note as DatabaseNote;
  const [file] = claim.key;
  if (!file) return;
  let db: Sqlite;
  try {
    db = await openSqlite(file, wal ?? undefined, context);
  } catch (error) {
    if (context.signal.aborted) throw error;
    yield {
      kind: 'issue',
      issue: issue('bad-record', `The database could not be opened: ${error instanceof Error ? error.message : String(error)}.`, { file: file.path }),
    };
    return;
  }
  try {
    yield* readRuns(new MlflowTables(db), file, artifacts, context);
  } finally {
    db.close();
  }
};

async function* readRuns(tables: MlflowTables, file: SourceFile, artifacts: readonly SourceDir[], context: ReadContext): AsyncGenerator<RunEvent> {
  let runs: readonly StoredRun[] = [];
  try {
    runs = tables.runs();
  } catch (error) {
    yield { kind: 'issue', issue: damaged(error, file) };
    return;
  }
  if (runs.length === 0) yield { kind: 'issue', issue: issue('empty', 'The MLflow database has no runs.', { file: file.path }) };
  for (const [run, stored] of runs.entries()) {
    context.signal.throwIfAborted();
    yield { kind: 'begin', run, identity: { nativeId: stored.id }, path: file.path };
    try {
      yield* readRun(run, stored, tables, file, artifacts, context);
    } catch (error) {
      if (context.signal.aborted) throw error;
      yield { kind: 'issue', run, issue: damaged(error, file) };
    }
    yield { kind: 'end', run };
  }
}

const damaged = (error: unknown, file: SourceFile) =>
  issue('bad-record', `The database is damaged here: ${error instanceof Error ? error.message : String(error)}. What was read before is kept.`, {
    file: file.name,
  });

async function* readRun(
  run: RunKey,
  stored: StoredRun,
  tables: MlflowTables,
  file: SourceFile,
  artifacts: readonly SourceDir[],
  context: ReadContext,
): AsyncGenerator<RunEvent> {
  const place = (table: string) => (key: string) => ({ file: file.name, where: `table ${table}, run ${stored.id}, key ${key}` });
  const params = tables.texts('params', stored.id);
  const tags = tables.texts('tags', stored.id);
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  yield* header(run, stored, tags, file);
  for (const fact of factsOfTags(tags, place('tags'))) yield { kind: 'fact', run, fact };
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
  yield* artifactEvents(run, artifactFolders(stored, tables, artifacts), context);
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

/** `<folder>/<experiment>/<run>/artifacts`, and the models that the run logged beside. */
function artifactFolders(stored: StoredRun, tables: MlflowTables, beside: readonly SourceDir[]): readonly ArtifactFolder[] {
  const folders: ArtifactFolder[] = [];
  for (const folder of beside) {
    const experiment = folder.dirs.get(stored.experimentId ?? '');
    const own = experiment?.dirs.get(stored.id)?.dirs.get('artifacts');
    if (own && folders.length === 0) folders.push({ dir: own, prefix: '', step: null });
  }
  for (const { id, step } of tables.models(stored.id)) {
    const model = beside
      .map((folder) =>
        folder.dirs
          .get(stored.experimentId ?? '')
          ?.dirs.get('models')
          ?.dirs.get(id)
          ?.dirs.get('artifacts'),
      )
      .find((dir) => dir !== undefined);
    if (model) folders.push({ dir: model, prefix: `../models/${id}/artifacts/`, step });
  }
  return folders;
}

/** Rows come metric by metric, so one batch is open at a time. */
function* metrics(run: RunKey, stored: StoredRun, tables: MlflowTables, file: SourceFile): Generator<RunEvent> {
  let series = -1;
  let name: string | null = null;
  let inexact: string | null = null;
  const batch = new Batch();
  for (const { key, value, time, step } of tables.points(stored.id)) {
    if (key !== name) {
      if (batch.points > 0) yield { kind: 'points', run, series, ...batch.take() };
      name = key;
      series++;
      yield { kind: 'series', run, series, key: { name, context: {} }, system: isSystemMetric(name) };
    }
    const number = cellNumber(step) ?? Number.NaN;
    const exact = Number.isSafeInteger(number) ? null : cellText(step);
    if (exact !== null) inexact ??= key;
    batch.add(number, value, time, exact);
    if (batch.points === batchPoints) yield { kind: 'points', run, series, ...batch.take() };
  }
  if (batch.points > 0) yield { kind: 'points', run, series, ...batch.take() };
  if (inexact !== null)
    yield {
      kind: 'issue',
      run,
      issue: issue('precision', `Steps of ${inexact} are larger than a 64-bit float can hold exactly.`, {
        file: file.name,
        where: `table metrics, run ${stored.id}, key ${inexact}`,
      }),
    };
}

/** Points that wait to be handed on. */
class Batch {
  points = 0;
  readonly #steps = new Float64Array(batchPoints);
  readonly #values = new Float64Array(batchPoints);
  readonly #times = new Float64Array(batchPoints);
  #exact: Record<number, string> = {};

  add(step: number, value: number, time: number, exact: string | null): void {
    this.#steps[this.points] = step;
    this.#values[this.points] = value;
    this.#times[this.points] = time;
    if (exact !== null) this.#exact[this.points] = exact;
    this.points++;
  }

  take() {
    const taken = {
      steps: this.#steps.slice(0, this.points),
      values: this.#values.slice(0, this.points),
      times: this.#times.slice(0, this.points),
      ...(Object.keys(this.#exact).length > 0 ? { exactSteps: this.#exact } : {}),
    };
    this.points = 0;
    this.#exact = {};
    return taken;
  }
}
