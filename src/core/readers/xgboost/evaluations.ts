// What XGBoost's evals_result holds when dumped as JSON, and the lines that it prints.

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

/** Names of XGBoost's metrics that LightGBM does not have; a threshold or cut behind `@`. */
const ownMetric =
  /^(?:error(?:@[\d.]+)?|merror|logloss|mlogloss|rmsle|mphe|aucpr|pre(?:@\d+-?)?|(?:poisson|gamma|cox|aft|tweedie)-nloglik(?:@[\d.]+)?|gamma-deviance|interval-regression-accuracy|expectile)$/;
/** Names that both have. */
const sharedMetric = /^(?:rmse|mae|mape|auc|quantile|(?:ndcg|map)(?:@\d+)?-?)$/;
/** Default names of the data sets of its scikit-learn interface. */
const ownSet = /^validation_\d+$/;

/** Told without parsing: the first value is a data set. */
const begins = /^\s*\{\s*"[^"]*"\s*:\s*\{\s*"[^"]*"\s*:\s*\[/;

/** What the first bytes of a file begin, or null. */
export function headEvaluations(head: Uint8Array): Evaluations | null {
  const { text } = decodeUtf8(head);
  const value = begins.test(text) ? parsePartial(text) : undefined;
  return value === undefined ? null : evaluationsOf(value);
}

/**
 * Curves named `data set/metric`.
 * @param value may have been cut: lists may be shorter, later names missing
 * @returns null where the names are not XGBoost's
 */
export function evaluationsOf(value: Value): Evaluations | null {
  if (!isObject(value)) return null;
  const sets = Object.entries(value);
  if (sets.length === 0) return null;
  const curves: ListedCurve[] = [];
  let own = false;
  let known = false;
  for (const [set, metrics] of sets) {
    if (!isObject(metrics)) return null;
    for (const [metric, items] of Object.entries(metrics)) {
      if (!Array.isArray(items)) return null;
      own ||= ownMetric.test(metric);
      known ||= sharedMetric.test(metric);
      if (isCurve(items)) curves.push({ name: `${set}/${metric}`, items, stepped: true });
    }
  }
  return curves.length > 0 && (own || (known && sets.every(([set]) => ownSet.test(set)))) ? { curves, notes: [] } : null;
}

const line = /(?:^|[\s\]])\[(\d{1,15})\]((?:[ \t]+[^\s:]+:[^\s:]+)+)\s*$/;

/** `[12]	train-rmse:0.5	eval-rmse:0.6`; of `xgboost.cv` every value is a mean with its deviation: `0.5+0.01`. Names are as printed. */
export function roundOf(text: string): Round | null {
  const match = text.includes(':') ? line.exec(text) : null;
  if (!match) return null;
  const values = (match[2] as string)
    .trim()
    .split(/\s+/)
    .flatMap((item): [string, number][] => {
      const cut = item.lastIndexOf(':');
      const name = item.slice(0, cut);
      const shown = item.slice(cut + 1);
      const value = parseNumber(shown);
      if (value !== null) return [[name, value]];
      const parts = /^(.*[^eE])\+(.+)$/.exec(shown);
      const [mean, deviation] = [parseNumber(parts?.[1] ?? ''), parseNumber(parts?.[2] ?? '')];
      return mean !== null && deviation !== null ? [[`${name}-mean`, mean] as [string, number], [`${name}-std`, deviation] as [string, number]] : [];
    });
  return values.length > 0 ? { iteration: Number(match[1]), values } : null;
}

/** A round with a metric of XGBoost: other programs number their lines too. */
export function isOwnRound({ values }: Round): boolean {
  return values.some(([name]) => {
    const plain = name.replace(/-(?:mean|std)$/, '');
    for (let cut = plain.indexOf('-'); cut >= 0; cut = plain.indexOf('-', cut + 1)) {
      const metric = plain.slice(cut + 1);
      if (ownMetric.test(metric) || sharedMetric.test(metric)) return true;
    }
    return false;
  });
}
