// What LightGBM's record_evaluation and cv give, dumped as JSON, and the lines that log_evaluation prints.

import { isObject } from '../../formats/flatten';
import { parsePartial } from '../../formats/json-partial';
import { parseNumber } from '../../formats/numbers';
import { decodeUtf8 } from '../../formats/text';
import type { Value } from '../../model/values';
import { isCurve, type ListedCurve } from '../_history/curves';
import type { Round } from '../_history/round-logs';

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

const line = /(?:^|[\s\]])\[(\d{1,15})\]\t([^\t].*)$/;
const item = /^([^\t]{0,500})'s ([^\t:]{1,200}): (\S+)(?: \+ (\S+))?$/;

/**
 * `[1]	training's auc: 0.9	valid_1's auc: 0.8`, named as in the dumps; of `cv` means with their deviations: `valid's l2: 0.5 + 0.01`. Printed
 * rounds count from 1.
 */
export function roundOf(text: string): Round | null {
  const match = text.includes("'s ") ? line.exec(text) : null;
  if (!match) return null;
  const values = (match[2] as string)
    .trim()
    .split('\t')
    .flatMap((part): [string, number][] => {
      const [, set, metric, shown = '', spread] = item.exec(part) ?? [];
      const value = parseNumber(shown);
      const deviation = parseNumber(spread ?? '');
      if (set === undefined || value === null) return [];
      // Version 3 printed `cv_agg's valid l2`, version 4 prints `valid's l2`.
      const name = set === 'cv_agg' ? metric : `${set} ${metric}`;
      const mean: [string, number] = [`${name}-mean`, value];
      if (deviation !== null) return [mean, [`${name}-stdv`, deviation]];
      return [set === 'cv_agg' ? mean : [`${set}/${metric}`, value]];
    });
  return values.length > 0 ? { iteration: Number(match[1]), values } : null;
}
