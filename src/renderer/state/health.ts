// What the health rules say of every run, judged in the background by the analysis worker: badges, marks, tab and report read from here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import type { RunHealth } from '../../core/health/finding';
import type { Run } from '../../core/model/run';
import type { RoleStatement } from '../../core/project/project';
import type { RunRef } from '../registry/jobs';
import type { JobWish } from '../workers/analysis-client';

/** What the job `health` is asked: runs, with what a person stated of their metrics. */
export interface HealthRequest {
  readonly runs: readonly RunRef[];
  readonly roles: readonly RoleStatement[];
}

export interface HealthResult {
  readonly judged: readonly RunHealth[];
  /** Runs that no rule could look at, with the reason. */
  readonly failed: readonly { readonly run: RunId; readonly message: string }[];
}

export interface HealthState {
  /** Runs as they were judged last; a run that changed keeps its old findings until it is judged again. */
  readonly judged: ReadonlyMap<RunId, RunHealth>;
  readonly failed: ReadonlyMap<RunId, string>;
}

export interface Health {
  readonly store: StoreApi<HealthState>;
  /** Somebody looks at these runs: they are judged first, and tests wait for them. @returns how to look away */
  want(ids: readonly RunId[]): () => void;
  /** Runs or statements changed: what is new is judged. */
  refresh(): void;
}

export interface HealthDeps {
  readonly runs: () => ReadonlyMap<RunId, Run>;
  /** Those that charts draw come before the rest. */
  readonly first: () => ReadonlySet<RunId>;
  readonly roles: () => readonly RoleStatement[];
  readonly refOf: (run: Run) => RunRef;
  readonly ask: (wish: JobWish) => Promise<HealthResult>;
}

/** One portion is small enough that those somebody waits for come soon, and that findings appear while the rest is judged. */
const portionPoints = 300_000;
const portionRuns = 16;

export function createHealth({ runs, first, roles, refOf, ask }: HealthDeps): Health {
  const store = createStore<HealthState>(() => ({ judged: new Map(), failed: new Map() }));
  /** What each run was judged as. */
  const known = new Map<RunId, string>();
  /** Runs to be judged, found once per change and not once per portion: there may be ten thousand. */
  const pending = new Set<RunId>();
  const wanted = new Map<object, readonly RunId[]>();
  let working = false;

  /** Statements about metrics that the run does not have change nothing for it. */
  const rolesFor = (run: Run): readonly RoleStatement[] => {
    const stated = roles();
    return stated.length === 0 ? stated : stated.filter(({ metric }) => run.series.some((series) => series.name === metric));
  };
  const stateOf = (run: Run): string => `${refOf(run).stamp} ${JSON.stringify(rolesFor(run))}`;
  const isNew = (run: Run | undefined): run is Run => run !== undefined && known.get(run.id) !== stateOf(run);

  function* found(ids: Iterable<RunId>): Generator<Run> {
    const all = runs();
    for (const id of ids) {
      const run = all.get(id);
      if (isNew(run) && !run.deleted) yield run;
    }
  }

  const nextPortion = (): { readonly runs: readonly Run[]; readonly background: boolean } | null => {
    const all = runs();
    const asked = [...new Set([...wanted.values()].flat())].map((id) => all.get(id));
    const urgent = portionOf(asked.filter(isNew));
    if (urgent.length > 0) return { runs: urgent, background: false };
    const shown = [...first()].filter((id) => pending.has(id));
    const later = portionOf(found(shown.length > 0 ? shown : pending));
    return later.length > 0 ? { runs: later, background: true } : null;
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    for (let portion = nextPortion(); portion; portion = nextPortion()) {
      const states = portion.runs.map((run) => [run.id, stateOf(run)] as const);
      const request: HealthRequest = { runs: portion.runs.map(refOf), roles: roles() };
      const result = await ask({ job: 'health', place: 'all runs', request, background: portion.background }).catch(
        (error: unknown): HealthResult => ({
          judged: [],
          failed: portion.runs.map((run) => ({ run: run.id, message: error instanceof Error ? error.message : String(error) })),
        }),
      );
      for (const [id, state] of states) {
        known.set(id, state);
        if (!isNew(runs().get(id))) pending.delete(id);
      }
      store.setState((before) => withResult(before, result, runs()));
    }
    working = false;
  };

  return {
    store,
    want(ids) {
      const token = {};
      wanted.set(token, ids);
      void work();
      return () => wanted.delete(token);
    },
    refresh() {
      const all = runs();
      for (const id of known.keys()) if (!all.has(id)) known.delete(id);
      pending.clear();
      for (const run of all.values()) if (!run.deleted && isNew(run)) pending.add(run.id);
      store.setState((before) => withResult(before, { judged: [], failed: [] }, all));
      void work();
    },
  };
}

function portionOf(fresh: Iterable<Run>): readonly Run[] {
  const portion: Run[] = [];
  let points = 0;
  for (const run of fresh) {
    if (portion.length === portionRuns || (portion.length > 0 && points > portionPoints)) break;
    portion.push(run);
    points += run.series.reduce((sum, series) => sum + series.count, 0);
  }
  return portion;
}

/** Without runs that are gone; the same state where nothing changes. */
function withResult(before: HealthState, { judged, failed }: HealthResult, runs: ReadonlyMap<RunId, Run>): HealthState {
  const gone = [...before.judged.keys(), ...before.failed.keys()].some((id) => !runs.has(id));
  if (judged.length + failed.length === 0 && !gone) return before;
  const nextJudged = new Map([...before.judged].filter(([id]) => runs.has(id)));
  const nextFailed = new Map([...before.failed].filter(([id]) => runs.has(id)));
  for (const health of judged) {
    nextJudged.set(health.run, health);
    nextFailed.delete(health.run);
  }
  for (const { run, message } of failed) {
    nextFailed.set(run, message);
    nextJudged.delete(run);
  }
  return { judged: nextJudged, failed: nextFailed };
}
