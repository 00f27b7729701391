// Names by which frameworks and families of metrics are recognised, kept as data.

import type { Split } from '../model/run';
import type { Domain } from './role-tables';

/** Names by which a framework's own logger is told. */
export interface Framework {
  readonly id: string;
  /** Normalised whole names; two different ones must be there. */
  readonly names: readonly RegExp[];
  /** A bare name is a training metric. */
  readonly bareIsTrain?: true;
  /** Words whose split this framework settles against the general table. */
  readonly splits?: Readonly<Record<string, Split>>;
  readonly domain?: Domain;
}

export const frameworks: readonly Framework[] = [
  { id: 'keras', names: [/^(loss|accuracy)$/, /^val (loss|accuracy)$/], bareIsTrain: true },
  {
    id: 'keras-tensorboard',
    names: [/^epoch (?!step)/, /^(epoch (loss|accuracy|learning rate)|evaluation \S+ vs iterations|batch (loss|accuracy))$/],
    bareIsTrain: true,
    splits: { evaluation: 'val' },
  },
  { id: 'lightning', names: [/ step$/, / epoch$/, /^lr [a-z]+( pg\d+)?$/] },
  {
    id: 'huggingface',
    names: [/^(train )?loss$/, /^(train )?grad norm$/, /^(train )?learning rate$/, /^eval loss$/, /^eval runtime$/, /^train runtime$/],
    bareIsTrain: true,
    splits: { eval: 'val' },
  },
  { id: 'ultralytics', names: [/^train (box|cls|dfl|obj) (loss|om|oo)$/, /^metrics (precision|recall|map.*)$/, /^lr pg\d$/], domain: 'detection' },
  { id: 'timm', names: [/^train loss$/, /^eval loss$/, /^eval top[15]$/, /^eval acc[15]$/], splits: { eval: 'val' } },
  { id: 'fairseq', names: [/^nll loss$/, /^gnorm$/, /^wps$/, /^ups$/, /^num updates$/, /^loss scale$/], bareIsTrain: true },
  { id: 'nanogpt', names: [/^train loss$/, /^val loss$/, /^mfu$/] },
  { id: 'mmengine', names: [/^data time$/, /^coco bbox map/, /^(loss )?loss cls$/, /^memory$/], bareIsTrain: true, domain: 'detection' },
  { id: 'detectron2', names: [/^total loss$/, /^loss box reg$/, /^fast rcnn /, /^bbox ap/], bareIsTrain: true, domain: 'detection' },
  {
    id: 'stable-baselines3',
    names: [/^rollout ep /, /^time (fps|total timesteps)$/, /^train (approx kl|clip fraction|n updates)$/, /^eval mean reward$/],
    splits: { eval: 'val' },
    domain: 'rl',
  },
  { id: 'rllib', names: [/^env runners /, /^learners /, /^episode (reward|return|len) mean$/, /^info learner /], splits: { evaluation: 'val' }, domain: 'rl' },
  { id: 'xgboost-cv', names: [/^train \S+ mean$/, /^test \S+ mean$/, /^train \S+ std$/, /^test \S+ std$/], splits: { test: 'val' } },
  {
    id: 'boosting',
    names: [/^(train|training|validation ?\d|valid ?\d|eval|test) (m?logloss|m?error|rmse|mae|auc|map|ndcg|(binary|multi) logloss|l2|l1)$/],
    splits: { eval: 'val' },
    domain: 'boosting',
  },
  { id: 'catboost', names: [/^learn /, /^test( \d)? /], splits: { test: 'val' }, domain: 'boosting' },
  { id: 'torchtitan', names: [/^loss metrics /, /^throughput tps$/, /^mfu/, /^time metrics /], bareIsTrain: true },
  { id: 'megatron', names: [/^lm loss$/, /^lm loss validation/, /^grad norm$/, /^num zeros$/, /^iteration time$/, / vs samples$/], bareIsTrain: true },
  { id: 'olmo', names: [/^(train )?(train (cross entropy loss|ce loss|z loss|ppl))$/, /^throughput (device|total) /, /^optim /] },
  { id: 'levanter', names: [/^grad norm total$/, /^throughput /, /^params norm total$/] },
  {
    id: 'trl',
    names: [/^(train )?(rewards? |reward(s| std)?$)/, /^(train )?(completions |kl$|objective |policy |logps )/],
    bareIsTrain: true,
    domain: 'rl',
  },
  { id: 'cleanrl', names: [/^charts (episodic|sps|learning rate)/, /^losses /], domain: 'rl' },
  {
    id: 'reinforcement-learning',
    names: [
      /(^| )(approx kl|clip fraction|value loss|policy loss|(?<!cross )entropy loss|ep rew mean|ep len mean|episode reward|episodic return|mean reward)( |$)/,
    ],
    splits: { eval: 'val', evaluation: 'val' },
    domain: 'rl',
  },
  { id: 'classification', names: [/(^| )(prec|rec|f1|bacc)$/], domain: 'classification' },
  { id: 'generation', names: [/(^| )fid( |$)/, /(^| )kid( |$)/, /(^| )is( |$)/], domain: 'generation' },
];
