// Kinds of problem and the clues that speak for each, kept as data. Patterns are matched against words joined by blanks, a blank at both ends.

export const domainLabels = {
  classification: 'classification',
  detection: 'object detection',
  segmentation: 'segmentation',
  'lm-pretraining': 'language-model pre-training',
  'fine-tuning': 'fine-tuning of a language model',
  seq2seq: 'translation or summarisation',
  regression: 'regression',
  recsys: 'recommendation',
  rl: 'reinforcement learning',
  generation: 'a generative model (GAN or diffusion)',
  speech: 'speech recognition',
  'time-series': 'forecasting',
  embedding: 'clustering or embedding',
  trees: 'boosted trees on tables',
} as const;
export type DomainId = keyof typeof domainLabels;

export interface Clue {
  /** `series`: a metric's name; `param`: `key = value`; `package`: a package of the run. */
  readonly in: 'series' | 'param' | 'package';
  readonly pattern: RegExp;
  /** How much it says, 0 to 1; clues add as independent ones: 1 − ∏(1 − weight). */
  readonly weight: number;
  /** How many different names must match. */
  readonly atLeast?: number;
}

export interface DomainClues {
  readonly id: DomainId;
  readonly clues: readonly Clue[];
  /** Kinds whose clues this kind brings along by itself: they do not count against it. */
  readonly over?: readonly DomainId[];
}

const series = (pattern: RegExp, weight: number, atLeast = 1): Clue => ({ in: 'series', pattern, weight, atLeast });
const param = (pattern: RegExp, weight: number): Clue => ({ in: 'param', pattern, weight });
const pack = (pattern: RegExp, weight: number): Clue => ({ in: 'package', pattern, weight });

