// The events of listed runs: what the search told, then histories of all of them together, then artifacts.

import { issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { Dataset } from '../../model/facts';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { ListedRun } from '../../source/tracker';
import { type ArtifactFolder, artifactEvents } from '../_mlflow/artifacts';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfSource, factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import { KeptRuns } from '../_remote/kept-runs';
import { type MlflowApi, msOf } from './api';
import { listArtifacts } from './artifacts';
import type { Histories } from './history';
import type { KeptHistories } from './kept-histories';

interface Shop {
  readonly api: MlflowApi;
  readonly histories: Histories;
  experimentOf(id: string): Promise<string | null>;
}

const texts = (list: readonly JsonObject[]): Readonly<Record<string, string>> =>
  Object.fromEntries(list.map(({ key, value }) => [textOf(key) ?? '', textOf(value) ?? '']));

export async function* readRuns(runs: readonly ListedRun[], shop: Shop, context: ReadContext): AsyncGenerator<RunEvent> {
  const stored = runs.map(({ note }) => storedRun(note as JsonObject));
  for (const [run, one] of stored.entries()) yield* said(run, one, await shop.experimentOf(one.experiment));
  yield* metrics(stored, shop.histories, context);
  for (const [run, one] of stored.entries()) {
    yield* artifacts(run, one, shop.api, context);
    yield { kind: 'end', run };
  }
}

interface StoredRun {
  readonly id: string;
  readonly experiment: string;
  readonly info: JsonObject;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
  readonly goesOn: boolean;
  readonly datasets: readonly Dataset[];
  readonly models: readonly { readonly id: string; readonly step: number | null }[];
}

function storedRun(run: JsonObject): StoredRun {
  const part = (name: string): JsonObject => (isObject(run[name]) ? run[name] : {});
  const info = part('info');
  const data = part('data');
  return {
    id: textOf(info.run_id) ?? textOf(info.run_uuid) ?? '',
    experiment: textOf(info.experiment_id) ?? '',
    info,
    params: texts(objectsOf(data.params)),
    tags: texts(objectsOf(data.tags)),
    keys: objectsOf(data.metrics).map(({ key }) => textOf(key) ?? ''),
    goesOn: statusOf(textOf(info.status)).status === 'running',
    datasets: objectsOf(part('inputs').dataset_inputs).map(datasetOf),
    models: objectsOf(part('outputs').model_outputs).map(({ model_id, step }) => ({ id: textOf(model_id) ?? '', step: numberOf(step ?? null) })),
  };
}

function datasetOf(input: JsonObject): Dataset {
  const dataset = isObject(input.dataset) ? input.dataset : {};
  const context = objectsOf(input.tags).find(({ key }) => key === 'mlflow.data.context');
  return { name: textOf(dataset.name) ?? '', digest: textOf(dataset.digest), source: textOf(dataset.source), context: textOf(context?.value) };
}

const evidenceFile = 'api/2.0/mlflow/runs/get';

/** What the search told of the run. */
function* said(run: RunKey, { id, experiment: experimentId, info, params, tags, datasets }: StoredRun, experiment: string | null): Generator<RunEvent> {
  const place = (part: string) => (key: string) => ({ file: evidenceFile, where: `run ${id}, ${part} ${key}` });
  yield { kind: 'begin', run, identity: { nativeId: id }, path: `${experimentId}/${id}` };
  yield { kind: 'params', run, values: params };
  yield { kind: 'tags', run, values: tags };
  const stage = textOf(info.lifecycle_stage) ?? 'active';
  yield {
    kind: 'header',
    run,
    set: {
      name: textOf(info.run_name) || (tags['mlflow.runName'] ?? null),
      experiment,
      ...statusOf(textOf(info.status)),
      startedMs: msOf(info.start_time),
      endedMs: msOf(info.end_time),
      user: textOf(info.user_id) || (tags['mlflow.user'] ?? null),
      deleted: stage === 'deleted',
      ...headerOfTags(tags),
    },
  };
  for (const fact of factsOfTags(tags, place('tag'))) yield { kind: 'fact', run, fact };
  const source = { name: textOf(info.source_name), version: textOf(info.source_version) };
  for (const fact of factsOfSource(source, tags, place('field'))) yield { kind: 'fact', run, fact };
  const seed = seedFact(params, place('param'));
  if (seed) yield { kind: 'fact', run, fact: seed };
  if (stage === 'deleted')
    yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: stage, evidence: [{ ...place('field')('lifecycle_stage'), value: stage }] } };
  if (datasets.length === 0) return;
  const evidence = datasets.map(({ name, digest }) => ({ ...place('input')(name), value: `${name} @ ${digest ?? 'no digest'}` }));
  yield { kind: 'fact', run, fact: { kind: 'datasets', value: datasets, evidence } };
}

async function* metrics(stored: readonly StoredRun[], histories: Histories, context: ReadContext): AsyncGenerator<RunEvent> {
  const series = stored.map(() => 0);
  const inexact = new Set<RunKey>();
  const kept = (await context.memory?.keep('histories', [], () => new KeptRuns<KeptHistories>())) ?? null;
  for await (const { run, key, ...points } of histories.of(stored, kept, context.signal)) {
    const number = series[run] ?? 0;
    series[run] = number + 1;
    yield { kind: 'series', run, series: number, key: { name: key, context: {} }, system: isSystemMetric(key) };
    yield { kind: 'points', run, series: number, ...points };
    if (!points.exactSteps || inexact.has(run)) continue;
    inexact.add(run);
    const place = { file: 'api/2.0/mlflow/metrics/get-history', where: `run ${stored[run]?.id}, key ${key}` };
    yield { kind: 'issue', run, issue: issue('precision', `Steps of ${key} are larger than a 64-bit float can hold exactly.`, place) };
  }
}

/** Artifacts are a bonus: where the server cannot reach them, the run is told without. */
async function* artifacts(run: RunKey, { id, experiment, tags, models }: StoredRun, api: MlflowApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { signal } = context;
  const folders: ArtifactFolder[] = [];
  try {
    const own = await listArtifacts(`${experiment}/${id}`, {
      list: (path) => api.artifacts(id, path, signal),
      fetch: (path, most) => api.artifact(id, path, most, signal),
    });
    folders.push({ dir: own.dir, prefix: '', step: null });
    if (own.cut) yield { kind: 'issue', run, issue: issue('too-large', 'The run has more artifacts than are listed.', { file: `${experiment}/${id}` }) };
    for (const model of models) {
      const { dir } = await listArtifacts(`${experiment}/models/${model.id}`, {
        list: (path) => api.modelArtifacts(model.id, path, signal),
        fetch: (path, most) => api.modelArtifact(model.id, path, most, signal),
      });
      folders.push({ dir, prefix: `models/${model.id}/`, step: model.step });
    }
    yield* artifactEvents(run, folders, tags, context);
  } catch (error) {
    if (!(error instanceof HttpError) || error.isFinal) throw error;
    yield { kind: 'issue', run, issue: issue(error.code, `Artifacts were left out: ${error.message}`, { file: error.file, severity: 'warn' }) };
  }
}
