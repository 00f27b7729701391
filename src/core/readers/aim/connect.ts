// A connection to the server of Aim's page: experiments of its repository, and their runs.

import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import { textDigest } from '../../formats/text-digest';
import type { Value } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { objectOf } from './meta';
import { AimApi, isHash } from './server';
import { type RunNote, readListed } from './server-run';
import { listOf, type StreamedRun } from './stream';

export const connect: Connect = async (access, { user }, http, signal) => {
  const api = new AimApi(access, http);
  await api.repository(signal);
  return new AimConnection(api, user ?? null);
};

class AimConnection implements Connection {
  readonly server = 'Aim';
  /** The server looks through all runs for every question of points, however many it is asked for. */
  readonly runsAtOnce = 50;
  /** Experiment → its name; the query language knows names only. */
  #names: ReadonlyMap<string, string> | null = null;

  constructor(
    private readonly api: AimApi,
    readonly user: string | null,
  ) {}

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    const experiments = await this.api.experiments(signal);
    this.#names = new Map(experiments.map(({ id, name }) => [textOf(id) ?? '', textOf(name) ?? '']));
    yield experiments.map(({ id, name, run_count: runs }) => ({
      id: textOf(id) ?? '',
      name: textOf(name) ?? '',
      runs: numberOf(runs ?? null),
      changedMs: null,
    }));
  }

  async *runs({ projects, filter, since, ids }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    if (!this.#names) for await (const _ of this.projects(signal));
    const names = this.#names ?? new Map<string, string>();
    const known = new Set(projects.filter((id) => names.has(id)));
    if (known.size === 0) return;
    const parts = [
      ...(filter?.trim() ? [`(${filter.trim()})`] : []),
      ...(ids ? [`run.hash in ${JSON.stringify(ids.filter(isHash))}`] : []),
      ...(known.size < names.size ? [`run.experiment in ${JSON.stringify([...known].map((id) => names.get(id)))}`] : []),
    ];
    for await (const page of this.api.runs(parts.join(' and '), signal)) {
      const runs = [...page].flatMap(([hash, run]) => listed(hash, run));
      yield runs.filter(({ startedMs }) => since === null || (startedMs ?? 0) >= since);
    }
  }

  read(runs: readonly ListedRun[], context: ReadContext) {
    return readListed(runs, this.api, context);
  }
}

/** All that a search tells of a run goes into its mark: its props and params, and the last step and value of every series. */
function listed(hash: string, { tree }: StreamedRun): ListedRun[] {
  const props = tree.at('props');
  if (!isObject(props) || !isHash(hash)) return [];
  const params = objectOf(tree.at('params'));
  const seconds = numberOf(props.creation_time ?? null);
  const experiment = objectOf(props.experiment);
  const traces = listOf(objectOf(tree.at('traces')).metric);
  return [
    {
      nativeId: hash,
      project: textOf(experiment.id) ?? '',
      name: textOf(props.name) || null,
      status: props.end_time ? 'finished' : props.active === true ? 'running' : 'unknown',
      startedMs: seconds === null ? null : epochMs(seconds * 1000),
      user: null,
      mark: textDigest([props, params, tree.at('traces') ?? null] as Value),
      note: { props, params, hasSeries: traces.length > 0 } satisfies RunNote,
    },
  ];
}
