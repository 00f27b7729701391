// catboost_training.json: which metrics of which data sets, and their values by position.

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { numberOf } from '../../formats/numbers';
import type { Value, Values } from '../../model/values';

/** Takes one point: name of the series, iteration, value. */
export type Take = (name: string, iteration: number, value: number) => void;

export interface Training {
  /** How many iterations were asked for; null where it is not told. */
  readonly asked: number | null;
  /** How many were written. */
  readonly done: number;
  readonly name: string | null;
  readonly params: Values;
  /** Iterations that could not be understood. */
  readonly bad: number;
}

/** CatBoost's own name for a training that nobody named. */
const unnamed = 'experiment';

/** Gives away the points of a training; null where the value is none. */
export function readTraining(value: Value, take: Take): Training | null {
  if (!isObject(value) || !isObject(value.meta)) return null;
  const { meta } = value;
  const iterations = Array.isArray(value.iterations) ? value.iterations : [];
  const sets = [...setsOf(meta, 'learn'), ...setsOf(meta, 'test')];
  let bad = 0;
  for (const row of iterations) {
    const iteration = isObject(row) ? row.iteration : null;
    if (!isObject(row) || typeof iteration !== 'number') {
      bad++;
      continue;
    }
    for (const { set, metrics } of sets) {
      const values = row[set];
      if (!Array.isArray(values)) continue;
      for (const [at, metric] of metrics.entries()) {
        const number = at < values.length ? numberOf(values[at]) : null;
        if (number !== null) take(`${set}/${metric}`, iteration, number);
      }
    }
  }
  return {
    asked: typeof meta.iteration_count === 'number' ? meta.iteration_count : null,
    done: iterations.length - bad,
    name: typeof meta.name === 'string' && meta.name !== '' && meta.name !== unnamed ? meta.name : null,
    params: paramsOf(meta.parameters),
    bad,
  };
}

function setsOf(meta: { readonly [key: string]: Value }, kind: 'learn' | 'test'): { readonly set: string; readonly metrics: readonly string[] }[] {
  const names = (value: Value | undefined): string[] => (Array.isArray(value) ? value : []).map((item: Value) => String(isObject(item) ? item.name : item));
  const metrics = names(meta[`${kind}_metrics`]);
  return names(meta[`${kind}_sets`]).map((set) => ({ set, metrics }));
}

/** Empty text in what was seen; else JSON as text, or an object. */
function paramsOf(parameters: Value | undefined): Values {
  if (isObject(parameters)) return parameters;
  if (typeof parameters !== 'string' || !parameters.startsWith('{')) return {};
  try {
    const value = parseJson(parameters);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
