// A connection to a running TensorBoard: its one log folder, and the runs in it.

import { epochMs } from '../../base/units';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { Connect, Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { nameFilter } from '../_remote/name-filter';
import { type Environment, TensorBoardApi } from './server';
import { type RunNote, readListed, startOf } from './server-read';
import { curvesOf, gathered, type Member, markOf, nameOf } from './server-runs';
import type { Session } from './server-sessions';
import { statusOfSession } from './sessions';

export const connect: Connect = async (access, { user }, http, signal) => {
  const api = new TensorBoardApi(access, http);
  return new TensorBoardConnection(api, await api.environment(signal), user ?? null);
};

class TensorBoardConnection implements Connection {
  readonly server: string;
  /** A question for one tag of all of them costs the server little more than for one. */
  readonly runsAtOnce = 25;

  constructor(
    private readonly api: TensorBoardApi,
    private readonly environment: Environment,
    readonly user: string | null,
  ) {
    this.server = environment.version === null ? 'TensorBoard' : `TensorBoard ${environment.version}`;
  }

  /** The log folder: a TensorBoard has one. */
  get #project(): string {
    return this.environment.location || 'logs';
  }

  async *projects(): AsyncGenerator<readonly Project[]> {
    yield [{ id: this.#project, name: this.#project, runs: null, changedMs: null }];
  }

  async *runs({ projects, filter, since, ids, glance }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    if (!projects.includes(this.#project)) return;
    const isWanted = nameFilter(filter, 'TensorBoard');
    const among = ids && new Set(ids);
    const { runs, trouble } = await this.#members(signal);
    const chosen = [...runs].filter(([path]) => isWanted(path) && (among?.has(path) ?? true));
    for (let from = 0; from < chosen.length; from += this.runsAtOnce) {
      const page = chosen.slice(from, from + this.runsAtOnce);
      // It says neither when a run changed nor when it began: only its points tell.
      const members = page.map(([, of]) => of);
      const curves = glance && since === null ? null : await curvesOf(members, this.api, signal);
      yield page.flatMap(([path, of], at): ListedRun[] => {
        const own = curves?.[at] ?? null;
        const startedMs = startOf(of, own ?? []);
        if (since !== null && (startedMs === null || startedMs < since)) return [];
        const note: RunNote = { path, members: of, curves: own, trouble };
        const status = of.map(({ session }) => statusOfSession(session)).find((one) => one !== 'unknown') ?? 'unknown';
        const mark = own === null ? '' : markOf(of, own);
        return [
          {
            nativeId: path,
            project: this.#project,
            name: nameOf(path),
            status,
            startedMs: startedMs === null ? null : epochMs(startedMs),
            user: null,
            mark,
            note,
          },
        ];
      });
    }
  }

  read(runs: readonly ListedRun[], context: ReadContext) {
    const { location, mostPoints } = this.environment;
    return readListed(
      runs.map(({ note }) => note as RunNote),
      // The folder reader knows a run by its first bytes, which no answer holds.
      { api: this.api, scope: `${this.api.access.base} ${location}`, mostPoints },
      context,
    );
  }

  /** Runs with what is part of them, the newest first. What holds neither scalars nor hyperparameters is no run. */
  async #members(signal: AbortSignal): Promise<{ readonly runs: ReadonlyMap<string, readonly Member[]>; readonly trouble: HttpError | null }> {
    const [order, tags] = await Promise.all([this.api.runs(signal), this.api.tags(signal)]);
    const { sessions, trouble } = await this.#sessions(signal);
    const names = [...new Set([...order, ...tags.keys(), ...sessions.keys()])].filter((name) => (tags.get(name)?.length ?? 0) > 0 || sessions.has(name));
    const members = [...gathered(names)].map(([path, of]): [string, Member[]] => [
      path,
      of
        .map(({ name, below }) => ({ name, below, tags: tags.get(name) ?? [], session: sessions.get(name) ?? null }))
        .sort((a, b) => (a.below < b.below ? -1 : 1)),
    ]);
    return { runs: new Map(members.reverse()), trouble };
  }

  /** The plugin may be missing, and fails over what others wrote: curves are read without it. */
  async #sessions(signal: AbortSignal): Promise<{ readonly sessions: ReadonlyMap<string, Session>; readonly trouble: HttpError | null }> {
    try {
      return { sessions: await this.api.sessions(signal), trouble: null };
    } catch (error) {
      if (!(error instanceof HttpError) || error.isFinal) throw error;
      return { sessions: new Map(), trouble: error.code === 'not-found' ? null : error };
    }
  }
}
