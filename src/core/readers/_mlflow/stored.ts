// A run as MLflow's tables hold it, and the events that tell it, whichever database the tables lie in.

import { epochMs } from '../../base/units';
import { type Cell, cellNumber, cellText } from '../../formats/sqlite';
import type { RunEvent, RunKey } from '../../model/events';
import type { Dataset } from '../../model/facts';
import type { Has } from '../_sql/has';
import { statusOf } from './meta';
import { factsOfSource, factsOfTags, headerOfTags, seedFact } from './tags';

export interface StoredRun {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string | null;
  readonly experiment: string | null;
  readonly experimentStage: string;
  readonly status: string | null;
  readonly started: number | null;
  readonly ended: number | null;
  readonly user: string | null;
  readonly stage: string;
  /** Where the run kept its artifacts, as the training machine saw it. */
  readonly artifactUri: string | null;
  /** Script and commit, in the columns that MLflow used before it had tags for them. */
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
}

export const noun = 'MLflow database';
/** What MLflow's tables are told from those of other trackers by, together. */
export const marks = ['runs', 'experiments', 'params', 'tags', 'metrics'] as const;

/** `table.column`, or NULL where the schema has no such column. */
export const columnOf = (has: Has, table: string, column: string): string => (has(table, column) ? `${table}.${column}` : 'NULL');

/** Columns and tables of runs as `storedRun` takes them: `SELECT … FROM …`. */
export function runsQuestion(has: Has, idText: (column: string) => string = (column) => column): string {
  const column = (name: string): string => columnOf(has, 'runs', name);
  const experiments = has('experiments', 'experiment_id') && has('runs', 'experiment_id');
  const experiment = (name: string): string => (experiments ? columnOf(has, 'experiments', name) : 'NULL');
  return `SELECT ${column('run_uuid')}, ${column('name')}, ${idText(column('experiment_id'))}, ${experiment('name')}, ${experiment('lifecycle_stage')},
    ${column('status')}, ${column('start_time')}, ${column('end_time')}, ${column('user_id')}, ${column('lifecycle_stage')}, ${column('artifact_uri')},
    ${column('source_name')}, ${column('source_version')}
    FROM runs ${experiments ? 'LEFT JOIN experiments ON experiments.experiment_id = runs.experiment_id' : ''}`;
}

/** Null for a row without an id. */
export function storedRun(row: readonly (Cell | undefined)[]): StoredRun | null {
  const text = (index: number): string | null => cellText(row[index]) || null;
  const id = text(0);
  if (id === null) return null;
  return {
    id,
    name: text(1),
    experimentId: text(2),
    experiment: text(3),
    experimentStage: text(4) ?? 'active',
    status: text(5),
    started: cellNumber(row[6]),
    ended: cellNumber(row[7]),
    user: text(8),
    stage: text(9) ?? 'active',
    artifactUri: text(10),
    sourceName: text(11),
    sourceVersion: text(12),
  };
}

/** Name, digest, source and context of the datasets of runs, each after the run's id; null where the schema has none. @param condition over `inputs` */
export function datasetsQuestion(has: Has, condition: string, order: string): string | null {
  if (!has('inputs', 'source_id', 'destination_id') || !has('datasets', 'dataset_uuid', 'name', 'digest')) return null;
  const context = has('input_tags', 'input_uuid', 'name', 'value')
    ? "(SELECT value FROM input_tags WHERE input_tags.input_uuid = inputs.input_uuid AND input_tags.name = 'mlflow.data.context')"
    : 'NULL';
  return `SELECT inputs.destination_id, datasets.name, datasets.digest, ${columnOf(has, 'datasets', 'dataset_source')}, ${context}
    FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id WHERE ${condition} AND inputs.source_type = 'DATASET' ORDER BY ${order}`;
}

export const datasetOf = ([, name, digest, source, used]: readonly (Cell | undefined)[]): Dataset => ({
  name: cellText(name) ?? '',
  digest: cellText(digest),
  source: cellText(source),
  context: cellText(used),
});

interface Told {
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly datasets: readonly Dataset[];
}

/** All that is told of a run but its metrics and artifacts. @param file what evidence names: the file, or the database */
export function* storedEvents(run: RunKey, stored: StoredRun, { params, tags, datasets }: Told, file: string): Generator<RunEvent> {
  const place = (table: string) => (key: string) => ({ file, where: `table ${table}, run ${stored.id}, key ${key}` });
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  yield* header(run, stored, tags, file);
  for (const fact of factsOfTags(tags, place('tags'))) yield { kind: 'fact', run, fact };
  const source = { name: stored.sourceName, version: stored.sourceVersion };
  const column = { name: 'source_name', version: 'source_version' };
  for (const fact of factsOfSource(source, tags, (field) => ({ file, where: `table runs, run ${stored.id}, column ${column[field]}` })))
    yield { kind: 'fact', run, fact };
  const seed = seedFact(params, place('params'));
  if (seed) yield { kind: 'fact', run, fact: seed };
  if (datasets.length === 0) return;
  const evidence = datasets.map(({ name, digest }) => ({ file, where: `table inputs, run ${stored.id}`, value: `${name} @ ${digest ?? 'no digest'}` }));
  yield { kind: 'fact', run, fact: { kind: 'datasets', value: datasets, evidence } };
}

function* header(run: RunKey, stored: StoredRun, tags: Told['tags'], file: string): Generator<RunEvent> {
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
  const evidence = (table: string) => [{ file, where: `table ${table}, column lifecycle_stage`, value: 'deleted' }];
  if (stage === 'deleted') yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: stage, evidence: evidence('runs') } };
  if (experimentStage === 'deleted')
    yield { kind: 'fact', run, fact: { kind: 'experiment_lifecycle_stage', value: experimentStage, evidence: evidence('experiments') } };
}
