// Small projects for the examples of practices: everything unknown unless given.

import { runId } from '../base/units';
import type { Fact } from '../model/facts';
import { emptyHeader, type Run, type Series } from '../model/run';
import { emptyProject, type Project } from '../project/project';
import { inferRole } from '../series/roles';
import { cadenceOf } from './cadence';
import type { PracticeContext } from './rule';

/** Steps at which a series was logged and what else is of interest; a number stands for so many points, one a step. */
export interface ExampleSeries extends Partial<Pick<Series, 'min' | 'max' | 'first' | 'last' | 'mean' | 'role' | 'split' | 'direction' | 'xAxis'>> {
  readonly steps: number | readonly number[];
  /** Milliseconds since the epoch, one a point. */
  readonly times?: readonly number[];
}

export interface ExampleRun extends Partial<Omit<Run, 'id' | 'series' | 'facts'>> {
  readonly logs?: Readonly<Record<string, ExampleSeries | number>>;
  readonly facts?: readonly Pick<Fact, 'kind' | 'value'>[];
}

export interface ExampleProject {
  readonly runs: readonly ExampleRun[];
  readonly project?: Partial<Project>;
  /** Noon of 15 November 2026 unless given. */
  readonly now?: number;
  /** Folder of each run in the repository, in the order of the runs; `!` in front where it is ignored. */
  readonly repository?: readonly string[];
  readonly exposed?: readonly string[];
}

export const exampleNow = Date.UTC(2026, 10, 15, 12);

/** Ids of the runs are `run-0`, `run-1`, ….  */
export function exampleContext({ runs: given, project, now = exampleNow, repository, exposed = [] }: ExampleProject): PracticeContext {
  const runs = given.map(exampleRun);
  const steps = new Map(runs.map((run, index) => [run.id, Object.values(given[index]?.logs ?? {}).map(plain)]));
  return {
    runs,
    project: { ...emptyProject, ...project },
    now,
    cadence(run, series) {
      const log = steps.get(run.id)?.[series];
      if (!log) return null;
      const column = Float64Array.from(stepsOf(log));
      return cadenceOf({ steps: column, values: column, times: log.times ? Float64Array.from(log.times) : null });
    },
    repository: repository
      ? {
          folders: new Map(repository.map((path, index) => [(runs[index] as Run).id, { path: path.replace('!', ''), ignored: path.startsWith('!') }])),
          exposed,
        }
      : null,
  };
}

const plain = (log: ExampleSeries | number): ExampleSeries => (typeof log === 'number' ? { steps: log } : log);
const stepsOf = ({ steps }: ExampleSeries): readonly number[] => (typeof steps === 'number' ? Array.from({ length: steps }, (_, step) => step) : steps);

function exampleRun({ logs = {}, facts = [], ...own }: ExampleRun, index: number): Run {
  const names = Object.keys(logs);
  return {
    id: runId(`run-${index}`),
    nativeId: null,
    parentId: null,
    path: `run-${index}`,
    source: 0,
    format: 'example',
    sources: [],
    ...emptyHeader,
    params: {},
    tags: {},
    summary: {},
    media: [],
    artifacts: [],
    issues: [],
    ...own,
    series: Object.entries(logs).map(([name, log]) => exampleSeries(name, names, plain(log))),
    facts: facts.map((fact) => ({ ...fact, evidence: [{ file: 'example' }] }) as Fact),
  };
}

function exampleSeries(name: string, names: readonly string[], { times: _, ...log }: ExampleSeries): Series {
  const steps = stepsOf(log);
  return {
    name,
    context: {},
    ...inferRole(name, names),
    xAxis: null,
    system: false,
    first: 1,
    last: 0.5,
    min: 0.5,
    max: 1,
    mean: 0.7,
    ...log,
    count: steps.length,
    finite: steps.length,
    firstStep: steps[0] ?? null,
    lastStep: steps.at(-1) ?? null,
    minStep: null,
    maxStep: null,
    valuesDigest: name,
    stepsDigest: String(steps),
    timesDigest: null,
  };
}
