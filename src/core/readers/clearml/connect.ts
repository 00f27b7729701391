// A connection to a ClearML server: its projects, and their tasks.

import { type EpochMs, epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { type JsonObject, textOf } from '../../formats/http-json';
import { parseJson } from '../../formats/json';
import { textDigest } from '../../formats/text-digest';
import type { Value } from '../../model/values';
import { type Connect, type Connection, type ListedRun, type Project, type RunQuery, SettingsError } from '../../source/tracker';
import { ClearmlApi } from './server';
import { readListed, type TaskNote } from './server-run';
import { statusOf, textOrNull, timeOf } from './task';

const idsAtOnce = 100;

export const connect: Connect = async (access, { user = '', password = '' }, http, signal) => {
  const api = new ClearmlApi(access, { access: user, secret: password }, http);
  const name = await api.login(signal);
  return new ClearmlConnection(api, await api.version(signal), name);
};

class ClearmlConnection implements Connection {
  readonly server: string;
  readonly runsAtOnce = 1;

  constructor(
    private readonly api: ClearmlApi,
    version: string | null,
    readonly user: string | null,
  ) {
    this.server = version === null ? 'ClearML' : `ClearML ${version}`;
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    for await (const page of this.api.projects(signal))
      yield page.map(({ id, name, last_update: changed }) => ({ id: textOf(id) ?? '', name: textOf(name) ?? '', runs: null, changedMs: timeOf(changed) }));
  }

  async *runs({ projects, filter, since, ids, newest, glance }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const own = filterOf(filter);
    if (ids) {
      for (let at = 0; at < ids.length; at += idsAtOnce)
        for await (const page of this.api.tasks({ ...own, id: ids.slice(at, at + idsAtOnce) }, false, signal)) yield listed(page, since);
      return;
    }
    if (projects.length === 0) return;
    // What started since has changed its status since: that the server can tell.
    const changed: JsonObject = since === null ? {} : { status_changed: [`>=${new Date(since).toISOString()}`] };
    // As on its page: archived tasks are shown to who asks for them.
    const question = { system_tags: ['-archived'], ...changed, ...own, project: projects };
    for await (const page of this.api.tasks(question, newest ?? glance ?? false, signal)) yield listed(page, since);
  }

  read([run]: readonly ListedRun[], context: Parameters<Connection['read']>[1]) {
    return readListed(run?.nativeId ?? '', run?.note as TaskNote, this.api, context);
  }
}

/**
 * JSON as `Task.get_tasks(task_filter=…)` takes it; any other text is looked for in the names, as `task_name` is.
 * @throws SettingsError for what begins like JSON and is none
 */
function filterOf(filter: string | null): JsonObject {
  const text = filter?.trim() ?? '';
  if (text === '') return {};
  if (!text.startsWith('{')) return { name: text };
  let own: Value = null;
  try {
    own = parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (isObject(own)) return own;
  throw new SettingsError('filter', 'A filter of ClearML is JSON, such as {"status": ["failed"], "tags": ["baseline"]}, or a pattern of names.');
}

/** All that a list tells of a task goes into its mark: events that were reported since move the last update. */
function listed(tasks: readonly JsonObject[], since: EpochMs | null): readonly ListedRun[] {
  return tasks.flatMap((task): ListedRun[] => {
    const nativeId = textOrNull(task.id);
    const startedMs = timeOf(task.started);
    if (nativeId === null || (since !== null && (startedMs ?? epochMs(Number.NEGATIVE_INFINITY)) < since)) return [];
    const note: TaskNote = { project: named(task.project), user: named(task.user) };
    return [
      {
        nativeId,
        project: (isObject(task.project) ? textOrNull(task.project.id) : textOrNull(task.project)) ?? '',
        name: textOrNull(task.name),
        status: statusOf(textOrNull(task.status)),
        startedMs,
        user: note.user,
        mark: textDigest(task),
        note,
      },
    ];
  });
}

const named = (joined: Value | undefined): string | null => (isObject(joined) ? textOrNull(joined.name) : null);
