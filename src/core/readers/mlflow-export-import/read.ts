// Reads the runs of an export, one after another.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import type { SourceDir, SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import { artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import { datasetsOf } from './inputs';
import { readPoints } from './points';
import { type ExportNote, runName } from './reader';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { experiment, runs } = claim.note as ExportNote;
  const told = experiment ? await readJsonFile(experiment, context) : { value: undefined, issues: [] };
  for (const one of told.issues) yield { kind: 'issue', issue: one };
  const about = objectAt(told.value, 'mlflow');
  if (experiment) for (const one of experimentIssues(experiment, told.value, new Set(runs.map(({ dir }) => dir.name)))) yield { kind: 'issue', issue: one };
  for (const [run, { dir, file }] of runs.entries()) {
    context.signal.throwIfAborted();
    yield* readRun(run, dir, file, objectAt(about, 'experiment'), context);
  }
};

/** Runs that the exporter lost, runs that are not in the folder, and an experiment without any. */
function* experimentIssues(file: SourceFile, value: Value | undefined, present: ReadonlySet<string>): Generator<Issue> {
  const listed = textsOf(objectAt(value, 'mlflow').runs);
  const failed = textsOf(objectAt(value, 'info').failed_runs);
  const absent = listed.filter((id) => !present.has(id));
  const place = { file: file.path };
  if (failed.length > 0)
    yield issue('export-errors', `The exporter failed on ${failed.length} runs, first ${failed[0]}.`, { ...place, where: 'key info.failed_runs' });
  if (absent.length > 0)
    yield issue('missing-file', `${absent.length} runs of the export are not here, first ${absent[0]}.`, { ...place, where: 'key mlflow.runs' });
  // Every store has an experiment 0, which most people never use.
  const { experiment_id: id, name } = objectAt(objectAt(value, 'mlflow'), 'experiment');
  if (present.size === 0 && absent.length === 0 && id !== '0') yield issue('empty', `The MLflow experiment ${textOf(name) ?? file.path} has no runs.`, place);
}

async function* readRun(run: RunKey, dir: SourceDir, file: SourceFile, experiment: Values, context: ReadContext): AsyncGenerator<RunEvent> {
  const { value, issues } = await readJsonFile(file, context);
  const exported = objectAt(value, 'mlflow');
  const info = objectAt(exported, 'info');
  // The names of the sections stand in `data` in some versions, beside `info` in others.
  const data = isObject(exported.data) ? exported.data : exported;
  const place = (section: string) => (key: string) => ({ file: runName, where: `key mlflow.${section}.${key}` });
  yield { kind: 'begin', run, identity: { nativeId: textOf(info.run_id) ?? textOf(info.run_uuid) ?? dir.name }, path: dir.path };
  for (const one of issues) yield { kind: 'issue', run, issue: one };

  const params = textsIn(data.params);
  const tags = textsIn(data.tags);
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  yield* header(run, info, tags, experiment);
  for (const fact of factsOfTags(tags, place('tags'))) yield { kind: 'fact', run, fact };
  const seed = seedFact(params, place('params'));
  if (seed) yield { kind: 'fact', run, fact: seed };
  const datasets = datasetsOf(exported.inputs, runName);
  if (datasets) yield { kind: 'fact', run, fact: datasets };

  const artifacts = dir.dirs.get('artifacts');
  yield* artifactEvents(run, artifacts ? [{ dir: artifacts, prefix: '', step: null }] : [], tags, context);
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const trouble = readPoints(data.metrics, (name, step, time, number) => points.add(name, step, time, number, { system: isSystemMetric(name) }));
  yield* points.flush(false);
  if (trouble.bad > 0)
    yield { kind: 'issue', run, issue: issue('bad-value', `${trouble.bad} values of metrics are no points and were skipped.`, { file: runName }) };
  if (trouble.inexact !== null)
    yield { kind: 'issue', run, issue: issue('precision', `Steps of ${trouble.inexact} are larger than a 64-bit float can hold exactly.`, { file: runName }) };
  yield { kind: 'end', run };
}

function* header(run: RunKey, info: Values, tags: Readonly<Record<string, string>>, experiment: Values): Generator<RunEvent> {
  const started = timeOf(info.start_time);
  const ended = timeOf(info.end_time);
  const deleted = info.lifecycle_stage === 'deleted';
  const experimentDeleted = experiment.lifecycle_stage === 'deleted';
  const status = info.status ?? null;
  yield {
    kind: 'header',
    run,
    set: {
      name: textOf(info.run_name) ?? tags['mlflow.runName'] ?? null,
      experiment: textOf(experiment.name),
      ...statusOf(typeof status === 'string' || typeof status === 'number' ? String(status) : null),
      startedMs: started === null ? null : epochMs(started),
      endedMs: ended === null ? null : epochMs(ended),
      user: textOf(info.user_id) ?? tags['mlflow.user'] ?? null,
      deleted: deleted || experimentDeleted,
      ...headerOfTags(tags),
    },
  };
  const evidence = (file: string, where: string) => [{ file, where, value: 'deleted' }];
  if (deleted) yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: 'deleted', evidence: evidence(runName, 'key mlflow.info.lifecycle_stage') } };
  if (experimentDeleted) {
    const where = evidence('../experiment.json', 'key mlflow.experiment.lifecycle_stage');
    yield { kind: 'fact', run, fact: { kind: 'experiment_lifecycle_stage', value: 'deleted', evidence: where } };
  }
}

const objectAt = (value: Value | undefined, key: string): Values => {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
};
const textOf = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const timeOf = (value: Value | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const textsOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

/** Params and tags are text in MLflow. */
const textsIn = (value: Value | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).flatMap(([key, item]) => (typeof item === 'string' ? [[key, item] as const] : [])));
