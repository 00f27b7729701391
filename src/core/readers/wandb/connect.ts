// A connection to W&B: projects of an entity and its teams, and their runs.

import { type EpochMs, epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { type JsonObject, textOf } from '../../formats/http-json';
import { parseJson } from '../../formats/json';
import { textDigest } from '../../formats/text-digest';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunStatus } from '../../model/run';
import type { Value } from '../../model/values';
import { HttpError } from '../../source/http';
import { type Connect, type Connection, type ListedRun, type Project, type RunQuery, SettingsError } from '../../source/tracker';
import { WandbApi } from './graphql';
import { readListed } from './server-run';

export const connect: Connect = async (access, settings, http, signal) => {
  const api = new WandbApi(access, http);
  const viewer = await api.viewer(signal);
  if (viewer === null && settings.key) throw new HttpError('unauthorised', `${new URL(access.base).host} does not know this API key.`, access.base);
  const entities = settings.entity ? [settings.entity] : (viewer?.entities ?? []);
  if (entities.length === 0) throw new SettingsError('key', 'Enter an API key; or, for public projects, the entity that they are of.');
  return new WandbConnection(api, await api.version(signal), viewer?.name ?? null, entities);
};

class WandbConnection implements Connection {
  readonly server: string;
  readonly runsAtOnce = 1;

  constructor(
    private readonly api: WandbApi,
    version: string | null,
    readonly user: string | null,
    private readonly entities: readonly string[],
  ) {
    this.server = version === null ? 'Weights & Biases' : `Weights & Biases ${version}`;
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    for (const entity of this.entities)
      for await (const page of this.api.projects(entity, signal))
        yield page.flatMap(({ name, entityName, createdAt }) => {
          const id = `${textOf(entityName) ?? entity}/${textOf(name) ?? ''}`;
          return [{ id, name: id, runs: null, changedMs: msOf(createdAt) }];
        });
  }

  async *runs({ projects, filter, since, ids }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const filters = filtersOf(filter, since, ids);
    for (const project of projects) {
      const [entity = '', name = ''] = splitOnce(project);
      for await (const page of this.api.runs(entity, name, filters, signal)) yield page.map((run) => listed(project, run));
    }
  }

  read([run]: readonly ListedRun[], context: Parameters<Connection['read']>[1]) {
    const [entity = '', project = ''] = splitOnce(run?.project ?? '');
    return readListed({ entity, project, run: run?.nativeId ?? '' }, this.api, context);
  }
}

function splitOnce(path: string): readonly [string, string] {
  const at = path.indexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
}

/** All that a list tells of a run goes into its mark: a row that was logged since moves the heartbeat. */
function listed(project: string, run: JsonObject): ListedRun {
  const { name, displayName, state, createdAt, user } = run;
  return {
    nativeId: textOf(name) ?? '',
    project,
    name: textOf(displayName),
    status: statusOfState(textOf(state)).status,
    startedMs: msOf(createdAt),
    user: isObject(user) ? (textOf(user.username) ?? textOf(user.name)) : null,
    mark: textDigest(run),
  };
}

/** In the form of MongoDB, as W&B's own client sends it. @throws SettingsError for a filter that is no JSON object */
function filtersOf(filter: string | null, since: EpochMs | null, ids: readonly string[] | undefined): string {
  let own: Value = null;
  if (filter?.trim()) {
    try {
      own = parseJson(filter);
    } catch {
      own = null;
    }
    if (!isObject(own)) throw new SettingsError('filter', 'A filter of W&B is JSON, such as {"config.lr": {"$lt": 0.1}, "state": "finished"}.');
  }
  const parts = [
    ...(own === null ? [] : [own]),
    ...(since === null ? [] : [{ createdAt: { $gte: new Date(since).toISOString() } }]),
    ...(ids ? [{ name: { $in: [...ids] } }] : []),
  ];
  return JSON.stringify(parts.length === 0 ? {} : parts.length === 1 ? parts[0] : { $and: parts });
}

const statuses: Readonly<Record<string, RunStatus>> = {
  running: 'running',
  preempting: 'running',
  finished: 'finished',
  failed: 'failed',
  crashed: 'failed',
  killed: 'killed',
  preempted: 'killed',
};

/** States that are not known, such as `pending`, are told as they are. */
export const statusOfState = (state: string | null): { readonly status: RunStatus; readonly nativeStatus: string | null } => ({
  status: statuses[state ?? ''] ?? 'unknown',
  nativeStatus: state,
});

/** A date as W&B writes it: ISO 8601 in UTC, with or without saying so. */
export function msOf(value: Value | undefined): EpochMs | null {
  const ms = typeof value === 'string' ? parseTimestamp(value) : null;
  return ms === null ? null : epochMs(ms);
}
