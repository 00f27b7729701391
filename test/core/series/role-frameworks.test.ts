// Names as each framework's own logger writes them, and the same metric under other spellings.
import { expect, test } from 'vitest';
import { inferRole } from '../../../src/core/series/roles';

/** name | role split direction, one a line; `-` is null. Siblings are the names of the block. */
function expectRoles(table: string): void {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s*\|\s*/));
  const siblings = rows.map(([name]) => name as string);
  const got = siblings.map((name) => {
    const { role, split, direction } = inferRole(name, siblings);
    return [name, `${role ?? '-'} ${split} ${direction}`];
  });
  expect(got).toEqual(rows);
}

test('Keras with further metrics', () =>
  expectRoles(`
    loss                                | loss train min
    sparse_categorical_accuracy         | accuracy train max
    val_loss                            | loss val min
    val_accuracy                        | accuracy val max
    val_mean_io_u                       | score val max
    val_matthews_correlation            | score val max
    kullback_leibler_divergence         | loss other min
    evaluation_loss_vs_iterations       | loss val min`));

test('MMEngine and Detectron2', () => {
  expectRoles(`
    loss               | loss train min
    loss_cls           | loss train min
    loss_bbox          | loss train min
    base_lr            | learning-rate other none
    data_time          | time other none
    memory             | gpu-memory other none
    coco/bbox_mAP      | score other max
    coco/bbox_mAP_s    | score other max
    accuracy/top1      | accuracy train max`);
  expectRoles(`
    total_loss                  | loss train min
    loss_box_reg                | loss train min
    eta_seconds                 | time other none
    fast_rcnn/cls_accuracy      | accuracy train max
    fast_rcnn/false_negative    | error other min
    bbox/AP                     | score other max
    bbox/APs                    | score other max
    bbox/AP-person              | score other max`);
});

test('RLlib and CleanRL', () => {
  expectRoles(`
    env_runners/episode_return_mean                          | reward other max
    env_runners/num_env_steps_sampled_lifetime               | counter other none
    learners/default_policy/entropy                          | rl other none
    learners/default_policy/vf_explained_var                 | rl other none
    learners/default_policy/gradients_default_optimizer_global_norm | grad-norm other none
    evaluation/env_runners/episode_return_mean               | reward val max`);
  expectRoles(`
    charts/episodic_return  | reward other max
    charts/episodic_length  | rl other none
    charts/SPS              | throughput other max
    losses/value_loss       | rl other none
    losses/clipfrac         | rl other none
    losses/entropy          | rl other none
    losses/qf1_values       | rl other none`);
});

test('TRL', () =>
  expectRoles(`
    loss                      | loss train min
    reward                    | reward other max
    reward_std                | spread other none
    kl                        | rl other none
    completions/clipped_ratio | rl other none
    completions/mean_length   | rl other none
    frac_reward_zero_std      | spread other none
    loss/policy_avg           | rl train none
    policy/approxkl_avg       | rl other none
    objective/kl              | rl other none`));

test('boosting: l1 and l2 are errors there, and only there', () => {
  expectRoles(`
    training.l2          | error train min
    valid_0.l2           | error val min
    valid_0.binary_logloss | loss val min`);
  expectRoles(`
    learn/MultiClass     | loss train min
    test/MultiClass      | loss val min
    test_1/MultiClass    | loss val min`);
  expect(inferRole('reg/l2', ['reg/l2', 'train/loss']).role).toBeNull();
});

test('OLMo and levanter: a cross-entropy loss is no entropy loss', () =>
  expectRoles(`
    train/CrossEntropyLoss                  | loss train min
    train/Perplexity                        | perplexity train min
    optim/total_grad_norm                   | grad-norm train none
    optim/learning_rate_group0              | learning-rate other none
    throughput/device/tokens_per_second     | throughput other max
    throughput/total_tokens                 | counter other none
    eval/c4_en-validation/CrossEntropyLoss  | loss val min
    grad/norm/total                         | grad-norm train none
    params/norm/total                       | param-norm other none`));

test('two-player games', () =>
  expectRoles(`
    errD            | adversarial other none
    errG            | adversarial other none
    D(x)            | adversarial other none
    D(G(z))         | adversarial other none
    gan/lossD       | adversarial other none
    Loss/signs/real | adversarial other none
    fid50k_full     | error other min`));

test('a KL term and an entropy are of reinforcement learning only beside its metrics', () => {
  expect(inferRole('train/kl', ['train/kl', 'train/recon', 'train/loss']).role).toBeNull();
  expect(inferRole('kl', ['kl', 'completions/mean_length', 'reward']).role).toBe('rl');
});

test('prec with a number is an accuracy at k, alone a precision', () => {
  const siblings = ['val_prec', 'val_rec', 'val_f1'];
  expect(inferRole('val_prec', siblings)).toMatchObject({ role: 'score', direction: 'max' });
  expect(inferRole('prec@1', ['prec@1'])).toMatchObject({ role: 'accuracy', direction: 'max' });
  expect(inferRole('rec', ['rec']).role).toBeNull();
});

const splits = { train: ['train', 'Train', 'training', 'TRAIN'], val: ['val', 'valid', 'validation', 'Val', 'dev'], test: ['test', 'Test'] } as const;
const metrics = {
  'loss min': ['loss', 'Loss', 'nll', 'cross_entropy_loss'],
  'accuracy max': ['acc', 'accuracy', 'Accuracy', 'top1'],
  'score max': ['f1', 'F1', 'auc', 'miou'],
  'error min': ['mae', 'RMSE', 'wer', 'error'],
  'perplexity min': ['ppl', 'perplexity'],
} as const;

test('spelling, order and separator of a name do not change what it is', () => {
  for (const [split, prefixes] of Object.entries(splits)) {
    for (const [meaning, names] of Object.entries(metrics)) {
      for (const prefix of prefixes) {
        for (const name of names) {
          for (const spelt of ['/', '_', '.', '-', ' ', ':'].flatMap((mark) => [`${prefix}${mark}${name}`, `${name}${mark}${prefix}`])) {
            const found = inferRole(spelt, [spelt]);
            expect(`${spelt}: ${found.role} ${found.direction} ${found.split}`).toBe(`${spelt}: ${meaning} ${split}`);
            expect(found.confidence, spelt).toBeGreaterThanOrEqual(0.8);
          }
        }
      }
    }
  }
});

test('the reason names what decided', () => {
  expect(inferRole('val/loss', ['val/loss']).reason).toBe('“loss” in the name; “val” says val.');
  expect(inferRole('eval_loss', ['eval_loss', 'loss', 'grad_norm']).reason).toBe(
    '“loss” in the name; “eval” is val there; the run’s names are those of huggingface.',
  );
  expect(inferRole('quality', ['quality']).reason).toBe('No word of the name is known.');
  expect(inferRole('system.cpu', []).reason).toContain('hardware');
});
