// The same advice in each framework's own calls. Rules choose what to say; here stands how it is said.

import type { Advice } from './advice';
import type { Framework } from './framework';

type Snippets = Partial<Record<Framework, string>> & { readonly pytorch?: string };

/** A sentence with the lines for the run's framework; plain PyTorch stands in where the framework is not known or has no line of its own. */
export function advise(framework: Framework | null, text: string, snippets: Snippets = {}): Advice {
  const own = framework === null ? snippets.pytorch : framework in snippets ? snippets[framework] : isTorch(framework) ? snippets.pytorch : undefined;
  return own === undefined ? { text } : { text, code: own };
}

const isTorch = (framework: Framework): boolean => framework === 'lightning' || framework === 'transformers' || framework === 'pytorch';

export const clipGradients: Snippets = {
  lightning: 'Trainer(gradient_clip_val=1.0)',
  transformers: 'TrainingArguments(..., max_grad_norm=1.0)',
  keras: 'keras.optimizers.AdamW(..., global_clipnorm=1.0)',
  jax: 'optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule))',
  pytorch: 'norm = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\nlog({"grad_norm": norm})',
};

export const stopOnNonFinite: Snippets = {
  lightning: 'EarlyStopping(monitor="train_loss", check_finite=True)\nTrainer(detect_anomaly=True)  # while searching, it is slow',
  transformers: 'TrainingArguments(..., logging_nan_inf_filter=False, max_grad_norm=1.0)',
  keras: 'keras.callbacks.TerminateOnNaN()',
  jax: 'jax.config.update("jax_debug_nans", True)  # while searching, it is slow',
  pytorch:
    'if not torch.isfinite(loss):\n    raise RuntimeError(f"loss is {loss.item()} at step {step}")\n# while searching: torch.autograd.set_detect_anomaly(True)',
};

export const stopEarly: Snippets = {
  lightning: 'EarlyStopping(monitor="val_loss", patience=5)\nModelCheckpoint(monitor="val_loss", save_top_k=1)',
  transformers:
    'TrainingArguments(..., eval_strategy="steps", save_strategy="steps", load_best_model_at_end=True, metric_for_best_model="eval_loss")\nEarlyStoppingCallback(early_stopping_patience=5)',
  keras: 'keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)',
  jax: 'early_stop = flax.training.early_stopping.EarlyStopping(patience=5)',
  boosting: 'xgboost.train(params, dtrain, evals=[(dval, "val")], early_stopping_rounds=50)',
  sklearn: 'HistGradientBoostingClassifier(early_stopping=True, n_iter_no_change=10)',
  pytorch: 'if val_loss < best:\n    best, wait = val_loss, 0\n    torch.save(model.state_dict(), "best.pt")\nelse:\n    wait += 1\n    if wait >= 5: break',
};

export const keepBest: Snippets = {
  lightning: 'ModelCheckpoint(monitor="val_loss", mode="min", save_top_k=1, save_last=True)',
  transformers: 'TrainingArguments(..., load_best_model_at_end=True, metric_for_best_model="eval_loss", save_total_limit=2)',
  keras: 'keras.callbacks.ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)',
  boosting: 'booster.best_iteration  # predict(..., iteration_range=(0, booster.best_iteration + 1))',
  pytorch: 'if val_loss < best:\n    best = val_loss\n    torch.save({"step": step, "model": model.state_dict()}, "best.pt")',
};

export const resumeInPlace: Snippets = {
  lightning: 'trainer.fit(model, ckpt_path="last.ckpt")  # restores global_step',
  transformers: 'trainer.train(resume_from_checkpoint=True)  # restores global_step',
  keras: 'model.fit(..., initial_epoch=last_epoch)\nkeras.callbacks.CSVLogger("log.csv", append=True)',
  pytorch: 'state = torch.load("last.pt")\nstep = state["step"]  # go on counting from here, or begin a new run',
};
