// A connection to a Trackio dashboard: its projects, and their runs.

import { epochMs } from '../../base/units';
import { textOf } from '../../formats/http-json';
import { textDigest } from '../../formats/text-digest';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value } from '../../model/values';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { nameFilter } from '../_remote/name-filter';
import { objectOf } from './project';
import { type Table, TrackioApi } from './server';
import { type RunNote, readListed } from './server-run';

const runsPerPage = 100;

export const connect: Connect = async (access, _, http, signal) => {
  const api = new TrackioApi(access, http);
  const version = await api.version(signal);
  // Says whether we may read, and whether this is Trackio at all.
  await api.projects(signal);
  return new TrackioConnection(api, version);
};

class TrackioConnection implements Connection {
  readonly server: string;
  readonly user = null;
  readonly runsAtOnce = 1;

  constructor(
    private readonly api: TrackioApi,
    version: string | null,
  ) {
    this.server = version === null ? 'Trackio' : `Trackio ${version}`;
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    yield (await this.api.projects(signal)).map((name) => ({ id: name, name, runs: null, changedMs: null }));
  }

  async *runs({ projects, filter, since, ids }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const isWanted = nameFilter(filter, 'Trackio');
    const among = ids && new Set(ids);
    for (const project of projects) {
      const all = await runsOf(project, this.api, signal);
      const runs = all
        .filter(({ nativeId, name, startedMs }) => (among?.has(nativeId) ?? true) && isWanted(name ?? '') && (since === null || (startedMs ?? 0) >= since))
        .sort((a, b) => (b.startedMs ?? 0) - (a.startedMs ?? 0) || (a.nativeId < b.nativeId ? -1 : 1));
      for (let at = 0; at < runs.length; at += runsPerPage) yield runs.slice(at, at + runsPerPage);
    }
  }

  read(runs: readonly ListedRun[], context: Parameters<Connection['read']>[1]) {
    return readListed(runs, this.api, context);
  }
}

/** The columns by which it is told whether a run has something new: rows are only ever added, or all taken away. */
const counted = 'count(*) AS n, max(id) AS last, min(timestamp) AS began';
const asked: readonly (readonly [Table, string])[] = [
  ['metrics', counted],
  ['configs', 'max(config) AS config'],
  ['system_metrics', counted],
];

async function runsOf(project: string, api: TrackioApi, signal: AbortSignal): Promise<readonly ListedRun[]> {
  const tables = await api.tables(project, signal);
  const runs = new Map<string, { name: string; config: string | null; began: string | null; told: Value[] }>();
  for (const [table, columns] of asked) {
    if (!tables.has(table)) continue;
    for (const row of await api.ofRuns(project, table, columns, signal)) {
      const [id, name, config, began] = [row.run_id, row.run_name, row.config, row.began].map(textOf);
      if (id === null || id === undefined) continue;
      const run = runs.get(id) ?? { name: name ?? '', config: null, began: null, told: [] };
      runs.set(id, { ...run, config: config ?? run.config, began: run.began ?? began ?? null, told: [...run.told, row] });
    }
  }
  return [...runs].map(([nativeId, { name, config, began, told }]): ListedRun => {
    const stored = config === null ? null : objectOf(config);
    const startedMs = parseTimestamp(textOf(stored?._Created) ?? began ?? '');
    const note: RunNote = { config, tables };
    return {
      nativeId,
      project,
      name,
      status: 'unknown',
      startedMs: startedMs === null ? null : epochMs(startedMs),
      user: textOf(stored?._Username),
      mark: textDigest(told),
      note,
    };
  });
}
