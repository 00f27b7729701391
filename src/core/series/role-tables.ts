// What metric names mean: words and phrases of roles, splits and frameworks, kept as data.
// Drawn from the loggers of Keras, Lightning, Transformers, Ultralytics, timm, fairseq, MMEngine, Detectron2, Stable-Baselines3,
// RLlib, XGBoost, LightGBM, CatBoost, torchtitan, Megatron and the hardware monitors of the trackers.

import type { Direction, Split } from '../model/run';

export const roles = [
  'loss',
  'accuracy',
  'score',
  'error',
  'perplexity',
  'learning-rate',
  'grad-norm',
  'param-norm',
  'loss-scale',
  'throughput',
  'time',
  'gpu-util',
  'gpu-memory',
  'system',
  'counter',
  'reward',
  'rl',
  'adversarial',
  'spread',
  'objective',
] as const;

/**
 * `accuracy` is a share of right answers, `score` any other measure where more is better, `rl` an inner quantity of reinforcement
 * learning and `adversarial` a loss that is not meant to fall: both without a direction. `spread` is the deviation of another metric.
 * `objective` is an otherwise unknown name that the run's own params name as what it optimises.
 */
export type Role = (typeof roles)[number];

export interface RolePattern {
  readonly role: Role;
  readonly direction: Direction;
  /** Any of these words. */
  readonly words?: ReadonlySet<string>;
  /** Matched against the words joined by blanks, with a blank at both ends. */
  readonly phrase?: RegExp;
  /** Confidence of the match when the name holds nothing else. */
  readonly confidence: number;
  /** Only when this framework or domain is recognised among the run's other names. */
  readonly needs?: Domain;
}

