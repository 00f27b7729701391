// Metric names as real frameworks and the fixtures write them, and what they must be read as.
import { expect, test } from 'vitest';
import { inferRole, wordsOf } from '../../../src/core/series/roles';

/** name role split direction, one a line; `-` is null. Siblings are the names of the block. */
function expectRoles(table: string, more: readonly string[] = []): void {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s*\|\s*/));
  const siblings = [...rows.map((row) => row[0] as string), ...more];
  const got = rows.map(([name]) => {
    const role = inferRole(name as string, siblings);
    return [name, role.role ?? '-', role.split, role.direction].join(' | ');
  });
  expect(got).toEqual(rows.map((row) => row.join(' | ')));
}

test('Keras', () =>
  expectRoles(`
    loss         | loss          | train | min
    accuracy     | accuracy      | train | max
    val_loss     | loss          | val   | min
    val_accuracy | accuracy      | val   | max
    learning_rate | learning-rate | other | none`));

test('Lightning', () =>
  expectRoles(`
    lr-SGD           | learning-rate | other | none
    lr-AdamW/pg1     | learning-rate | other | none
    train/loss_epoch | loss          | train | min
    train/loss_step  | loss          | train | min
    val_acc          | accuracy      | val   | max
    val_loss         | loss          | val   | min
    epoch            | counter       | other | none`));

test('Transformers and TRL', () =>
  expectRoles(`
    loss                    | loss          | train | min
    grad_norm               | grad-norm     | train | none
    learning_rate           | learning-rate | other | none
    eval_loss               | loss          | val   | min
    eval_accuracy           | accuracy      | val   | max
    eval_runtime            | time          | val   | none
    eval_samples_per_second | throughput    | val   | max
    eval_steps_per_second   | throughput    | val   | max
    train_loss              | loss          | train | min
    train_runtime           | time          | train | none
    total_flos              | counter       | other | none
    eval_wer                | error         | val   | min
    rewards/accuracies      | accuracy      | other | max`));

test('Ultralytics', () =>
  expectRoles(`
    train/box_loss          | loss          | train | min
    val/dfl_loss            | loss          | val   | min
    train/box_om            | loss          | train | min
    metrics/precision(B)    | score         | other | max
    metrics/mAP50(B)        | score         | other | max
    metrics/mAP50-95(B)     | score         | other | max
    metrics/mAP_0.5         | score         | other | max
    lr/pg0                  | learning-rate | other | none
    time                    | time          | other | none`));

test('timm, nanoGPT, fairseq', () => {
  expectRoles(`
    train_loss | loss     | train | min
    eval_loss  | loss     | val   | min
    eval_top1  | accuracy | val   | max
    lr         | learning-rate | other | none`);
  expectRoles(`
    iter       | counter       | other | none
    train/loss | loss          | train | min
    val/loss   | loss          | val   | min
    lr         | learning-rate | other | none
    mfu        | throughput    | other | max`);
  expectRoles(`
    loss        | loss       | train | min
    nll_loss    | loss       | train | min
    ppl         | perplexity | other | min
    wps         | throughput | other | max
    gnorm       | grad-norm  | train | none
    loss_scale  | loss-scale | train | none
    valid_loss  | loss       | val   | min
    num_updates | counter    | other | none`);
});

test('Stable-Baselines3 and RLlib: only the return has a direction', () =>
  expectRoles(`
    rollout/ep_rew_mean        | reward        | train | max
    rollout/ep_len_mean        | rl            | train | none
    eval/mean_reward           | reward        | val   | max
    train/value_loss           | rl            | train | none
    train/policy_gradient_loss | rl            | train | none
    train/entropy_loss         | rl            | train | none
    train/approx_kl            | rl            | train | none
    train/explained_variance   | rl            | train | none
    train/learning_rate        | learning-rate | train | none
    time/fps                   | throughput    | other | max
    time/total_timesteps       | counter       | other | none
    env_runners/episode_return_mean | reward   | other | max`));

test('boosted trees: the set that early stopping looks at is validation', () => {
  expectRoles(`
    train-mlogloss-mean | loss   | train | min
    train-mlogloss-std  | spread | train | none
    test-mlogloss-mean  | loss   | val   | min
    test-merror-mean    | error  | val   | min`);
  expectRoles(`
    validation_0-logloss | loss  | val   | min
    valid_0-auc          | score | val   | max
    training-rmse        | error | train | min`);
  expectRoles(`
    learn_error | error | train | min
    test_error  | error | val   | min`);
});

