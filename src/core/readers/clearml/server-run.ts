// The events of one task on a server, told as its offline session would tell them.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import type { JsonObject } from '../../formats/http-json';
import type { RunEvent, RunKey } from '../../model/events';
import type { Evidence } from '../../model/facts';
import type { Artifact } from '../../model/run';
import type { Value, Values } from '../../model/values';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import { PointCollector } from '../_logs/collector';
import { TaskEvents } from './events';
import { factsOf } from './facts';
import { mediaEvents } from './media';
import type { ClearmlApi } from './server';
import { type EventType, isWhole, type Told, takeByMetric, takePages } from './server-events';
import { artifactsOf, headerOf, listedArtifact, paramsOf, tagsOf, textOrNull } from './task';
import { watched } from './zeros';

/** What the list tells by name, and the task by id. */
export interface TaskNote {
  readonly project: string | null;
  readonly user: string | null;
}

const run: RunKey = 0;

export async function* readListed(id: string, { project, user }: TaskNote, api: ClearmlApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const { signal } = context;
  const task = await api.task(id, signal);
  const issues: Issue[] = [];
  yield { kind: 'begin', run, identity: { nativeId: id }, path: project === null ? id : `${project}/${id}` };
  const isArchived = Array.isArray(task.system_tags) && task.system_tags.includes('archived');
  yield { kind: 'header', run, set: { ...headerOf(task, project), user, deleted: isArchived } };
  yield { kind: 'params', run, values: paramsOf(task) };
  yield { kind: 'tags', run, values: tagsOf(task) };
  const place = (key: string): Evidence => ({ file: 'tasks.get_by_id', where: `task ${id}, key ${key}` });
  for (const fact of factsOf(task, place)) yield { kind: 'fact', run, fact };
  if (isArchived) {
    const evidence = [{ ...place('system_tags'), value: 'archived' }];
    yield { kind: 'fact', run, fact: { kind: 'lifecycle_stage', value: 'archived', evidence } };
  }
  for (const artifact of artifactsOf(task)) yield { kind: 'artifact', run, artifact: listedArtifact(artifact) };

  const [scalars, media, models] = await Promise.all([
    readScalars(id, api, context, issues),
    readMedia(task, id, api, context, issues),
    listModels(id, task, api, context, issues),
  ]);
  for (const artifact of models) yield { kind: 'artifact', run, artifact };
  const file = 'events.get_task_events';
  if (scalars.events.badValues > 0) issues.push(issue('bad-value', `${scalars.events.badValues} values are no numbers and were skipped.`, { file }));
  yield* watched(scalars.points.flush(true), issues, file);
  yield { kind: 'summary', run, values: Object.fromEntries(scalars.events.summary) };
  // Where their files lie, only the machine that trained may know: they are listed.
  yield* mediaEvents(run, media, issues, () => null);
  for (const one of issues) yield { kind: 'issue', run, issue: one };
  yield { kind: 'end', run };
}

/** Every scalar, from fast pages, or anew from the slow ones where the fast ones do not tell all. */
async function readScalars(id: string, api: ClearmlApi, { signal, limits }: ReadContext, issues: Issue[]) {
  const empty = () => {
    const points = new PointCollector(run, limits.seriesPerRun);
    return { points, events: new TaskEvents(points, id) };
  };
  const fast = empty();
  const told = await takePages(id, 'training_stats_scalar', (page) => fast.events.take(page), api, signal);
  if (isWhole(told)) return fast;
  const whole = empty();
  const again = { ...told, told: await takeByMetric(id, (page) => whole.events.take(page), api, signal) };
  if (!isWhole(again)) issues.push(partly('values', again));
  return whole;
}

/** Plots and debug samples are a bonus: a run is told without them. */
async function readMedia(task: Values, id: string, api: ClearmlApi, { signal, limits, keepMedia }: ReadContext, issues: Issue[]): Promise<TaskEvents> {
  const events = new TaskEvents(new PointCollector(run, limits.seriesPerRun), id, keepMedia);
  try {
    for (const type of reportedMedia(task)) {
      const told = await takePages(id, type, (page) => events.take(page), api, signal);
      if (!isWhole(told)) issues.push(partly(type === 'plot' ? 'plots' : 'debug samples', told));
    }
  } catch (error) {
    issues.push(leftOut('Plots and debug samples', error));
  }
  return events;
}

const partly = (what: string, { told, held }: Told): Issue =>
  issue('sampled', `The server told ${told} of the ${held} ${what} that it counts.`, { file: 'events.get_task_events' });

/** Kinds that a task reported: the server keeps, by the names of metrics, which. Where it does not, both are asked for. */
function reportedMedia({ metric_stats: stats }: Values): readonly EventType[] {
  const kept = isObject(stats) ? Object.values(stats) : [];
  const reported = (type: string): boolean => kept.some((one) => isObject(one) && isObject(one.event_stats_by_type) && type in one.event_stats_by_type);
  return (['plot', 'training_debug_image'] as const).filter((type) => kept.length === 0 || reported(type));
}

/** Models that the task made, under the name of their file, as a session keeps them; those that it began with under `input`. */
async function listModels(id: string, task: Values, api: ClearmlApi, { signal }: ReadContext, issues: Issue[]): Promise<readonly Artifact[]> {
  try {
    const made = await api.models({ task: [id] }, signal);
    const known = new Set(made.map((model) => model.id));
    const [output, input] = [modelsOf(task, 'output').filter((one) => !known.has(one)), modelsOf(task, 'input')];
    const used = output.length + input.length > 0 ? await api.models({ id: [...new Set([...output, ...input])] }, signal) : [];
    const named = (ids: readonly string[]): readonly JsonObject[] => ids.map((one) => used.find((model) => model.id === one) ?? { id: one });
    const listed =
      (folder: string) =>
      (model: JsonObject): Artifact => ({ path: `${folder}/${fileOf(model)}`, size: null, kind: 'reference' });
    return [...[...made, ...named(output)].map(listed('models')), ...named(input).map(listed('models/input'))];
  } catch (error) {
    issues.push(leftOut('Models', error));
    return [];
  }
}

/** The name of its file, else its own. */
function fileOf({ id, name, uri }: JsonObject): string {
  const file = textOrNull(uri)?.split(/[?#]/, 1)[0]?.split('/').at(-1);
  return file || textOrNull(name) || String(id);
}

function modelsOf({ models }: Values, side: 'input' | 'output'): readonly string[] {
  const list = isObject(models) && Array.isArray(models[side]) ? (models[side] as readonly Value[]) : [];
  return list.flatMap((one) => (isObject(one) ? (textOrNull(one.model) ?? (isObject(one.model) ? textOrNull(one.model.id) : null) ?? []) : []));
}

function leftOut(what: string, error: unknown): Issue {
  if (!(error instanceof HttpError) || error.isFinal) throw error;
  return issue(error.code, `${what} were left out: ${error.message}`, { file: error.file, severity: 'warn' });
}
