// Good training scripts (test/diagnostics/setup/pairs) and what is taken out of them, one thing at a time: the rule that must notice.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

export interface Mutation {
  /** Folder of the script. */
  readonly script: string;
  /** What is wrong then. */
  readonly what: string;
  /** Texts that stand there exactly once, and what they become; null removes the file. */
  readonly swaps: readonly (readonly [find: string, put: string])[] | { readonly removed: string };
  readonly rule: string;
  /** The finding has a patch. */
  readonly patched: boolean;
}

const home = 'test/diagnostics/setup/pairs';

export const scripts: readonly string[] = readdirSync(home).sort();

/** All text files below a folder. */
export function filesIn(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true }).map((path) => String(path).replaceAll('\\', '/'));
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}

export const scriptFiles = (script: string): Files => filesIn(join(home, script));

/** @throws where a text does not stand there exactly once */
export const mutated = (mutation: Mutation): Files => swapped(scriptFiles(mutation.script), mutation);

/** Several things taken out at once, by what is wrong then. */
export const mutatedBy = (script: string, whats: readonly string[]): Files =>
  mutations.filter((one) => one.script === script && whats.includes(one.what)).reduce(swapped, scriptFiles(script));

function swapped(before: Files, { script, what, swaps }: Mutation): Files {
  const files: Record<string, string> = { ...before };
  if ('removed' in swaps) {
    delete files[swaps.removed];
    return files;
  }
  for (const [find, put] of swaps) {
    const [path, ...others] = Object.keys(files).filter((one) => files[one]?.includes(find));
    const parts = files[path ?? '']?.split(find) ?? [];
    if (path === undefined || others.length > 0 || parts.length !== 2) throw new Error(`${script}, ${what}: “${find}” does not stand there once`);
    files[path] = parts.join(put);
  }
  return files;
}

const cut = (script: string, what: string, rule: string, swaps: Mutation['swaps']): Mutation => ({ script, what, rule, swaps, patched: false });
const mended = (script: string, what: string, rule: string, swaps: Mutation['swaps']): Mutation => ({ script, what, rule, swaps, patched: true });

