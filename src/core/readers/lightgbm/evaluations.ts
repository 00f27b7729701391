// What LightGBM's record_evaluation and cv give, dumped as JSON.

import { isObject } from '../../formats/flatten';
import { parsePartial } from '../../formats/json-partial';
import { decodeUtf8 } from '../../formats/text';
import type { Value } from '../../model/values';
import { isCurve, type ListedCurve } from '../_history/curves';

export interface Evaluations {
  readonly curves: readonly ListedCurve[];
  readonly notes: readonly string[];
}

/** Names of LightGBM's own metrics and their aliases in results; `@3` behind ranking metrics. */
const metricName =
  /^(?:l1|l2|rmse|quantile|mape|huber|fair|poisson|gamma|gamma_deviance|tweedie|binary_logloss|binary_error|auc|average_precision|multi_logloss|multi_error|auc_mu|cross_entropy|cross_entropy_lambda|kullback_leibler|r2|(?:ndcg|map)@\d+)$/;
/** XGBoost writes the same two levels; these metrics are LightGBM's alone. */
const ownMetric = /^(?:l1|l2|binary_\w+|multi_\w+|auc_mu|average_precision|cross_entropy\w*|kullback_leibler|gamma_deviance)$/;
/** Default names of the data sets in LightGBM's callbacks; XGBoost calls them `validation_0`. */
const ownSet = /^(?:training|valid_\d+)$/;
const crossValidated = /^(?:(?:valid|train) )?(\S+)-(?:mean|stdv)$/;

/** Told without parsing: the first value is a data set or a list. */
const begins = /^\s*\{\s*"[^"]*"\s*:\s*[[{]/;

/** What the first bytes of a file begin, or null. */
export function headEvaluations(head: Uint8Array): Evaluations | null {
  const { text } = decodeUtf8(head);
  const value = begins.test(text) ? parsePartial(text) : undefined;
  return value === undefined ? null : evaluationsOf(value);
}

/**
 * Curves named `data set/metric`, or of `cv` as it names them.
 * @param value may have been cut: lists may be shorter, later names missing
 * @returns null where the names are not LightGBM's
 */
export function evaluationsOf(value: Value): Evaluations | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const curves = entries.every(([, item]) => Array.isArray(item)) ? cvCurves(entries) : setCurves(entries);
  return curves && curves.length > 0 ? { curves, notes: [] } : null;
}

function cvCurves(entries: readonly (readonly [string, Value])[]): ListedCurve[] | null {
  const isOwn = ([name]: readonly [string, Value]) => metricName.test(crossValidated.exec(name)?.[1] ?? '');
  return entries.every((entry) => crossValidated.test(entry[0])) && entries.some(isOwn) ? entries.flatMap(([name, items]) => listed(name, items)) : null;
}

function setCurves(entries: readonly (readonly [string, Value])[]): ListedCurve[] | null {
  const sets = entries.filter((entry): entry is [string, { readonly [key: string]: Value }] => isObject(entry[1]));
  if (sets.length === 0 || sets.length < entries.length) return null;
  const metrics = sets.flatMap(([, set]) => Object.keys(set));
  const own = metrics.some((name) => ownMetric.test(name)) || (sets.every(([name]) => ownSet.test(name)) && metrics.some((name) => metricName.test(name)));
  // `{"train": {"l2": 0.1}}` are settings: everything must be a list.
  if (!own || !sets.every(([, set]) => Object.values(set).every(Array.isArray))) return null;
  return sets.flatMap(([set, curves]) => Object.entries(curves).flatMap(([name, items]) => listed(`${set}/${name}`, items)));
}

const listed = (name: string, items: Value): ListedCurve[] => (isCurve(items) ? [{ name, items, stepped: true }] : []);
