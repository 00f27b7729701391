// What the name of a column says: where the step is, the time, the name of the run, and what looks like a metric.

import { type DateOrder, localTimeMs } from './dates';

/** Lower case, without blanks, underscores, hyphens: `Global Step` and `global_step` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** Steps, the best first. A file may have several: the first that its rows have is the axis. */
const steps = [
  'globalstep',
  'step',
  'steps',
  'trainstep',
  'trainingstep',
  'nstep',
  'numsteps',
  'iteration',
  'iterations',
  'trainingiteration',
  'iter',
  'iters',
  'niter',
  'it',
  'numupdates',
  'nupdates',
  'update',
  'updates',
  'totaltimesteps',
  'timestepstotal',
  'timesteps',
  'timestep',
  'totalsteps',
  'envsteps',
  'boostinground',
];
const epochs = ['epoch', 'epochs', 'epochnum', 'currentepoch'];
/** Names that count something in a training log, and anything elsewhere. */
const weakSteps = [
  'episode',
  'episodes',
  'round',
  'generation',
  'tree',
  'batch',
  'batches',
  'minibatch',
  'samples',
  'numsamples',
  'tokens',
  'tokensseen',
  'numtokens',
  'frames',
  'frame',
  'index',
];
const times = ['walltime', 'timestamp', 'time', 'datetime', 'date', 'ts', 'loggedat', 'createdat', 'unixtime', 'epochtime', 'timems', 'timestampms'];
const runs = ['runid', 'run', 'runname', 'runkey', 'experimentid', 'experimentname', 'experiment', 'expname', 'exp', 'trialid', 'trialname', 'trial', 'jobid'];
/** Tell runs apart where nothing else does. */
const weakRuns = ['seed', 'randomseed', 'fold', 'replicate', 'repetition', 'variant', 'model', 'method', 'algorithm', 'config'];
const splits = ['split', 'phase', 'mode', 'stage', 'subset', 'partition', 'set', 'type', 'event', 'kind', 'dataset'];
const metricNames = ['metric', 'metricname', 'name', 'key', 'tag', 'variable', 'scalar'];
const metricValues = ['value', 'metricvalue', 'scalarvalue', 'val'];

export type Part = 'step' | 'epoch' | 'weak-step' | 'time' | 'run' | 'weak-run' | 'split' | 'metric-name' | 'metric-value';

const parts: readonly (readonly [Part, readonly string[]])[] = [
  ['step', steps],
  ['epoch', epochs],
  ['weak-step', weakSteps],
  ['time', times],
  ['run', runs],
  ['weak-run', weakRuns],
  ['split', splits],
  ['metric-name', metricNames],
  ['metric-value', metricValues],
];
const known = new Map(parts.flatMap(([part, names]) => names.map((name, rank): [string, { part: Part; rank: number }] => [name, { part, rank }])));
/** Names so plain that they count as steps in a group too: `trainer/global_step`, `time/total_timesteps`. */
const groupedSteps = new Set(['globalstep', 'totaltimesteps', 'step', 'epoch']);

/** The part that a column plays by its name, with its rank among columns of the same part (0 is best); null for all others. */
export function partOf(name: string): { readonly part: Part; readonly rank: number } | null {
  const whole = known.get(plain(name));
  if (whole) return whole;
  const last = plain(name.split(/[/.]/).at(-1) ?? '');
  const grouped = groupedSteps.has(last) && name.includes('/') ? known.get(last) : undefined;
  return grouped ? { part: grouped.part, rank: grouped.rank + steps.length } : null;
}

/** A column that pandas wrote for its index. */
export const isIndexName = (name: string): boolean => name === '' || /^unnamed: \d+$/i.test(name);

const metricWord =
  /(?:^|[^a-z])(?:loss|losses|nll|elbo|acc|accuracy|top[15k]|err|error|auc|auroc|auprc|f1|fscore|precision|recall|specificity|sensitivity|r2|rmse|rmsle|mse|mae|mape|smape|logloss|mlogloss|merror|ppl|perplexity|bleu|rouge\w*|meteor|wer|cer|reward|rewards|return|returns|score|grad|gradnorm|gnorm|kl|entropy|iou|miou|dice|map\d*|psnr|ssim|lpips|fid|inception|ndcg|mrr|hits|regret|fitness|objective|metric|val|valid|validation|eval|train|training|test|lr|learningrate|throughput)(?:$|[^a-z])/;

/** Whether a name sounds like something that is measured while training. */
export function isMetricName(name: string): boolean {
  return metricWord.test(
    name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/learning[\s_-]rate/, 'lr'),
  );
}

const historyWord =
  /(?:^|[^a-z])(?:log|logs|logger|history|histories|hist|metric|metrics|progress|result|results|scalars?|stats|curves?|loss|losses|monitor|cv|eval|evals|evaluation|evaluations|training|trainlog|events?|scores)(?:$|[^a-z])/;

/** Whether a file's name (without ending) is that of a log. */
export const isHistoryName = (stem: string): boolean => historyWord.test(stem.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());

/** Names that hold a setting even where they are numbers. */
export const isSettingName = (name: string): boolean => /^(?:random[\s_-]?)?seed$|^random[\s_-]?state$|^fold$/i.test(name.trim());

/**
 * A time as milliseconds since the epoch, or NaN: seconds, milliseconds, micro- and nanoseconds are told apart by their size
 * (2001 to 2286), text is read as ISO 8601 or as people write dates, without a zone as UTC. Small numbers are durations, not times.
 * @param order of dates with slashes, where the column shows it
 */
export function timeMs(value: number | string, order: DateOrder | null = null): number {
  if (typeof value === 'string') {
    const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value.trim());
    if (!match) return localTimeMs(value.trim(), order);
    const [, day, clock = '00:00', fraction = '', zone = 'Z'] = match;
    return Date.parse(`${day}T${clock}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`) + Number(`0.${fraction || 0}`) * 1000;
  }
  const size = Math.abs(value);
  if (size >= 1e9 && size < 1e10) return value * 1e3;
  if (size >= 1e12 && size < 1e13) return value;
  if (size >= 1e15 && size < 1e16) return value / 1e3;
  if (size >= 1e18 && size < 1e19) return value / 1e6;
  return Number.NaN;
}
