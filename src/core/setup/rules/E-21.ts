// A training of many epochs of which no model is kept.

import { keepsModel } from '../facts/checkpoints';
import { engineOf } from '../facts/engines';
import { foreignRunOf } from '../facts/foreign-runs';
import { loopsOf, type Region } from '../facts/loops';
import { settingOf } from '../facts/options';
import type { Training } from '../facts/training';
import { isTrial } from '../facts/trials';
import type { SetupFix } from '../finding';
import type { Project } from '../project/project';
import { fieldOf } from '../python/syntax';
import { unknown } from '../python/values';
import type { SetupRule } from '../rule';

export const rule: SetupRule = {
  meta: {
    id: 'E-21',
    title: 'The trained model is kept',
    severity: 'warn',
    why: 'What took hours is gone when the process ends: nothing can be evaluated again, compared or resumed.',
    source: 'mllint, “artifacts”',
  },
  *check({ project, trainings }) {
    const trials = trainings.filter((training) => isTrial(training, project));
    // A trial of a search keeps its value where the best is trained again.
    const judged = trials.length < trainings.length ? trainings.filter((training) => !trials.includes(training)) : trainings;
    const isOthers = (training: Training) => training.outOfView !== null || foreignRunOf(training, project) !== null;
    const open = judged.filter((training) => isLong(training, project) && keepsModel(training, project) === 'no' && !isOthers(training));
    const [first] = open;
    if (!first) return;
    yield {
      kind: 'finding',
      confidence: 0.85,
      places: open.map((training) => {
        const loop = training.kind === 'loop' ? loopsOf(training, project).epoch : null;
        return loop ?? { module: training.module, node: training.call.node };
      }),
      summary: 'Nothing of what is trained here is saved.',
      fix: fixOf(first),
    };
  },
};

/** `for x, y in dataset:` and no loop around it: every row is seen once, unless the rows come again by themselves. */
function isOnePass({ node, module }: Region): boolean {
  const right = node.type === 'for_statement' ? fieldOf(node, 'right') : null;
  const inner =
    right?.type === 'call' && /^(enumerate|tqdm|tqdm\.tqdm)$/.test(module.textOf(right.children[0] ?? right)) ? right.children[1]?.children[0] : right;
  if (inner?.type !== 'identifier') return false;
  const given = module
    .scopeOf(inner)
    .lookup(module.textOf(inner))
    .flatMap((binding) => (binding.kind === 'assign' && binding.value ? [module.textOf(binding.value)] : []));
  return (
    given.length > 0 &&
    given.some((text) => /Dataset|Loader|batch\(|shuffle\(/.test(text)) &&
    !given.some((text) => /repeat|cycle|take\(|epoch|steps|infinite/i.test(text))
  );
}

/** More than one epoch or round; a loop whose length cannot be told counts where it repeats over others. */
function isLong(training: Training, project: Project): boolean {
  if (training.kind === 'single') return false;
  if (training.kind === 'fit') {
    const epochs = training.call.keywords.get('epochs') ?? training.call.keywords.get('nb_epoch');
    if (training.framework === 'keras') return epochs !== undefined && settingOf(epochs, training.module, project) !== 1;
    return !/\.cv$/.test(training.call.name ?? '');
  }
  const { epoch, all } = loopsOf(training, project);
  const engine = epoch ? null : engineOf(training, project);
  if (engine) {
    const epochs = engine.run.keywords.get('max_epochs') ?? engine.run.args[1];
    return epochs !== undefined && settingOf(epochs, engine.run.module, project) !== 1;
  }
  if (!epoch || (all.length === 1 && isOnePass(epoch))) return false;
  const over = epoch.node.type === 'for_statement' ? fieldOf(epoch.node, 'right') : null;
  // One way through a loader.
  if (over && all.length === 1 && /^(enumerate\(|tqdm\()*\w*(loader|dataloader|batches|dl)\b/i.test(epoch.module.textOf(over))) return false;
  const range =
    over?.type === 'call' && /range$/.test(epoch.module.textOf(fieldOf(over, 'function') ?? over)) ? fieldOf(over, 'arguments')?.children : undefined;
  const last = range?.at(range.length > 1 ? 1 : 0);
  const value = last ? settingOf(last, epoch.module, project) : unknown;
  return value !== 1;
}

function fixOf({ framework }: Training): SetupFix {
  const text = 'Keep the last state, and the best by a value on held-out data.';
  switch (framework) {
    case 'keras':
    case 'tensorflow':
      return { text, code: 'model.fit(…, callbacks=[keras.callbacks.ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)])', edits: [] };
    case 'huggingface':
      return { text, code: 'TrainingArguments(…, save_strategy="epoch", save_total_limit=2, load_best_model_at_end=True)', edits: [] };
    case 'xgboost':
      return { text: 'Save the booster with the run.', code: 'booster.save_model("model.json")', edits: [] };
    case 'lightgbm':
      return { text: 'Save the booster with the run.', code: 'booster.save_model("model.txt")', edits: [] };
    case 'lightning':
      return { text, code: 'Trainer(…, callbacks=[ModelCheckpoint(monitor="val/loss", save_last=True)])', edits: [] };
    case 'sbert':
      return { text: 'Keep the model with the run.', code: 'model.save_pretrained("out/model")', edits: [] };
    case 'sb3':
      return { text, code: 'model.learn(…, callback=CheckpointCallback(100_000, "checkpoints"))\nmodel.save("final")', edits: [] };
    case 'jax':
      return { text, code: 'manager.save(step, args=ocp.args.StandardSave(state))', edits: [] };
    case 'ray':
      return { text, code: 'tune.report(metrics, checkpoint=Checkpoint.from_directory(folder))', edits: [] };
    case 'fastai':
      return { text, code: 'learn.fit_one_cycle(…, cbs=SaveModelCallback(monitor="valid_loss"))\nlearn.export("model.pkl")', edits: [] };
    case 'catboost':
      return { text: 'Save the model with the run.', code: 'model.save_model("model.cbm")', edits: [] };
    case 'sklearn':
      return { text: 'Save the fitted estimator with the run.', code: 'joblib.dump(model, "model.joblib")', edits: [] };
    case 'mmengine':
      return { text, code: 'runner.register_checkpoint_hook(dict(interval=1))', edits: [] };
    case 'pytorch':
    case 'accelerate':
    case 'library':
    case 'ultralytics':
      return {
        text,
        code: 'state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}\ntorch.save(state, "last.pt")\nif val_loss < best:\n    best = val_loss\n    torch.save(state, "best.pt")',
        edits: [],
      };
    default:
      return framework satisfies never;
  }
}