export const mutations: readonly Mutation[] = [
  // Plain PyTorch with W&B.
  mended('torch-wandb', 'nothing is seeded', 'E-10', [['    set_seeds(args.seed)\n', '']]),
  mended('torch-wandb', 'the shifts are not seeded', 'E-11', [['    random.seed(seed)\n', '']]),
  mended('torch-wandb', 'the settings are not handed over', 'E-03', [[', config=vars(args))', ')']]),
  cut('torch-wandb', 'the rate of learning stands in the code', 'E-04', [
    ['    parser.add_argument("--lr", type=float, default=0.05)\n', ''],
    ['lr=args.lr', 'lr=0.05'],
  ]),
  cut('torch-wandb', 'the seed is not among the settings', 'E-12', [
    ['    parser.add_argument("--seed", type=int, default=7)\n', ''],
    ['    set_seeds(args.seed)\n', '    set_seeds(7)\n'],
    ['-s{args.seed}', ''],
    ['test_size=0.3, random_state=args.seed', 'test_size=0.3, random_state=7'],
    ['test_size=0.5, random_state=args.seed', 'test_size=0.5, random_state=7'],
  ]),
  cut('torch-wandb', 'held-out values are computed and dropped', 'E-07', [
    ['            "val/loss": val_loss,\n            "val/accuracy": val_accuracy,\n', ''],
  ]),
  mended('torch-wandb', 'the rate of the schedule is not logged', 'E-09', [['            "train/lr": optimizer.param_groups[0]["lr"],\n', '']]),
  mended('torch-wandb', 'the norm that clipping returns is dropped', 'E-30', [
    ['grad_norm = nn.utils', 'nn.utils'],
    [', "train/grad_norm": grad_norm.item()', ''],
  ]),
  mended('torch-wandb', 'dropout stays on while held-out data is scored', 'E-26', [['    model.eval()\n', '']]),
  mended('torch-wandb', 'held-out data is scored with gradients', 'E-26', [
    [
      `    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            loss_sum += criterion(logits, labels).item() * len(labels)
            hits += (logits.argmax(1) == labels).sum().item()
            seen += len(labels)
`,
      `    for images, labels in loader:
        logits = model(images)
        loss_sum += criterion(logits, labels).item() * len(labels)
        hits += (logits.argmax(1) == labels).sum().item()
        seen += len(labels)
`,
    ],
  ]),
  mended('torch-wandb', 'training mode is not restored', 'E-26', [['        model.train()\n', '']]),
  mended('torch-wandb', 'gradients are never cleared', 'E-27', [['            optimizer.zero_grad()\n', '']]),
  mended('torch-wandb', 'the rate changes before the step', 'E-27', [
    ['        scheduler.step()\n', ''],
    ['        model.train()\n        total', '        model.train()\n        scheduler.step()\n        total'],
  ]),
  mended('torch-wandb', 'the sum keeps the graph', 'E-28', [['total += loss.item() *', 'total += loss *']]),
  cut('torch-wandb', 'the model ends in a softmax', 'E-29', [['nn.Linear(width, 10))', 'nn.Linear(width, 10), nn.Softmax(dim=1))']]),
  mended('torch-wandb', 'the run has no name', 'E-34', [[', name=f"mlp-w{args.width}-s{args.seed}"', '']]),
  mended('torch-wandb', 'a key stands in the code', 'E-35', [
    ['    run = wandb.init(', '    wandb.login(key="3f9c1b7e5a2d4860c1e7b9a35d2f4e6081a7c3b5")\n    run = wandb.init('],
  ]),
  mended('torch-wandb', 'a whole pickle is opened', 'E-36', [[', weights_only=True)', ')']]),
  cut('torch-wandb', 'no accuracy beside the loss', 'E-08', [
    ['            "val/accuracy": val_accuracy,\n', ''],
    [', "test/accuracy": test_accuracy', ''],
  ]),
  cut('torch-wandb', 'the model is chosen on training data', 'E-23', [
    ['    best = 0.0\n', '    best = float("inf")\n'],
    ['if val_accuracy > best:', 'if train_loss < best:'],
    ['best = val_accuracy\n', 'best = train_loss\n'],
  ]),
  cut('torch-wandb', 'test data is scored in every epoch', 'E-24', [
    [
      '        val_loss, val_accuracy = evaluate',
      '        test_loss, test_accuracy = evaluate(model, test_loader, criterion)\n        val_loss, val_accuracy = evaluate',
    ],
    ['            "val/loss": val_loss,\n', '            "val/loss": val_loss,\n            "test/loss": test_loss,\n'],
  ]),
  cut('torch-wandb', 'each epoch has names of its own', 'E-31', [['"val/accuracy": val_accuracy,', 'f"val/accuracy_{epoch}": val_accuracy,']]),
  // Plain PyTorch with TensorBoard.
  mended('torch-tensorboard', 'nothing is seeded', 'E-10', [
    ['    torch.manual_seed(args.seed)\n', ''],
    ['    parser.add_argument("--seed", type=int, default=3)\n', ''],
    ['test_size=0.2, random_state=args.seed', 'test_size=0.2, random_state=3'],
    ['test_size=0.5, random_state=args.seed', 'test_size=0.5, random_state=3'],
  ]),
  mended('torch-tensorboard', 'the order of the examples never changes', 'E-37', [[', shuffle=True)', ')']]),
  mended('torch-tensorboard', 'kernels are chosen by timing', 'E-14', [['benchmark = False', 'benchmark = True']]),
  mended('torch-tensorboard', 'held-out data is scored with gradients', 'E-26', [['@torch.no_grad()\n', '']]),
  mended('torch-tensorboard', 'batch norm counts held-out data', 'E-26', [['    model.eval()\n', '']]),
  mended('torch-tensorboard', 'gradients are never cleared', 'E-27', [['        optimizer.zero_grad()\n', '']]),
  mended('torch-tensorboard', 'the sum keeps the graph', 'E-28', [['loss.item() * len(y)', 'loss * len(y)']]),
  cut('torch-tensorboard', 'the rate of the schedule is not logged', 'E-09', [
    ['            writer.add_scalar("train/lr", scheduler.get_last_lr()[0], epoch)\n', ''],
  ]),
  cut('torch-tensorboard', 'held-out values are not logged', 'E-07', [['            writer.add_scalar("val/mae", val_mae, epoch)\n', '']]),
  cut('torch-tensorboard', 'the settings are not written', 'E-03', [['"params": {**settings, "dropout": 0.1}, ', '']]),
  cut('torch-tensorboard', 'the commit is not written', 'E-18', [[', "commit": commit()}', '}']]),
  cut('torch-tensorboard', 'nothing says what is installed', 'E-19', { removed: 'requirements.txt' }),
  cut('torch-tensorboard', 'versions are left open', 'E-20', [['tensorboard==2.21.0\ntorch==2.13.0', 'tensorboard\ntorch>=2.6']]),
  cut('torch-tensorboard', 'no model is kept', 'E-21', [
    ['            torch.save(state, args.out / "last.pt")\n', ''],
    ['                torch.save(state, args.out / "best.pt")\n', ''],
    ['        model.load_state_dict(torch.load(args.out / "best.pt", weights_only=True)["model"])\n', ''],
  ]),
  cut('torch-tensorboard', 'weights alone are kept, and training is to be resumed', 'E-22', [
    [', "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}', '}'],
    ['        optimizer.load_state_dict(state["optimizer"])\n        scheduler.load_state_dict(state["scheduler"])\n', ''],
  ]),
  mended('torch-tensorboard', 'a whole pickle is opened', 'E-36', [
    ['torch==2.13.0', 'torch==2.4.1'],
    ['torch.load(args.resume, weights_only=True)', 'torch.load(args.resume)'],
  ]),
  // Plain PyTorch with MLflow.
  mended('torch-mlflow', 'every epoch lands on step 0', 'E-06', [[', step=epoch)', ')']]),
  mended('torch-mlflow', 'the settings are not logged', 'E-03', [['        mlflow.log_params(vars(args))\n', '']]),
  mended('torch-mlflow', 'the rate of the schedule is not logged', 'E-09', [[', "lr": scheduler.get_last_lr()[0]', '']]),
  mended('torch-mlflow', 'the split is drawn before anything is seeded', 'E-15', [[', generator=torch.Generator().manual_seed(args.seed)', '']]),
  cut('torch-mlflow', 'weights are not named in the ignore file', 'E-36', [['*.pt\n', '']]),
  // Lightning.
  mended('lightning-csv', 'nothing is seeded', 'E-10', [['    L.seed_everything(args.seed, workers=True)\n', '']]),
  mended('lightning-csv', 'the settings are not kept', 'E-03', [
    ['        self.save_hyperparameters()\n', '        self.lr = lr\n'],
    ['lr=self.hparams.lr', 'lr=self.lr'],
    ['    logger.log_hyperparams({**vars(args), "commit": commit})\n', '    Path("commit.txt").write_text(commit)\n'],
  ]),
  mended('lightning-csv', 'no monitor of the rate', 'E-09', [[', LearningRateMonitor()]', ']']]),
  cut('lightning-csv', 'the loop of validation is gone', 'E-07', [
    ['    def validation_step(self, batch, index):\n        self.score(batch, "val")\n\n', ''],
    ['fit(model, train_loader, val_loader)', 'fit(model, train_loader)'],
    ['monitor="val/loss"', 'monitor="train/loss"'],
  ]),
  // scikit-learn with MLflow.
  mended('sklearn-mlflow', 'the settings are not logged', 'E-03', [['        mlflow.log_params(vars(args))\n', '']]),
  mended('sklearn-mlflow', 'the split differs in each run', 'E-15', [[', stratify=y, random_state=args.seed)', ', stratify=y)']]),
  mended('sklearn-mlflow', 'the run has no name', 'E-34', [['run_name=f"forest-d{args.depth}-s{args.seed}"', '']]),
  cut('sklearn-mlflow', 'the scaler sees the test rows', 'E-25', [
    ['    train_x, test_x', '    x = StandardScaler().fit_transform(x)\n    train_x, test_x'],
    ['make_pipeline(StandardScaler(), forest)', 'make_pipeline(forest)'],
  ]),
  cut('sklearn-mlflow', 'autologging begins too late', 'E-05', [['        prob =', '        mlflow.sklearn.autolog()\n        prob =']]),
  // Keras.
  mended('keras-csv', 'nothing is seeded', 'E-10', [['    keras.utils.set_random_seed(args.seed)\n', '']]),
  cut('keras-csv', 'no held-out data while it trains', 'E-07', [
    ['        validation_data=(val_x, val_y),\n', ''],
    ['monitor="val_loss"', 'monitor="loss"'],
    ['    val_x, val_y = train_x[50000:], train_y[50000:]\n    train_x, train_y = train_x[:50000], train_y[:50000]\n', ''],
  ]),
  cut('keras-csv', 'test data stands in for validation', 'E-24', [
    ['validation_data=(val_x, val_y)', 'validation_data=(test_x, test_y)'],
    ['monitor="val_loss", save_best_only=True', 'save_best_only=False'],
  ]),
  cut('keras-csv', 'no accuracy beside the loss', 'E-08', [
    [', metrics=["accuracy"]', ''],
    ['test_loss, test_accuracy = best', 'test_loss = best'],
    [', "test_accuracy": test_accuracy', ''],
  ]),
  cut('keras-csv', 'no model is kept', 'E-21', [
    ['            keras.callbacks.ModelCheckpoint(args.out / "best.keras", monitor="val_loss", save_best_only=True),\n', ''],
    ['    best = keras.models.load_model(args.out / "best.keras")\n', ''],
    ['best.evaluate', 'model.evaluate'],
  ]),
  cut('keras-csv', 'the loss expects logits and gets shares', 'E-29', [
    ['loss="sparse_categorical_crossentropy"', 'loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)'],
  ]),
  cut('keras-csv', 'the model is chosen on training data', 'E-23', [['monitor="val_loss"', 'monitor="loss"']]),
  cut('keras-csv', 'the commit is not written', 'E-18', [
    ['    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()\n', ''],
    ['{**settings, "commit": commit}', 'settings'],
  ]),
  // Hugging Face's Trainer.
  mended('hf-mlflow', 'the Trainer evaluates nothing', 'E-07', [
    ['        eval_strategy="epoch",\n', ''],
    ['        load_best_model_at_end=True,\n        metric_for_best_model="f1",\n', ''],
  ]),
  cut('hf-mlflow', 'the weights are not pinned', 'E-17', [
    ['from_pretrained(BASE, revision=BASE_REVISION, num_labels=2)', 'from_pretrained(BASE, num_labels=2)'],
  ]),
  cut('hf-mlflow', 'the data is not pinned', 'E-16', [['load_dataset(DATA, revision=DATA_REVISION)', 'load_dataset(DATA)']]),
  cut('hf-mlflow', 'test data is the held-out data', 'E-24', [
    ['eval_dataset=data["validation"]', 'eval_dataset=data["test"]'],
    ['        load_best_model_at_end=True,\n        metric_for_best_model="f1",\n', ''],
  ]),
  cut('hf-mlflow', 'no metric of the task', 'E-08', [
    ['        compute_metrics=compute_metrics,\n', ''],
    ['    trainer.log_metrics("test", trainer.evaluate(data["test"], metric_key_prefix="test"))\n', ''],
    ['metric_for_best_model="f1"', 'metric_for_best_model="loss"'],
  ]),
  // Boosted trees.
  mended('xgboost-wandb', 'the settings are not handed over', 'E-03', [
    [', config=vars(args))', ')'],
    ['[WandbCallback()]', '[LogRounds()]'],
    ['from wandb.integration.xgboost import WandbCallback\n', ''],
    [
      'def main():\n',
      'class LogRounds(xgb.callback.TrainingCallback):\n    def after_iteration(self, model, epoch, evals_log):\n        wandb.log({f"{split}/{name}": values[-1] for split, logs in evals_log.items() for name, values in logs.items()})\n        return False\n\n\ndef main():\n',
    ],
  ]),
  cut('xgboost-wandb', 'rounds are stopped on test data', 'E-24', [
    ['evals=[(train, "train"), (val, "val")]', 'evals=[(train, "train"), (test, "test")]'],
    ['            early_stopping_rounds=args.patience,\n', ''],
    ['test, iteration_range=(0, booster.best_iteration + 1)', 'test'],
  ]),
  cut('xgboost-wandb', 'the table is no version of anything', 'E-16', [['run.use_artifact("clicks:v7").download()', '"data"']]),
  mended('lightgbm-mlflow', 'the settings are not logged', 'E-03', [['        mlflow.log_params(vars(args))\n', '']]),
  mended('lightgbm-mlflow', 'the parts differ in each run', 'E-15', [
    ['train_test_split(x, y, test_size=0.3, random_state=args.seed)', 'train_test_split(x, y, test_size=0.3)'],
  ]),
  cut('lightgbm-mlflow', 'the digest of the table is not logged', 'E-16', [
    ['        mlflow.log_input(mlflow.data.from_pandas(frame, source=args.csv, name="hours"), context="training")\n', ''],
  ]),
  mended('lightgbm-mlflow', 'the run has no name', 'E-34', [['run_name=f"lgb-l{args.num_leaves}-s{args.seed}", tags={"owner": "demand"}', '']]),
  cut('lightgbm-mlflow', 'every round lands on step 0', 'E-06', [[', step=env.iteration)', ')']]),
];
