// The unit of a metric: fraction or percent, seconds or milliseconds, nats or bits, as far as name, values and sibling metrics tell.

import type { Series } from '../model/run';
import { wordsOf } from './roles';

export type Unit =
  | 'fraction'
  | 'percent'
  | 'seconds'
  | 'milliseconds'
  | 'minutes'
  | 'hours'
  | 'nats'
  | 'bits'
  | 'bytes'
  | 'MiB'
  | 'GiB'
  | 'samples/s'
  | 'tokens/s'
  | 'steps/s';

export interface FoundUnit {
  readonly unit: Unit;
  /** Why we think so, in one sentence. */
  readonly reason: string;
}

/** What of a series its unit is read from. */
export type Measured = Pick<Series, 'name' | 'role' | 'split' | 'min' | 'max' | 'last' | 'finite'>;

/** Measures that are a share by definition; `score` and `error` hold others too. */
const shares =
  / (acc|accuracy|accuracies|acc\d|top ?\d|prec|precision|recall|rec|f1|fbeta|auc|auroc|auprc|aucpr|map|map\d+|ap|ap\d+|mean ap|iou|miou|dice|mdice|jaccard|sensitivity|specificity|tpr|fpr|tnr|fnr|error|err|merror|eer|bacc|exact match|em|success rate|win rate|hit rate|ndcg|mrr) /;
/** Shares of edits: they may exceed 1 although they are fractions. */
const editRates = / (wer|cer|ter|der) /;
const uncertain: readonly (readonly [RegExp, Unit])[] = [
  [/ (ms|msec|millis|milliseconds?) /, 'milliseconds'],
  [/ (s|sec|secs|seconds?|runtime|elapsed) /, 'seconds'],
  [/ (min|mins|minutes?) /, 'minutes'],
  [/ (h|hrs?|hours?) /, 'hours'],
];
const memory: readonly (readonly [RegExp, Unit])[] = [
  [/ (percent|percentage|pct) |percent/, 'percent'],
  [/ (gi?b|gigabytes?) /, 'GiB'],
  [/ (mi?b|megabytes?) /, 'MiB'],
  [/ bytes? /, 'bytes'],
];
const rates: readonly (readonly [RegExp, Unit])[] = [
  [/ (tokens?|tok) (per )?(s|sec|secs|seconds?) | tps | wps /, 'tokens/s'],
  [/ (samples?|examples?|images?|imgs?) (per )?(s|sec|secs|seconds?) | ips /, 'samples/s'],
  [/ (steps?|it|iter|iterations?|updates|batch(es)?) (per )?(s|sec|secs|seconds?) | ups | sps /, 'steps/s'],
];

/**
 * The unit of a series, or null where it has none or it cannot be told.
 * @param siblings the other series of the run: a perplexity beside a loss tells nats from bits
 */
export function unitOf(series: Measured, siblings: readonly Measured[] = []): FoundUnit | null {
  const phrase = ` ${wordsOf(series.name).join(' ')} `;
  const percentNamed = /%/.test(series.name) || / (percent|percentage|pct) /.test(phrase);
  switch (series.role) {
    case 'accuracy':
      return percentNamed ? named('percent') : shareOf(series);
    case 'score':
      if (percentNamed) return named('percent');
      return shares.test(phrase) ? shareOf(series) : null;
    case 'error':
      if (percentNamed) return named('percent');
      if (/ bits per | bpb | bpc /.test(phrase)) return named('bits');
      if (editRates.test(phrase)) return editRateOf(series);
      return shares.test(phrase) ? shareOf(series) : null;
    case 'loss':
      return lossUnit(series, phrase, siblings);
    case 'time':
      return percentNamed ? named('percent') : byName(phrase, uncertain);
    case 'throughput':
      if (/ (mfu|hfu) /.test(phrase)) return percentNamed ? named('percent') : shareOf(series);
      return byName(phrase, rates);
    case 'gpu-util':
      return percentNamed || (series.max ?? 0) > 1 ? { unit: 'percent', reason: 'Loads of devices are logged in percent, and values exceed 1.' } : null;
    case 'gpu-memory':
      return percentNamed ? named('percent') : byName(phrase, memory);
    default:
      return null;
  }
}

const named = (unit: Unit): FoundUnit => ({ unit, reason: 'The name says so.' });

function byName(phrase: string, table: readonly (readonly [RegExp, Unit])[]): FoundUnit | null {
  const found = table.find(([pattern]) => pattern.test(phrase));
  return found ? named(found[1]) : null;
}

/** Rounding of float32 sums lets a share of 1 exceed it by a little. */
const one = 1 + 1e-6;

function shareOf({ min, max, finite }: Measured): FoundUnit | null {
  if (finite === 0 || min === null || max === null || min < 0) return null;
  if (max <= one) return { unit: 'fraction', reason: 'No value exceeds 1.' };
  // Just above 1 is neither: a share that went wrong, or a percentage near zero.
  return max >= 2 && max <= 100 * one ? { unit: 'percent', reason: `Values reach ${short(max)} and stay within 100.` } : null;
}

function editRateOf({ min, max, finite }: Measured): FoundUnit | null {
  if (finite === 0 || min === null || max === null || min < 0) return null;
  if (max <= one) return { unit: 'fraction', reason: 'No value exceeds 1.' };
  return min > 3 ? { unit: 'percent', reason: `No value is below ${short(min)}: too many errors for a fraction.` } : null;
}

/** exp(loss) is the perplexity where the loss is in nats, 2^loss where it is in bits (fairseq). */
function lossUnit(series: Measured, phrase: string, siblings: readonly Measured[]): FoundUnit | null {
  if (/ bits /.test(phrase)) return named('bits');
  const { last } = series;
  if (last === null || !(last > 0)) return null;
  for (const other of siblings) {
    if (other.role !== 'perplexity' || other.split !== series.split || other.last === null || !(other.last > 0)) continue;
    if (Math.abs(Math.exp(last) / other.last - 1) < 0.02) return { unit: 'nats', reason: `exp(${series.name}) is ${other.name}.` };
    if (Math.abs(2 ** last / other.last - 1) < 0.02) return { unit: 'bits', reason: `2^${series.name} is ${other.name}.` };
  }
  return null;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