export const domains: readonly DomainClues[] = [
  {
    id: 'classification',
    clues: [
      series(/(?<! token) (acc|accuracy|top ?1|top ?5|acc ?1|acc ?5|bacc)( \d+)? /, 0.75),
      series(/ (f1|auc|auroc|mcc|balanced accuracy) /, 0.5),
      param(/(num|n)_?(classes|labels) = \d/, 0.5),
      param(/ (dataset|data|task)\S* = \S*(cifar|imagenet|mnist|digits|iris|svhn|food101|ag_news|imdb|sst)/, 0.4),
    ],
  },
  {
    id: 'detection',
    over: ['classification', 'segmentation', 'regression'],
    clues: [
      series(/ (map ?50|mean ap|map 0 5|bbox (mean )?ap\d*) /, 0.85),
      series(/ (box|bbox|dfl|obj|giou|rpn \S+|box reg|rpn) (loss|om|oo) | loss (bbox|box reg|rpn \S+|obj) /, 0.8, 2),
      param(/ task = detect /, 0.9),
      pack(/^(ultralytics|detectron2|mmdet)$/, 0.4),
    ],
  },
  {
    id: 'segmentation',
    over: ['classification'],
    clues: [
      series(/ (miou|mdice|dice|jaccard|hd95|mean iou|iou)( coef| score| index)? /, 0.8),
      param(/ task = segment /, 0.9),
      pack(/^(segmentation[-_]models[-_]pytorch|mmsegmentation|monai)$/, 0.4),
    ],
  },
  {
    id: 'lm-pretraining',
    over: ['classification'],
    clues: [
      series(/ (lm loss|mfu|tokens seen|total tokens|consumed tokens|tokens per sec(ond)?|tps|wps|z loss|bpb|bpc) /, 0.6),
      series(/ (ppl|perplexity|nll loss) /, 0.5),
      param(/ (block_size|n_embd|n_layer|num_hidden_layers|seq_length|seq_len) = \d/, 0.4),
      param(/ vocab_?size = \d/, 0.4),
      param(/ (model|model_type|arch\S*) = \S*(gpt|llama|char[-_]?lm|transformer[-_]?lm|olmo|opt|mamba)/, 0.5),
      param(/ (dataset|data)\S* = \S*(text|wiki|c4|pile|books|shakespeare|fineweb)/, 0.4),
    ],
  },
  {
    id: 'fine-tuning',
    over: ['lm-pretraining', 'classification', 'rl'],
    clues: [
      param(/ (\S*\.)?(lora_\w+|peft_\w+|peft_type|use_lora|target_modules) = /, 0.8),
      series(/ (mean token accuracy|rewards (chosen|rejected|margins|accuracies)|completions \S+|logps \S+) /, 0.8),
      pack(/^(peft|trl)$/, 0.4),
    ],
  },
  {
    id: 'seq2seq',
    over: ['fine-tuning', 'lm-pretraining', 'classification'],
    clues: [series(/ (bleu|sacrebleu|chrf|meteor|rouge\S*) /, 0.85), param(/ (predict_with_generate = true|(source|target)_lang = )/, 0.6)],
  },
  {
    id: 'regression',
    clues: [
      series(/ (mae|rmse|r2|r squared|mean (absolute|squared) error|explained variance) /, 0.6),
      series(/ (mse|mae|rmse|r2|r squared) /, 0.4, 2),
      param(/ (\S*\.)?(loss|criterion|objective|task) = \S*(mse|squared|regress|huber|l1)/, 0.5),
    ],
  },
  {
    id: 'recsys',
    over: ['classification'],
    clues: [
      series(/ (ndcg|hr|hit|hits|mrr)( at)?( \d+)? | (recall|precision)( at)? (5|10|20|50|100) /, 0.75),
      param(/ (\S*\.)?(num_items|n_items|num_users|n_users|neg_sampl\w*|num_negatives) = /, 0.7),
      pack(/^(recbole|implicit|lightfm)$/, 0.6),
    ],
  },
  {
    id: 'rl',
    over: ['classification', 'regression', 'time-series'],
    clues: [
      series(/ (ep|episode|episodic|mean|eval|env runners \S+) (rew|reward|return)( mean)? /, 0.85),
      series(/ (approx kl|clip fraction|clipfrac|explained variance|entropy loss|exploration rate|td loss|actor loss|critic loss) /, 0.5, 2),
      param(/ (\S*\.)?(env|env_id|env_name) = \S/, 0.4),
      pack(/^(stable[-_]baselines3|gymnasium|gym|rllib)$/, 0.5),
    ],
  },
  {
    id: 'generation',
    over: ['classification', 'regression'],
    clues: [
      series(/ (d|g|gen|disc|generator|discriminator) loss | loss (d|g|gen|disc|generator|discriminator) | err [dg] /, 0.8, 2),
      series(/ (fid\S*|kid\S*|inception score) /, 0.75),
      param(/ (\S*\.)?(num_train_timesteps|noise_schedule|beta_schedule|diffusion\w*) = /, 0.6),
      param(/ (\S*\.)?model\S* = \S*(gan|ddpm|ddim|diffusion)/, 0.6),
      pack(/^(diffusers|k-diffusion)$/, 0.5),
    ],
  },
  {
    id: 'speech',
    over: ['seq2seq', 'classification', 'fine-tuning', 'lm-pretraining'],
    clues: [series(/ (wer|cer|eer|der|min dcf) /, 0.85), pack(/^(speechbrain|espnet|nemo[-_]toolkit)$/, 0.5)],
  },
  {
    id: 'time-series',
    over: ['regression'],
    clues: [
      series(/ (mase|smape|crps|pinball( loss)?|w?quantile loss) /, 0.8),
      param(/ (\S*\.)?(prediction_length|forecast_horizon|horizon|output_chunk_length) = \d/, 0.7),
      pack(/^(gluonts|darts|neuralforecast|pytorch[-_]forecasting)$/, 0.6),
    ],
  },
  {
    id: 'embedding',
    over: ['classification'],
    clues: [
      series(/ (nmi|ari|silhouette|knn|infonce|ntxent loss|contrastive loss|triplet loss) /, 0.75),
      param(/ (\S*\.)?(n_clusters|num_clusters) = \d/, 0.7),
      param(/ (\S*\.)?model\S* = \S*(simclr|moco|byol|dino|kmeans|triplet)/, 0.6),
    ],
  },
  {
    id: 'trees',
    over: ['classification', 'regression', 'recsys'],
    clues: [
      series(/ (mlogloss|merror|(multi|binary) (logloss|error)) /, 0.6),
      series(
        / (train|training|learn|validation ?\d|valid ?\d|eval|test)( \d)? (m?logloss|m?error|rmse|mae|auc|binary logloss|multi logloss|l[12]|multi class)( mean)? /,
        0.6,
        2,
      ),
      param(/ (\S*\.)?(num_leaves|n_estimators|num_boost_round|boosting\w*|min_child_weight|max_depth|border_count) = /, 0.5),
      pack(/^(xgboost|lightgbm|catboost)$/, 0.5),
    ],
  },
];
