// A JSON file that is one value: arrays of rows, objects of arrays, and what else people dump at the end of a training.

import { flatten, isObject } from '../../formats/flatten';
import type { Value, Values } from '../../model/values';
import { measured } from './measured';
import { isAxis, type Row } from './rows';

export interface Curve {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface JsonDocument {
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
  readonly params: Values;
  readonly summary: Values;
}

const rowsKey = /^(?:history|log|logs|log_history|metrics|records|rows|data|epochs|steps|results|events|entries|train_log|scalars)$/i;
const paramsKey = /^(?:config|cfg|args|arguments|hparams|hyperparameters|hyper_parameters|params|parameters|settings|options)$/i;

/**
 * @param partial the value was cut: arrays may differ in length
 * @returns null where nothing in it is a measurement
 */
export function documentOf(value: Value, partial: boolean): JsonDocument | null {
  if (Array.isArray(value)) return arrayDocument(value);
  if (!isObject(value)) return null;
  const paramsName = Object.keys(value).find((key) => paramsKey.test(key) && isObject(value[key]));
  const params: Values = paramsName === undefined ? {} : flatten(value[paramsName]!);
  const rowsName = Object.keys(value).find(
    (key) => rowsKey.test(key) && ((Array.isArray(value[key]) && (value[key] as Value[]).some(isObject)) || isObject(value[key])),
  );
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== paramsName));
  if (rowsName !== undefined) {
    const inner = documentOf(value[rowsName]!, partial);
    if (inner && (inner.rows.length > 0 || inner.curves.length > 0)) {
      const beside = flatten(Object.fromEntries(Object.entries(rest).filter(([key]) => key !== rowsName)), '/');
      return { ...inner, params: { ...params, ...inner.params }, summary: { ...scalarsOf(beside), ...inner.summary } };
    }
  }
  const flat = flatten(rest, '/');
  const curves = curvesOf(flat, partial);
  const summary = scalarsOf(flat);
  return curves.length > 0 || Object.keys(summary).length > 0 ? { rows: [], curves, params, summary } : null;
}

/** Rows; or the scalar download of TensorBoard: `[[wall time, step, value], …]`. */
function arrayDocument(items: readonly Value[]): JsonDocument | null {
  const rows = items.filter(isObject);
  if (rows.length > 0) return { rows, curves: [], params: {}, summary: {} };
  const triples = items.filter(
    (item): item is readonly Value[] => Array.isArray(item) && item.length === 3 && item.every((one) => measured(one as Value) !== null),
  );
  if (triples.length === 0 || triples.length < items.length - 1) return null;
  const column = (at: number) => triples.map((triple) => measured(triple[at])!);
  return { rows: column(0).map((wall, at) => ({ wall_time: wall, step: column(1)[at]!, Value: column(2)[at]! })), curves: [], params: {}, summary: {} };
}

/** Arrays of numbers are curves by position, or by the array of steps beside them; arrays of pairs and of `{step, value}` bring theirs. */
function curvesOf(flat: Values, partial: boolean): Curve[] {
  const arrays = Object.entries(flat).filter((entry): entry is [string, readonly Value[]] => Array.isArray(entry[1]) && entry[1].length > 0);
  const plain = arrays.filter(([, items]) => items.some((item) => measured(item) !== null) && items.every((item) => measured(item) !== null || item === null));
  const axis = plain.find(([name]) => isAxis(name.split('/').at(-1)!));
  const curves: Curve[] = [];
  for (const [name, items] of plain) {
    if (name === axis?.[0]) continue;
    const fits = axis && (partial || axis[1].length === items.length);
    const kept = items.flatMap((item, at) => (item === null ? [] : [at]));
    curves.push({ name, steps: kept.map((at) => (fits ? (measured(axis[1][at]) ?? Number.NaN) : at)), values: kept.map((at) => measured(items[at])!) });
  }
  for (const [name, items] of arrays) {
    const points = items.map(pointOf);
    if (points.every((point) => point !== null)) curves.push({ name, steps: points.map((point) => point![0]), values: points.map((point) => point![1]) });
  }
  return curves;
}

function pointOf(item: Value): [number, number] | null {
  const [x, y] =
    Array.isArray(item) && item.length === 2
      ? [item[0], item[1]]
      : isObject(item) && 'value' in item
        ? [item[Object.keys(item).find(isAxis) ?? ''], item.value]
        : [];
  const [step, value] = [measured(x), measured(y)];
  return step === null || value === null ? null : [step, value];
}

/** Numbers, texts and switches that stand beside the curves. */
const scalarsOf = (flat: Values): Values =>
  Object.fromEntries(Object.entries(flat).filter(([, value]) => ['number', 'string', 'boolean', 'bigint'].includes(typeof value)));