export type Domain = 'rl' | 'detection' | 'generation' | 'boosting' | 'classification';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Tried in order on the last part of a name, then on the whole of it; the first match wins. */
export const rolePatterns: readonly RolePattern[] = [
  { role: 'loss-scale', direction: 'none', phrase: / (loss scale|amp scale|grad scale|scaler( scale)?) /, confidence: 0.9 },
  {
    role: 'learning-rate',
    direction: 'none',
    phrase: /^ (cur |base |current |initial |opt |optim |optimizer )?lr( |\d)| lr $| learning ?rate /,
    confidence: 0.95,
  },
  {
    role: 'grad-norm',
    direction: 'none',
    phrase: / gnorm | grads? (\d+ )*(\d )?norm | gradients? (\S+ )*(global |total )?norm | global grad norm /,
    confidence: 0.95,
  },
  { role: 'grad-norm', direction: 'none', phrase: /^ total norm $/, confidence: 0.7 },
  { role: 'grad-norm', direction: 'none', phrase: /^ (opt )?gn $/, confidence: 0.8 },
  { role: 'param-norm', direction: 'none', phrase: / (params?|parameters?|weights?|update) (norm|ratio) | num zeros /, confidence: 0.9 },
  { role: 'time', direction: 'none', phrase: /^ time (this|total|since) | (s|sec|secs|seconds|ms) per \S+ $/, confidence: 0.85 },
  {
    role: 'throughput',
    direction: 'max',
    phrase:
      / (samples?|tokens?|tok|images?|imgs?|steps?|examples?|items?|frames?|batch(es)?|it|iter|iterations?|queries) (per )?(s|sec|secs|second|seconds) | throughput | tokens per /,
    confidence: 0.95,
  },
  { role: 'throughput', direction: 'max', words: words('tps fps sps wps ups mfu hfu tflops flops gflops ips qps'), confidence: 0.9 },
  {
    role: 'spread',
    direction: 'none',
    phrase: /(loss|acc|accuracy|err|error|reward|rew|return|auc|f1|score|rmse|mae)( \S+)* (std|stdev|stddev|sd|sem|stderr|var|ci) $/,
    confidence: 0.9,
  },
  { role: 'spread', direction: 'none', phrase: /^ (std|stddev) .*(loss|acc|accuracy|error|reward|auc|f1|score) /, confidence: 0.9 },
  // Reinforcement learning: only the return has a direction, and its extremes say little.
  { role: 'reward', direction: 'max', phrase: / (rew|reward|return) (max|min) $/, confidence: 0.7 },
  {
    role: 'reward',
    direction: 'max',
    phrase:
      / (ep|episode|episodic|eval|mean|total|cumulative|average|avg)( mean)? (rew|reward|return)s?( mean)? | rewards? | (rew|return) mean | episode return | returns? $/,
    confidence: 0.9,
  },
  {
    role: 'rl',
    direction: 'none',
    phrase:
      / (policy|policy gradient|pg|value|vf|critic|actor|(?<!cross )entropy|q|qf\d*|td|alpha|ent coef)( \d)? loss | loss (policy|value|vf|actor|critic) | approx ?kl | clip (fraction|range|frac|ratio) | clipfrac | (ep|episode|episodic) len(gth)?s? | exploration rate | ent coef | mean kl | kl coef|^ completions | logps | vf explained var | qf?\d* values? /,
    confidence: 0.9,
  },
  { role: 'rl', direction: 'none', phrase: /^ ((mean|avg|objective|losses) )?(kl|entropy|kl divergence|alpha) $/, confidence: 0.8, needs: 'rl' },
  { role: 'rl', direction: 'none', phrase: / explained variance /, confidence: 0.9, needs: 'rl' },
  // Two-player games: such a loss is not meant to fall.
  {
    role: 'adversarial',
    direction: 'none',
    phrase:
      / (d|g|gen|disc|dis|generator|discriminator|critic|domain|adv|adversarial|reversal|gan)( real| fake| total)? loss( real| fake| [a-z])? | loss (d|g|gen|disc|generator|discriminator|gan|adv|domain)( real| fake)? | err [dg] /,
    confidence: 0.85,
  },
  { role: 'adversarial', direction: 'none', phrase: /^ (d (x|real|fake|g z( \d)?)|loss (scores|signs) (real|fake)) $/, confidence: 0.8 },
  { role: 'perplexity', direction: 'min', words: words('ppl perplexity'), confidence: 0.9 },
  { role: 'loss', direction: 'min', words: words('loss losses nll logloss mlogloss xent bce crossentropy'), confidence: 0.85 },
  {
    role: 'loss',
    direction: 'min',
    phrase: / cross entropy | log loss | binary logloss | multi logloss | (box|cls|dfl) (om|oo) | mean squared error /,
    confidence: 0.85,
  },
  { role: 'loss', direction: 'min', words: words('mse msle deviance'), confidence: 0.85 },
  { role: 'loss', direction: 'min', phrase: / multi class( one vs all)? $/, confidence: 0.85 },
  { role: 'loss', direction: 'min', words: words('hinge huber poisson infonce ntxent logcosh'), confidence: 0.7 },
  { role: 'loss', direction: 'min', phrase: / smooth l1 | recon(struction)? $| kullback leibler divergence /, confidence: 0.7 },
  { role: 'loss', direction: 'min', words: words('criterion'), confidence: 0.7 },
  { role: 'loss', direction: 'min', phrase: /^ (ce|energy|neg elbo|elbo neg|negative elbo) $/, confidence: 0.6 },
  { role: 'score', direction: 'max', phrase: /^ elbo $/, confidence: 0.7 },
  {
    role: 'error',
    direction: 'min',
    words: words(
      'mae rmse rmsle mape smape mase crps pinball wer cer ter der eer mindcf fid kid lpips fvd fad bpb bpc ece brier hausdorff hd95 assd ade fde regret latency err error errors merror fpr fnr mpjpe epe absrel medae quantile',
    ),
    confidence: 0.85,
  },
  {
    role: 'error',
    direction: 'min',
    phrase: / min dcf | davies bouldin | misclassification | error rate | bits per (byte|char|dim|token) | false (positive|negative) rate /,
    confidence: 0.85,
  },
  { role: 'error', direction: 'min', phrase: /^ per $/, confidence: 0.5 },
  { role: 'error', direction: 'min', phrase: / l[12] $/, confidence: 0.85, needs: 'boosting' },
  { role: 'error', direction: 'min', phrase: / err ?[15] $| (fid|kid)\d+k? /, confidence: 0.85 },
  { role: 'error', direction: 'min', phrase: / false (positive|negative) $/, confidence: 0.8, needs: 'detection' },
  {
    role: 'accuracy',
    direction: 'max',
    phrase: / (acc|accuracy|accuracies)\d* | (top|prec)\d+ | (acc|top|prec) \d+ | bal(anced)? acc(uracy)? | (bacc|oacc|macc|aacc|pacc) /,
    confidence: 0.9,
  },
  {
    role: 'score',
    direction: 'max',
    words: words(
      'f1 f2 fbeta fscore precision recall auc auroc auprc prauc rocauc roc aucpr aucmu miou iou giou mdice dice jaccard mcc kappa bleu sacrebleu rouge rouge1 rouge2 rougel rougelsum meteor chrf cider spice ndcg mrr r2 psnr ssim nmi ari silhouette purity spearman spearmanr pearson elo sensitivity specificity tpr tnr bertscore comet pq ap50 ap75 apl apm aps map50 map75 gflops_score nds sdr sisdr pesq stoi gmean',
    ),
    confidence: 0.85,
  },
  {
    role: 'score',
    direction: 'max',
    phrase:
      / explained variance | exact match | pass \d+ | (hit|hits|hr) \d+ | hit rate | clip score | inception score | (success|win) rate | calinski harabasz | average precision | (map|ap) (0 5|50|75|50 95|0 5 0 95) | mean (ap|iou|dice) | r squared | matthews corr(elation)?( coef)? | r\^2 | r² | f1 | v measure | margins? $/,
    confidence: 0.85,
  },
  { role: 'score', direction: 'max', phrase: / (map|ap)( [blmsk])? $/, confidence: 0.75, needs: 'detection' },
  { role: 'score', direction: 'max', phrase: /^ ap $|^ em $/, confidence: 0.6 },
  { role: 'score', direction: 'max', phrase: / ap \S+ $/, confidence: 0.8, needs: 'detection' },
  { role: 'score', direction: 'max', phrase: / (prec|rec) $/, confidence: 0.85, needs: 'classification' },
  { role: 'accuracy', direction: 'max', phrase: / knn $/, confidence: 0.7 },
  { role: 'score', direction: 'max', phrase: / cos(ine)? sim(ilarity)? /, confidence: 0.7 },
  { role: 'score', direction: 'max', phrase: /^ is $/, confidence: 0.7, needs: 'generation' },
  {
    role: 'time',
    direction: 'none',
    phrase:
      / (runtime|elapsed|time|duration|eta|walltime|wall|seconds|secs|hours|minutes|ms) $|^ (time|wall|elapsed|duration|data time|iteration time|step time|epoch time) | time (ms|s|sec|seconds) /,
    confidence: 0.85,
  },
  { role: 'gpu-util', direction: 'none', phrase: / gpu( \d+)? (util|utilization|utilisation|load|usage)/, confidence: 0.85 },
  {
    role: 'gpu-memory',
    direction: 'none',
    phrase: / gpu( \d+)? mem| (cuda|vram) (mem|memory|used|allocated|reserved)| gb free |^ memory$|^ memory /,
    confidence: 0.85,
  },
];

