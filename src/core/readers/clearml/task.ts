// What ClearML holds of a task, as a session's task.json and a server tell it alike.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { parseTimestamp } from '../../formats/timestamp';
import type { Artifact, RunHeader, RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';

/** What has not begun (`created`, `queued`) is unknown, and told by its own word. */
const statuses: Readonly<Record<string, RunStatus>> = {
  in_progress: 'running',
  stopped: 'killed',
  completed: 'finished',
  published: 'finished',
  publishing: 'finished',
  closed: 'finished',
  failed: 'failed',
};

export interface StoredArtifact {
  readonly key: string;
  readonly uri: string;
  readonly size: number | null;
}

export const statusOf = (status: string | null): RunStatus => (status === null ? undefined : statuses[status]) ?? 'unknown';

/** @param project its name: a server tells only its id with the task */
export function headerOf(task: Values, project: string | null): Partial<RunHeader> {
  const nativeStatus = textOrNull(task.status);
  const status = statusOf(nativeStatus);
  return {
    name: textOrNull(task.name),
    experiment: project || null,
    parent: textOrNull(task.parent),
    jobType: textOrNull(task.type),
    notes: textOrNull(task.comment),
    status,
    nativeStatus,
    startedMs: timeOf(task.started),
    // A task that failed or was aborted has no `completed`: its status changed then.
    endedMs: timeOf(task.completed) ?? (status === 'failed' || status === 'killed' ? timeOf(task.status_changed) : null),
  };
}

export const tagsOf = ({ tags }: Values): Values =>
  Object.fromEntries((Array.isArray(tags) ? (tags as readonly Value[]) : []).filter((tag) => typeof tag === 'string').map((tag) => [tag, true]));

/** `section/name` → value, always text; configuration objects whole, as they were written. Old clients kept one flat map. */
export function paramsOf(task: Values): Values {
  const params: [string, Value][] = [];
  for (const [section, name, value] of hyperparams(task)) params.push([`${section}/${name}`, value]);
  for (const [name, object] of Object.entries(isObject(task.configuration) ? task.configuration : {}))
    if (isObject(object) && object.value !== undefined && object.value !== '') params.push([`configuration/${name}`, object.value]);
  if (params.length > 0) return Object.fromEntries(params);
  const execution = isObject(task.execution) ? task.execution : {};
  return isObject(execution.parameters) ? execution.parameters : {};
}

export function* hyperparams({ hyperparams: sections }: Values): Generator<readonly [string, string, Value]> {
  if (!isObject(sections)) return;
  for (const [section, entries] of Object.entries(sections)) {
    if (!isObject(entries)) continue;
    for (const [name, entry] of Object.entries(entries)) yield [section, name, isObject(entry) ? (entry.value ?? null) : entry];
  }
}

export function artifactsOf({ execution }: Values): readonly StoredArtifact[] {
  const list = isObject(execution) && Array.isArray(execution.artifacts) ? (execution.artifacts as readonly Value[]) : [];
  return list.flatMap((one) => {
    if (!isObject(one) || typeof one.key !== 'string') return [];
    return [{ key: one.key, uri: textOrNull(one.uri) ?? '', size: typeof one.content_size === 'number' ? one.content_size : null }];
  });
}

/** An artifact whose bytes are elsewhere. */
export const listedArtifact = ({ key, uri, size }: StoredArtifact): Artifact => ({
  path: key,
  size,
  kind: /^[a-z][\w+.-]*:\/\//i.test(uri) ? 'reference' : 'file',
});

export const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function timeOf(value: Value | undefined) {
  const ms = typeof value === 'string' ? parseTimestamp(value) : null;
  return ms === null ? null : epochMs(ms);
}
