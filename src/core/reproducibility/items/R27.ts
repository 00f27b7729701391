// R27: can the evaluated checkpoint be identified?

import { type Evidence, factValue } from '../../model/facts';
import type { Run } from '../../model/run';
import { artifactEvidence, artifactsLike, factEvidence, paramsLike } from '../evidence';
import { andRecord, inFramework, runJson } from '../fixes';
import { type ChecklistItem, fail, partial, pass, unknown } from '../item';

const weightFile = /\.(ckpt|pt|pth|safetensors|h5|keras|onnx|joblib|skops|ubj|cbm)$|(^|\/)(MLmodel|model\.pkl|checkpoint-\d+\/.*)$/i;

/** The setting or value that says that the best checkpoint was picked by the test metric, which was logged more than once. */
function chosenByTest(run: Run): Evidence | null {
  if (!run.series.some((series) => series.split === 'test' && series.count > 3)) return null;
  const monitored = paramsLike(run, /^(monitor|metric_for_best_model|early_stopping_metric|checkpoint_metric)$/i).find(({ value }) =>
    /(^|[/_.-])test/i.test(String(value)),
  );
  if (monitored) return { file: 'params', where: monitored.key, value: String(monitored.value) };
  const best = Object.entries(run.summary).find(([key]) => /(^|[/_.-])best[/_.-]?test|(^|[/_.-])test\w*[/_.-](best|max|min)$/i.test(key));
  return best ? { file: 'tags', where: best[0], value: String(best[1]) } : null;
}

export const item: ChecklistItem = {
  meta: {
    id: 'R27',
    question: 'Can the evaluated checkpoint be identified, and was the test set used once?',
    section: 'checkpoints',
    weight: 'high',
    reference: 'ML Reproducibility Checklist',
  },
  check({ run }) {
    const checkpoints = factValue(run.facts, 'checkpoint') ?? [];
    const evidence = factEvidence(run, 'checkpoint');
    const chosen = chosenByTest(run);
    if (chosen) return fail(`The test metric was logged each time and the best of it was taken: ${chosen.where} ${chosen.value}.`, [chosen]);
    const repeated = run.series.filter((series) => series.split === 'test' && series.count > 3).map(({ name }) => name);
    const warning = repeated.length > 0 ? ` ${repeated[0]} was logged many times: choosing by it would use the test set up.` : '';
    const pinned = checkpoints.filter(({ digest, step }) => digest !== null && step !== null);
    if (pinned.length > 0 && warning === '') return pass('A checkpoint with its step and digest is recorded.', evidence);
    if (checkpoints.length > 0)
      return partial(
        `${pinned.length > 0 ? 'A checkpoint with its step and digest is recorded.' : 'Checkpoints are recorded, without step and digest together.'}${warning}`,
        evidence,
      );
    const files = artifactsLike(run, weightFile);
    return files.length > 0
      ? partial(`A model is saved, without step and digest.${warning}`, artifactEvidence(files))
      : unknown(`Unknown: no checkpoint is recorded.${warning}`);
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Choose the checkpoint by the validation metric, save it with its step and a hash, and evaluate on the test set once, at the end.',
        {
          lightning: 'ModelCheckpoint(monitor="val_loss", save_top_k=1, filename="{step}-{val_loss:.4f}")\ntrainer.test(ckpt_path="best")   # once',
          transformers:
            'TrainingArguments(..., load_best_model_at_end=True, metric_for_best_model="eval_loss")\ntrainer.evaluate(test_set, metric_key_prefix="test")   # once',
          keras: 'keras.callbacks.ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)',
          boosting: 'booster.save_model("best.ubj")   # and record booster.best_iteration',
          sklearn: 'joblib.dump(pipeline, "best.joblib")',
          pytorch: 'torch.save({"step": step, "model": model.state_dict()}, "best.pt")',
        },
        framework,
      ),
      tracker === 'wandb'
        ? 'artifact = wandb.Artifact("model", type="model", metadata={"step": step}); artifact.add_file("best.pt"); run.log_artifact(artifact)'
        : tracker === 'mlflow' || tracker === undefined
          ? 'mlflow.pytorch.log_model(model, name="best", step=step)'
          : runJson('"checkpoint": {"path": "best.pt", "step": step, "sha256": sha256}'),
    ),
  examples: [
    { run: { facts: [{ kind: 'checkpoint', value: [{ path: 'best.pt', step: 10, digest: 'sha256:00' }] }] }, verdict: 'pass' },
    { run: { artifacts: [{ path: 'best.ckpt', size: 1, kind: 'file' }] }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
