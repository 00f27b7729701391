// R28: can training be resumed?

import { artifactEvidence, artifactsLike } from '../evidence';
import { inFramework } from '../fixes';
import { type ChecklistItem, partial, pass, unknown } from '../item';

export const item: ChecklistItem = {
  meta: {
    id: 'R28',
    question: 'Could training resume: optimizer, scheduler and generator states?',
    section: 'checkpoints',
    weight: 'low',
    reference: 'good practice',
  },
  check({ run }) {
    const parts = [/(^|\/)optimizer\.(pt|bin)$/, /(^|\/)scheduler\.(pt|bin)$/, /(^|\/)(rng_state\w*\.pth|random_states_\d+\.pkl)$/].map((pattern) =>
      artifactsLike(run, pattern),
    );
    const evidence = artifactEvidence(parts.flatMap((found) => found.slice(0, 1)));
    if (parts.every((found) => found.length > 0)) return pass('Optimizer, scheduler and generator states are saved.', evidence);
    if ((parts[0]?.length ?? 0) > 0) return partial('The optimizer’s state is saved, not all of the rest.', evidence);
    const whole = artifactsLike(run, /\.ckpt$/i);
    return whole.length > 0
      ? partial('A checkpoint is saved; what is in it needs opening it, which Diptych never does.', artifactEvidence(whole))
      : unknown('Unknown: no training state is listed.');
  },
  fix: (framework) =>
    inFramework(
      'Save optimizer, scheduler and generator states with the weights.',
      {
        lightning: 'ModelCheckpoint(save_last=True)   # save_weights_only stays False',
        transformers: 'TrainingArguments(..., save_strategy="steps", save_only_model=False)',
        keras: 'keras.callbacks.BackupAndRestore("backup")',
        jax: 'ocp.CheckpointManager(path).save(step, args=ocp.args.StandardSave({"params": params, "opt_state": opt_state, "key": jax.random.key_data(key)}))',
        boosting: 'xgboost.train(params, dtrain, callbacks=[xgboost.callback.TrainingCheckPoint("checkpoints", interval=10)])',
        pytorch: 'torch.save({"model": m.state_dict(), "optim": o.state_dict(), "sched": s.state_dict(), "rng": torch.get_rng_state()}, path)',
      },
      framework,
    ),
  examples: [
    { run: { artifacts: ['optimizer.pt', 'scheduler.pt', 'rng_state.pth'].map((path) => ({ path, size: 1, kind: 'file' as const })) }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'last.ckpt', size: 1, kind: 'file' }] }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
