// Replays a journal as Optuna's own storage does. Ids are implicit: they count what was created before.

import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value, Values } from '../../model/values';
import { directions, metricNamesKey, metricNamesOf, paramValue, type Study, states, type Trial } from './trial';

const operation = {
  createStudy: 0,
  deleteStudy: 1,
  studySystemAttribute: 3,
  createTrial: 4,
  setParam: 5,
  setState: 6,
  setIntermediate: 7,
  setUserAttribute: 8,
} as const;
const running = 0;
const waiting = 4;

interface OpenStudy {
  readonly name: string;
  readonly directions: readonly string[];
  metricNames: readonly string[];
  trials: number;
}

interface OpenTrial {
  readonly study: OpenStudy;
  readonly number: number;
  state: number;
  startedMs: number | null;
  endedMs: number | null;
  values: readonly number[];
  readonly params: Map<string, Value>;
  readonly userAttributes: Map<string, Value>;
  readonly intermediate: Map<number, number>;
  readonly badParams: string[];
}

export class Journal {
  readonly #studies = new Map<number, OpenStudy>();
  readonly #trials: OpenTrial[] = [];
  #studyCount = 0;

  /** @param maxPoints of one trial; one more is kept, so that the limit is told, and the rest is dropped */
  constructor(private readonly maxPoints: number) {}

  /** Takes one line in. @throws SyntaxError where it is no operation */
  apply(line: Value): void {
    if (!isObject(line) || typeof line.op_code !== 'number') throw new SyntaxError('no operation');
    const { op_code: code } = line;
    if (code === operation.createStudy) this.#createStudy(line);
    else if (code === operation.deleteStudy) this.#studies.delete(integer(line.study_id));
    else if (code === operation.studySystemAttribute) this.#nameMetrics(line);
    else if (code === operation.createTrial) this.#createTrial(line);
    else if (code >= operation.setParam && code <= operation.setUserAttribute) this.#changeTrial(code, line);
  }

  /** Trials of the studies that are left, in the order in which they were made. */
  *trials(): Generator<readonly [Trial, Study]> {
    const kept = new Set(this.#studies.values());
    for (const [id, open] of this.#trials.entries()) {
      if (!kept.has(open.study)) continue;
      const points = [...open.intermediate].sort(([a], [b]) => a - b);
      const { number, startedMs, endedMs, values, badParams, study } = open;
      const trial = {
        id: String(id),
        number,
        state: states[open.state] ?? String(open.state),
        startedMs,
        endedMs,
        params: Object.fromEntries(open.params),
        userAttributes: Object.fromEntries(open.userAttributes),
        values,
        steps: Float64Array.from(points, ([step]) => step),
        intermediate: Float64Array.from(points, ([, value]) => value),
        badParams,
      };
      yield [trial, study];
    }
  }

  #createStudy(line: Values): void {
    const name = typeof line.study_name === 'string' ? line.study_name : '';
    // A name that is taken is refused and takes no id.
    for (const study of this.#studies.values()) if (study.name === name) return;
    const ways = Array.isArray(line.directions) ? (line.directions as readonly Value[]) : [];
    this.#studies.set(this.#studyCount++, { name, directions: ways.map((way) => directions[Number(way)] ?? 'not_set'), metricNames: [], trials: 0 });
  }

  #nameMetrics({ study_id, system_attr }: Values): void {
    const study = this.#studies.get(integer(study_id));
    if (study && isObject(system_attr) && metricNamesKey in system_attr) study.metricNames = metricNamesOf(system_attr[metricNamesKey]);
  }

  #createTrial(line: Values): void {
    const study = this.#studies.get(integer(line.study_id));
    if (!study) return;
    const trial: OpenTrial = {
      study,
      number: study.trials++,
      state: line.state === undefined ? running : integer(line.state),
      startedMs: timeOf(line.datetime_start),
      endedMs: timeOf(line.datetime_complete),
      values: line.value === null || line.value === undefined ? numbers(line.values) : numbers([line.value]),
      params: new Map(),
      userAttributes: new Map(entries(line.user_attrs)),
      intermediate: new Map(),
      badParams: [],
    };
    this.#trials.push(trial);
    const distributions = new Map(entries(line.distributions));
    for (const [name, stored] of entries(line.params)) setParam(trial, name, stored, distributions.get(name));
    for (const [step, value] of entries(line.intermediate_values)) this.#addPoint(trial, Number(step), value);
  }

  /** Finished trials do not change any more. */
  #changeTrial(code: number, line: Values): void {
    const trial = this.#trials[integer(line.trial_id)];
    if (!trial || (trial.state !== running && trial.state !== waiting)) return;
    if (code === operation.setParam) setParam(trial, String(line.param_name), line.param_value_internal, line.distribution);
    else if (code === operation.setIntermediate) this.#addPoint(trial, numberOf(line.step) ?? Number.NaN, line.intermediate_value);
    else if (code === operation.setUserAttribute) for (const [key, value] of entries(line.user_attr)) trial.userAttributes.set(key, value);
    else if (code === operation.setState) setState(trial, line);
  }

  #addPoint({ intermediate }: OpenTrial, step: number, value: Value | undefined): void {
    if (intermediate.has(step) || intermediate.size <= this.maxPoints) intermediate.set(step, numberOf(value) ?? Number.NaN);
  }
}

function setState(trial: OpenTrial, line: Values): void {
  const state = integer(line.state);
  // Two workers may reach for one waiting trial: the second is refused.
  if (state === running && trial.state !== waiting) return;
  trial.state = state;
  if (state === running) trial.startedMs = timeOf(line.datetime_start) ?? trial.startedMs;
  else if (state !== waiting) trial.endedMs = timeOf(line.datetime_complete) ?? trial.endedMs;
  if (Array.isArray(line.values)) trial.values = numbers(line.values);
}

function setParam(trial: OpenTrial, name: string, stored: Value | undefined, distribution: Value | undefined): void {
  const value = numberOf(stored);
  try {
    if (value === null || typeof distribution !== 'string') throw new SyntaxError('no number');
    trial.params.set(name, paramValue(value, distribution));
  } catch {
    trial.badParams.push(name);
  }
}

const entries = (value: Value | undefined): [string, Value][] => (isObject(value) ? Object.entries(value) : []);
const integer = (value: Value | undefined): number => (typeof value === 'number' ? value : -1);
const numbers = (value: Value | undefined): readonly number[] => (Array.isArray(value) ? value.map((one: Value) => numberOf(one) ?? Number.NaN) : []);
const timeOf = (value: Value | undefined): number | null => (typeof value === 'string' ? parseTimestamp(value) : null);