test('Megatron and torchtitan', () => {
  expectRoles(`
    lm loss            | loss          | train | min
    lm loss validation | loss          | val   | min
    lm loss validation ppl | perplexity | val  | min
    learning-rate      | learning-rate | other | none
    grad-norm          | grad-norm     | train | none
    params-norm        | param-norm    | other | none
    num-zeros          | param-norm    | other | none
    loss-scale         | loss-scale    | train | none
    iteration-time     | time          | other | none`);
  expectRoles(`
    loss_metrics/global_avg_loss | loss       | train | min
    validation_metrics/loss      | loss       | val   | min
    throughput(tps)              | throughput | other | max
    mfu(%)                       | throughput | other | max
    memory/max_reserved(%)       | gpu-memory | other | none`);
});

test('names of the fixtures', () =>
  expectRoles(`
    Train Loss           | loss          | train | min
    Loss/Train (batch)   | loss          | train | min
    Loss/val             | loss          | val   | min
    Accuracy/val         | accuracy      | val   | max
    val.top/1 acc        | accuracy      | val   | max
    val/acc per class/été 0 | accuracy   | val   | max
    best/val_loss        | loss          | val   | min
    evaluation_accuracy_vs_iterations | accuracy | val | max
    opt.lr               | learning-rate | other | none
    opt/grad_norm        | grad-norm     | train | none
    hparam/acc           | accuracy      | train | max
    system/gpu_0_utilization_percentage  | gpu-util   | other | none
    system.gpu.0.memoryAllocated         | gpu-memory | other | none
    system/cpu_utilization_percentage    | system     | other | none`));

test('adversarial losses have no direction', () =>
  expectRoles(`
    loss_D           | adversarial | train | none
    train/g_loss     | adversarial | train | none
    domain_loss      | adversarial | train | none
    lr               | learning-rate | other | none`));

test('unknown names are not guessed', () => {
  for (const name of [
    'score',
    'metric',
    'custom/ratio',
    'single',
    'edge/all',
    'norm',
    'layer0/w_std',
    'map',
    'odd2',
    'with space',
    'train/parts',
    'größe/π²',
    '',
    '日本語',
    'super',
  ]) {
    expect(inferRole(name, [name]), name).toMatchObject({ role: null, direction: 'none', confidence: 0 });
  }
  expect(inferRole('train/parts', []).split).toBe('train');
});

test('`map` is a score only beside detection metrics', () => {
  expect(inferRole('map', ['map', 'bbox/iou'])).toMatchObject({ role: 'score', direction: 'max' });
});

test('eval alone is uncertain, and certain where its framework or a training twin is seen', () => {
  expect(inferRole('eval/loss', ['eval/loss']).confidence).toBe(0.7);
  expect(inferRole('eval/loss', ['eval/loss', 'train/loss']).confidence).toBeGreaterThan(0.8);
  expect(inferRole('eval_loss', ['eval_loss', 'loss', 'grad_norm']).confidence).toBeGreaterThan(0.85);
});

test('the plain names of everyone are sure enough for rules', () => {
  for (const name of ['loss', 'val/loss', 'train_loss', 'val_acc', 'accuracy']) expect(inferRole(name, [name]).confidence, name).toBeGreaterThanOrEqual(0.8);
});

test('a bare loss is not called training without a sign of it', () => {
  expect(inferRole('loss', ['loss']).split).toBe('other');
  expect(inferRole('loss', ['loss', 'lr']).split).toBe('train');
  expect(inferRole('loss', ['loss', 'val/loss']).split).toBe('train');
});

test('a sub-run folder tells the split', () => {
  expect(inferRole('epoch_loss', ['epoch_loss', 'epoch_accuracy'], { context: { subrun: 'validation' } })).toMatchObject({ role: 'loss', split: 'val' });
  expect(inferRole('epoch_loss', ['epoch_loss'], { context: { subrun: 'train' } }).split).toBe('train');
});

test('params are decisive, also for unknown names', () => {
  const hint = { params: { metric_for_best_model: 'quality', greater_is_better: false } };
  expect(inferRole('eval_quality', [], hint)).toMatchObject({ role: 'objective', split: 'val', direction: 'min', confidence: 1 });
  expect(inferRole('quality', [], { params: { 'ckpt.monitor': 'quality', 'ckpt.mode': 'max' } })).toMatchObject({ direction: 'max', confidence: 1 });
  expect(inferRole('val/loss', [], hint).confidence).toBeLessThan(1);
});

test('a negated error is better when larger', () => {
  expect(inferRole('neg_mean_squared_error', [])).toMatchObject({ direction: 'max' });
});

test('words of a name', () => {
  expect(wordsOf('metrics/mAP50-95(B)')).toEqual(['metrics', 'map50', '95', 'b']);
  expect(wordsOf('CrossEntropyLoss')).toEqual(['cross', 'entropy', 'loss']);
  expect(wordsOf('trainLoss_epoch')).toEqual(['train', 'loss', 'epoch']);
  expect(wordsOf('valloss')).toEqual(['val', 'loss']);
});
