// A connection to an MLflow server: what it is, its experiments, its runs.

import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { textDigest } from '../../formats/text-digest';
import type { ReadContext } from '../../source/reader';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { statusOf } from '../_mlflow/meta';
import { MlflowApi, msOf } from './api';
import { Histories } from './history';
import { readRuns } from './read';

export const connect: Connect = async (access, { user }, http, signal) => {
  const api = new MlflowApi(access, http);
  const version = await api.version(signal);
  // Says whether we may read, and whether this is MLflow at all.
  const first = await api.experiments(signal).next();
  const names = new Map(first.done ? [] : first.value.map((one) => [textOf(one.experiment_id) ?? '', textOf(one.name) ?? '']));
  return new MlflowConnection(api, version, user ?? null, names);
};

class MlflowConnection implements Connection {
  readonly server: string;
  /** A question for one metric of all of them costs the server little more than for one. */
  readonly runsAtOnce = 25;
  readonly #histories: Histories;

  constructor(
    private readonly api: MlflowApi,
    version: string | null,
    readonly user: string | null,
    private readonly names: Map<string, string>,
  ) {
    this.server = version === null ? 'MLflow' : `MLflow ${version}`;
    this.#histories = new Histories(api);
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    for await (const page of this.api.experiments(signal)) {
      const projects = page.map((one) => ({
        id: textOf(one.experiment_id) ?? '',
        name: textOf(one.name) ?? '',
        runs: null,
        changedMs: msOf(one.last_update_time),
      }));
      for (const { id, name } of projects) this.names.set(id, name);
      yield projects;
    }
  }

  async *runs(query: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    if (query.ids) {
      for (const id of query.ids) {
        const found = await this.api.run(id, signal);
        if (found) yield listed([found]);
      }
      return;
    }
    const since = query.since === null ? null : `attributes.start_time >= ${Math.ceil(query.since)}`;
    const filter = [since, query.filter?.trim()].filter((part) => part).join(' and ');
    for await (const page of this.api.runs({ experiments: query.projects, filter: filter || null }, signal)) yield listed(page);
  }

  read(runs: readonly ListedRun[], context: ReadContext) {
    return readRuns(runs, { api: this.api, histories: this.#histories, experimentOf: (id) => this.#experimentOf(id, context.signal) }, context);
  }

  async #experimentOf(id: string, signal: AbortSignal): Promise<string | null> {
    if (!this.names.has(id)) this.names.set(id, textOf((await this.api.experiment(id, signal))?.name) ?? '');
    return this.names.get(id) || null;
  }
}

/** All that a search tells of a run goes into its mark: a point that was logged since changes the latest value, step or time. */
function listed(runs: readonly JsonObject[]): readonly ListedRun[] {
  return runs.flatMap((run) => {
    const info = isObject(run.info) ? run.info : {};
    const nativeId = textOf(info.run_id) ?? textOf(info.run_uuid);
    if (nativeId === null) return [];
    const tags = new Map(objectsOf(isObject(run.data) ? run.data.tags : []).map(({ key, value }) => [key, textOf(value)]));
    const { status } = statusOf(textOf(info.status));
    return [
      {
        nativeId,
        project: textOf(info.experiment_id) ?? '',
        name: textOf(info.run_name) ?? tags.get('mlflow.runName') ?? null,
        status,
        startedMs: msOf(info.start_time),
        user: textOf(info.user_id) ?? tags.get('mlflow.user') ?? null,
        mark: textDigest(run),
        note: run,
      },
    ];
  });
}
