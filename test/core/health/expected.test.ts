// Kinds of problem told from names, params and packages, and what such runs lack.
import { expect, test } from 'vitest';
import { domainOf } from '../../../src/core/health/expected/domain';
import { domains } from '../../../src/core/health/expected/domains';
import { expectations } from '../../../src/core/health/expected/expectations';
import { expectedMetrics } from '../../../src/core/health/expected/missing';
import type { Run } from '../../../src/core/model/run';
import type { Values } from '../../../src/core/model/values';
import { type DrawnRun, runFromText } from '../../support/run-from-text';

/** A run that logged these metrics at three steps. */
const logging = (names: string, more: DrawnRun = {}): Run => {
  const columns = names.split(/\s+/);
  return runFromText([`step ${columns.join(' ')}`, ...[0, 1, 2].map((step) => [step, ...columns.map(() => 1 / (step + 2))].join(' '))].join('\n'), more);
};
const packages = (...names: string[]): DrawnRun['facts'] => [{ kind: 'packages', value: Object.fromEntries(names.map((name) => [name, '1.0'])) }];
const missing = (run: Run, level = 'minimum'): readonly string[] | undefined =>
  expectedMetrics(run)
    ?.missing.filter((one) => one.level === level)
    .map(({ id }) => id);

test.each<[string, string, Values?, string?]>([
  ['classification', 'train/loss val/loss val/accuracy'],
  ['classification', 'loss val_loss val_f1', { num_classes: 10 }],
  ['detection', 'train/box_loss train/cls_loss val/box_loss metrics/mAP50(B) metrics/precision(B)'],
  ['detection', 'total_loss loss_cls loss_box_reg loss_rpn_cls loss_rpn_loc fast_rcnn/cls_accuracy'],
  ['segmentation', 'train/loss val/loss val/mIoU val/acc'],
  ['lm-pretraining', 'train/loss val/loss lr mfu', { block_size: 1024, vocab_size: 50257 }],
  ['lm-pretraining', 'loss_metrics/global_avg_loss grad_norm throughput(tps) mfu(%)', { seq_len: 8192, vocab_size: 32000 }],
  ['fine-tuning', 'loss eval_loss mean_token_accuracy', { 'peft.lora_r': 16 }],
  ['fine-tuning', 'loss rewards/chosen rewards/rejected rewards/accuracies'],
  ['seq2seq', 'loss eval_loss eval_rouge1 eval_rougeL'],
  ['regression', 'train/loss val/loss val/mae val/r2'],
  ['recsys', 'train_loss valid_ndcg@10 valid_recall@20'],
  ['rl', 'rollout/ep_rew_mean rollout/ep_len_mean train/value_loss'],
  ['generation', 'd_loss g_loss'],
  ['generation', 'train/loss val/fid'],
  ['speech', 'train/loss valid/loss valid/wer'],
  ['time-series', 'train_loss val_loss val_MASE'],
  ['embedding', 'train/loss val/knn'],
  ['trees', 'train-mlogloss test-mlogloss', {}, 'xgboost'],
  ['trees', 'training/l2 valid_0/l2', { num_leaves: 31 }],
])('%s: %s', (id, names, params = {}, pack = 'numpy') => {
  expect(domainOf(logging(names, { params, facts: packages(pack) }))?.id).toBe(id);
});

test('what is not clear is not said', () => {
  for (const names of ['loss', 'train/loss lr grad_norm', 'quality score', 'train/loss val/loss', 'train/recon train/kl train/loss']) {
    expect(domainOf(logging(names)), names).toBeNull();
    expect(expectedMetrics(logging(names))).toBeNull();
  }
});

test('clues of two kinds that do not belong together leave it open', () => {
  expect(domainOf(logging('val/wer val/miou train/loss'))).toBeNull();
});

test('detection without its metric: the gap is told with code in the run’s own framework and tracker', () => {
  const run = logging('train/box_loss train/cls_loss train/dfl_loss val/box_loss', { format: 'mlflow-file', facts: packages('torch'), params: { imgsz: 640 } });
  const seen = expectedMetrics(run);
  expect(seen?.domain).toMatchObject({ id: 'detection', label: 'object detection' });
  expect(missing(run)).toEqual(['map50', 'map']);
  expect(seen?.missing[0]?.advice.code).toBe(
    'metric = torchmetrics.detection.MeanAveragePrecision()\nmetric.update(preds, target)  # each validation batch\nmlflow.log_metric("val/mAP50", metric.compute()["map_50"].item(), step=step)',
  );
  expect(seen?.logged).toContain('image size');
});

test('a complete run lacks nothing of the minimum', () => {
  expect(missing(logging('train/loss val/loss val/accuracy'))).toEqual([]);
  expect(missing(logging('train/loss lr grad_norm tokens_seen val/perplexity tokens_per_second mfu', { params: { vocab_size: 9, seq_len: 8 } }))).toEqual([]);
  expect(missing(logging('training/l2 valid_0/l2', { params: { num_leaves: 31 } }))).toEqual([]);
});

test('a held-out metric of unknown meaning turns the gap into a question', () => {
  const run = logging('train/loss val/quality val/accuracy');
  expect(expectedMetrics(run)?.missing[0]).toMatchObject({ id: 'val-loss', maybe: 'val/quality' });
  expect(expectedMetrics(run)?.missing[0]?.advice.text).toBe('If “val/quality” is it, state its role; otherwise log validation loss.');
});

test('no curve, no claim', () => {
  expect(expectedMetrics(runFromText('step val/accuracy\n0 0.9'))).toBeNull();
  expect(expectedMetrics(runFromText('step'))).toBeNull();
});

test('params that are lists and objects are no clue and no error', () => {
  expect(domainOf(logging('loss', { params: { task: ['detect'], vocab_size: { a: 1 }, lora_r: null } }))?.id ?? null).not.toBe('detection');
});

test('every kind has clues and a set, ids of a set differ', () => {
  expect(Object.keys(expectations).sort()).toEqual(domains.map(({ id }) => id).sort());
  for (const set of Object.values(expectations)) {
    expect(new Set(set.map(({ id }) => id)).size).toBe(set.length);
    for (const wanted of set) expect(wanted.names ?? wanted.roles ?? wanted.elsewhere, wanted.id).toBeDefined();
  }
});

test('renaming metrics within a family changes neither kind nor gaps', () => {
  const spelt = ['train/loss val/accuracy', 'train_loss val_accuracy', 'train.loss val.acc', 'Loss/train Accuracy/val', 'trainLoss valAcc'];
  expect(new Set(spelt.map((names) => JSON.stringify(missing(logging(names))))).size).toBe(1);
});