/** Names (without folders, words joined by blanks) that only count: candidates for an x axis. */
export const counterNames: ReadonlySet<string> = new Set([
  'epoch',
  'epochs',
  'step',
  'steps',
  'iter',
  'iters',
  'iteration',
  'iterations',
  'round',
  'global step',
  'num updates',
  'n updates',
  'total timesteps',
  'timesteps total',
  'num timesteps',
  'consumed samples',
  'consumed tokens',
  'samples seen',
  'tokens seen',
  'num samples',
  'num tokens',
  'num input tokens seen',
  'total tokens',
  'ntokens total',
  'total flos',
  'episode',
  'episodes',
  'episodes total',
  'episodes this iter',
  'training iteration',
  'n tokens seen',
  'num env steps sampled lifetime',
  'environment steps',
  'total env steps',
  'frames',
  'total frames',
  'env steps',
  'num env steps sampled',
  'batch idx',
  'runtime',
  'timestamp',
  'walltime',
]);

/** Hardware series by the original name: every tracker has a folder of its own for them. */
export const systemName = /^(system[./]|:monitor:|monitoring\/|__system__|sys\/|_system)/i;

/** Words that say how a number was made, not what it is. */
export const qualifiers: ReadonlySet<string> = words(
  'step epoch batch mean avg average total running smooth smoothed ema raw median macro micro weighted best final global local last current cur iter iteration per class overall all metric metrics monitor value lm',
);

export interface SplitWord {
  readonly split: Split;
  readonly words: ReadonlySet<string>;
  /** The word counts only at the start of a name. */
  readonly startOnly?: true;
  /** Upper bound that an uncertain word puts on the confidence. */
  readonly bound?: number;
}

export const splitWords: readonly SplitWord[] = [
  { split: 'val', words: words('val valid validation vld holdout valid0 validation0 validation1 valid1') },
  { split: 'val', words: words('dev') },
  { split: 'test', words: words('test tst heldout testing') },
  { split: 'val', words: words('eval evaluation'), bound: 0.7 },
  { split: 'train', words: words('train training trn') },
  { split: 'train', words: words('tr fit learn rollout'), startOnly: true },
];
