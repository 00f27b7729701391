// What the name of a metric says: which quantity it speaks of, of which split, in which style.

import { type Split, splitOf, wordsOf } from './splits';

const task =
  /^(acc|accs|accuracy|accuracies|top\d*|topk|prec|precision|recall|f\d?|fscore|fbeta|auc|auroc|roc|auprc|ap|map|maps|iou|miou|ious|dice|jaccard|kappa|mcc|ndcg|mrr|hit|hits|hitrate|hr|bleu|rouge|meteor|wer|cer|eer|em|correct|corrects|ncorrect|error|errors|errate|err|score|scores|psnr|ssim|fid|r|rmse|mae|mape|perplexity|ppl|bpc|reward|rewards|return|returns|balanced|sensitivity|specificity|confusion|report|metric|metrics|success|nmi|ari|spearman|pearson|correlation|match|matches|ok|perf|performance)$/;
const loss = /^(loss|losses|lss|cost|nll|elbo|objective|criterion|mse|l|bce|ce|xent|tot|lossval|running)$/;
/** Names of values worth a curve, where they are printed. */
const printed =
  /^(loss|losses|acc|accs|accuracy|f\d|auc|auroc|precision|recall|iou|miou|dice|rmse|mae|mse|mape|perplexity|ppl|bleu|rouge|wer|cer|reward|rewards|score|scores|elbo|nll|err|error|psnr|ssim|fid|map|ndcg|mrr)$/;

const some = (name: string, words: RegExp): boolean => wordsOf(name).some((word) => words.test(word)) || words.test(name.toLowerCase());

/** `val_acc`, `f1_macro`, `top-5`: more than the loss. */
export const isTaskMetric = (name: string): boolean =>
  some(name, task) || /accuracy|f1|precision|recall|top[-_]?\d|auc|iou|dice|score|hits?@|ndcg|correct/i.test(name);
export const isLossName = (name: string): boolean => some(name, loss);
export const isMetricName = (name: string): boolean => some(name, printed);
export const isLearningRate = (name: string): boolean =>
  /(^|[^a-z])(lr|lrs)(\d*)([^a-z]|$)/i.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) || /learning[\s_-]*rate/i.test(name);
export const isGradientNorm = (name: string): boolean => /grad\w*[\s_./-]*(norm|l2|magnitude)|(norm|l2)\w*[\s_./-]*grad|\bgnorm\b|g_?norm/i.test(name);

export interface MetricName {
  readonly text: string;
  readonly split: Split | null;
  /** The name without its split, in plain lower case: `loss`. */
  readonly family: string;
  /** What joins its parts, whether it is capitalised, and where the split stands. */
  readonly style: string;
}

const splitWord = /^(train|training|val|valid|validation|test|eval|dev)$/;

/** A name taken apart; null where parts of it are filled in by a run. */
export function metricNameOf(text: string): MetricName | null {
  if (text.includes('{}') || text === '') return null;
  const words = wordsOf(text);
  const at = words.findIndex((word) => splitWord.test(word));
  const split = splitOf(text);
  const family = words
    .filter((word) => !splitWord.test(word))
    .join(' ')
    .replace(/\baccuracy\b/, 'acc');
  const joint = text.includes('/')
    ? '/'
    : text.includes(' ')
      ? ' '
      : text.includes('_')
        ? '_'
        : text.includes('.')
          ? '.'
          : text.includes('-')
            ? '-'
            : /[a-z][A-Z]/.test(text)
              ? 'camel'
              : '';
  return { text, split, family, style: `${joint}|${/^[A-Z]/.test(text) ? 'Capital' : 'lower'}|${at <= 0 ? 'first' : 'last'}` };
}
