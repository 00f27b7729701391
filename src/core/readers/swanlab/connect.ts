// A connection to SwanLab: the projects of a user and the teams, and their experiments.

import { isObject } from '../../formats/flatten';
import { type JsonObject, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { textDigest } from '../../formats/text-digest';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { SwanLabApi } from './api';
import { parseFilter } from './filter';
import { readListed } from './server-run';
import { isGoing, msOf, refOf, statusOf } from './terms';

export const connect: Connect = async (access, { key = '', workspace }, http, signal) => {
  const api = new SwanLabApi(access, key, http);
  const user = await api.login(signal);
  return new SwanLabConnection(api, user, workspace ?? null);
};

class SwanLabConnection implements Connection {
  readonly server = 'SwanLab';
  readonly runsAtOnce = 1;

  constructor(
    private readonly api: SwanLabApi,
    readonly user: string | null,
    private readonly workspace: string | null,
  ) {}

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    const workspaces = this.workspace !== null ? [this.workspace] : this.user === null ? [] : await this.api.workspaces(this.user, signal);
    for (const workspace of workspaces)
      for await (const page of this.api.projects(workspace, signal))
        yield page.flatMap(({ name, path, _count: count, updatedAt, createdAt }): Project[] => {
          const id = textOf(path) ?? (textOf(name) === null ? null : `${workspace}/${textOf(name)}`);
          const runs = isObject(count) ? numberOf(count.experiments ?? null) : null;
          return id === null ? [] : [{ id, name: id, runs, changedMs: msOf(updatedAt) ?? msOf(createdAt) }];
        });
  }

  async *runs(query: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const filters = parseFilter(query.filter);
    for (const project of query.projects) {
      const pages = query.ids
        ? this.#byId(project, query.ids, signal)
        : filters
          ? [await this.api.filtered(project, filters, signal)]
          : this.api.runs(project, signal);
      for await (const page of pages) {
        const found = page.filter(({ cuid, createdAt }) => {
          const started = msOf(createdAt);
          return textOf(cuid) !== null && (query.since === null || (started !== null && started >= query.since));
        });
        if (found.length > 0) yield await this.#listed(project, found, query, signal);
      }
    }
  }

  read([run]: readonly ListedRun[], context: ReadContext) {
    return readListed(run as ListedRun, this.api, context);
  }

  async *#byId(project: string, ids: readonly string[], signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
    for (const id of ids) {
      const run = await this.api.run(project, id, signal);
      if (run) yield [run];
    }
  }

  /** What the list tells goes into the mark, and of a run that goes on what it logged last: the list does not tell that. */
  async #listed(project: string, runs: readonly JsonObject[], { glance }: RunQuery, signal: AbortSignal): Promise<readonly ListedRun[]> {
    const going = runs.filter(({ state }) => isGoing(textOf(state)));
    const last: JsonObject | null = going.length === 0 ? {} : glance ? null : await this.#summaries(project, going, signal);
    return runs.map((run): ListedRun => {
      const { cuid, name, state, createdAt, user, description, labels, cluster, job, finishedAt, updatedAt, profile } = run;
      const nativeId = textOf(cuid) ?? '';
      const told = [name, state, createdAt, description, labels, cluster, job, finishedAt, updatedAt, profile].map((value) => value ?? null);
      return {
        nativeId,
        project,
        name: textOf(name),
        status: statusOf(textOf(state)).status,
        startedMs: msOf(createdAt),
        user: isObject(user) ? textOf(user.username) : null,
        mark: isGoing(textOf(state)) && last === null ? '' : textDigest([told, last?.[nativeId] ?? null]),
      };
    });
  }

  /** Null from servers that are older than the call. */
  async #summaries(project: string, runs: readonly JsonObject[], signal: AbortSignal): Promise<JsonObject | null> {
    const projectId = await this.api.projectId(project, signal);
    try {
      return await this.api.summaries(
        runs.map((run) => refOf(run, projectId)),
        signal,
      );
    } catch (error) {
      if (!(error instanceof HttpError) || error.isFinal) throw error;
      return null;
    }
  }
}
