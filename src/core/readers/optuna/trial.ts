// A trial as both kinds of storage know it, and the events that tell it.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { seedFacts } from '../../formats/seed';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';

export interface Study {
  readonly name: string;
  /** One per objective: `minimize`, `maximize` or `not_set`. */
  readonly directions: readonly string[];
  /** Names of the objectives, where the study gave them some. */
  readonly metricNames: readonly string[];
}

export interface Trial {
  /** Unique within the storage. */
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly params: Values;
  readonly userAttributes: Values;
  /** One per objective; NaN where it is missing. */
  readonly values: readonly number[];
  readonly steps: Float64Array<ArrayBuffer>;
  readonly intermediate: Float64Array<ArrayBuffer>;
  /** Params that could not be understood. */
  readonly badParams: readonly string[];
}

/** The states in the order of their numbers in journals. */
export const states = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'] as const;
/** The directions in the order of their numbers in journals. */
export const directions = ['not_set', 'minimize', 'maximize'] as const;
export const statuses: Readonly<Record<string, RunStatus>> = { RUNNING: 'running', COMPLETE: 'finished', PRUNED: 'killed', FAIL: 'failed' };
/** Where a study keeps the names of its objectives. */
export const metricNamesKey = 'study:metric_names';
const batchPoints = 65_536;

/** Names of objectives as a system attribute holds them; empty where it holds none. */
export const metricNamesOf = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string') ? (value as string[]) : [];

/** What a distribution makes of a stored number: the choice, an integer, or the number. @throws SyntaxError */
export function paramValue(stored: number, distribution: string): Value {
  const parsed = parseJson(distribution);
  const { name, attributes } = isObject(parsed) ? parsed : {};
  if (name === 'CategoricalDistribution') {
    const choices = isObject(attributes) && Array.isArray(attributes.choices) ? (attributes.choices as readonly Value[]) : [];
    const choice = choices[stored];
    if (choice === undefined) throw new SyntaxError('no such choice');
    return choice;
  }
  return typeof name === 'string' && name.startsWith('Int') ? Math.round(stored) : stored;
}

/** All that is told of a trial. `file` is the storage's name, `path` its path. */
export function* trialEvents(run: RunKey, trial: Trial, study: Study, file: { readonly name: string; readonly path: string }): Generator<RunEvent> {
  const where = `trial ${trial.id}`;
  const evidence = { file: file.name, where };
  yield { kind: 'begin', run, identity: { nativeId: trial.id, scope: study.name }, path: file.path };
  yield {
    kind: 'header',
    run,
    set: {
      name: `#${trial.number}`,
      experiment: study.name,
      status: statuses[trial.state] ?? 'unknown',
      nativeStatus: trial.state,
      startedMs: trial.startedMs === null ? null : epochMs(trial.startedMs),
      endedMs: trial.endedMs === null ? null : epochMs(trial.endedMs),
    },
  };
  yield { kind: 'params', run, values: trial.params };
  yield { kind: 'tags', run, values: trial.userAttributes };
  yield { kind: 'summary', run, values: objectives(trial.values, study.metricNames) };
  yield { kind: 'fact', run, fact: { kind: 'state', value: trial.state, evidence: [{ ...evidence, value: trial.state }] } };
  if (study.directions.length > 0) {
    const of = { file: file.name, where: `study ${study.name}`, value: study.directions.join(', ') };
    yield { kind: 'fact', run, fact: { kind: 'directions', value: study.directions, evidence: [of] } };
  }
  for (const fact of seedFacts(trial.params, evidence)) yield { kind: 'fact', run, fact };
  for (const name of trial.badParams)
    yield { kind: 'issue', run, issue: issue('bad-value', `The parameter ${name} does not fit its distribution.`, { file: file.name, where }) };
  const { steps, intermediate } = trial;
  if (steps.length === 0) return;
  yield { kind: 'series', run, series: 0, key: { name: 'intermediate_values', context: {} } };
  for (let from = 0; from < steps.length; from += batchPoints) {
    const to = from + batchPoints;
    yield { kind: 'points', run, series: 0, steps: steps.slice(from, to), values: intermediate.slice(from, to), times: null };
  }
}

const objectives = (values: readonly number[], names: readonly string[]): Values =>
  Object.fromEntries(values.map((value, at) => [names.length === values.length ? names[at] : values.length === 1 ? 'value' : `value_${at}`, value]));
