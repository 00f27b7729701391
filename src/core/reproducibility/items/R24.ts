// R24: is the full resolved configuration recorded?

import { factValue } from '../../model/facts';
import type { Run } from '../../model/run';
import { artifactEvidence, artifactsLike, configFile, factEvidence, hasParams } from '../evidence';
import { andRecord, inFramework } from '../fixes';
import { type ChecklistItem, missing, type Outcome, partial, pass } from '../item';

/** A folder of the Trainer always holds the model's config.json; only the training arguments are the configuration of the run. */
function trainingArguments(run: Run): Outcome {
  const all = ['per_device_train_batch_size', 'lr_scheduler_type', 'seed', 'optim'].every((key) => run.params[key] !== undefined);
  const evidence = factEvidence(run, 'seed');
  if (all) return pass(`${Object.keys(run.params).length} params: all arguments of the Trainer, with the model’s configuration.`, evidence);
  return partial('The model’s configuration is recorded; the arguments of the Trainer are only in a pickle, which Diptych never opens.', evidence);
}

export const item: ChecklistItem = {
  meta: {
    id: 'R24',
    question: 'Is the full resolved configuration recorded, not only what was overridden?',
    section: 'config',
    weight: 'high',
    reference: 'ML Reproducibility Checklist',
  },
  check(context) {
    const { run, records } = context;
    const files = artifactsLike(run, configFile);
    const isListed = (file: string): boolean => files.some(({ path }) => file === path || file.endsWith(`/${path}`));
    const read = run.sources.flatMap((source) => source.files).filter((file) => configFile.test(file) && !isListed(file));
    const evidence = [...artifactEvidence(files), ...read.slice(0, 3).map((file) => ({ file }))];
    // Where Hydra's configuration is beside them, the arguments are not all there is.
    if (run.format === 'huggingface' && run.sources.length < 2 && hasParams(run)) return trainingArguments(run);
    if (hasParams(run) && (evidence.length > 0 || records.config === 'auto'))
      return pass(`${Object.keys(run.params).length} params of the resolved configuration.`, evidence);
    if (hasParams(run)) return partial(`${Object.keys(run.params).length} params were logged; whether they are all is not known.`);
    if (factValue(run.facts, 'overrides')) return partial('Only the overrides are recorded.', factEvidence(run, 'overrides'));
    return missing(context, 'config', 'the configuration');
  },
  fix: (framework, tracker) =>
    andRecord(
      inFramework(
        'Record the resolved configuration as a whole, defaults included.',
        {
          lightning: 'self.save_hyperparameters()   # in the module and in the data module',
          transformers: 'config = {**training_args.to_dict(), "model": model.config.to_dict()}',
          keras: 'config = {"model": model.get_config(), "optimizer": model.optimizer.get_config()}',
          sklearn: 'config = pipeline.get_params()',
          boosting: 'config = json.loads(booster.save_config())   # XGBoost; LightGBM: booster.params',
          pytorch: 'config = vars(args)   # or OmegaConf.to_container(cfg, resolve=True)',
        },
        framework,
      ),
      tracker === 'wandb'
        ? 'wandb.config.update(config)'
        : tracker === 'mlflow' || tracker === undefined
          ? 'mlflow.log_dict(config, "config.json")'
          : 'json.dump(config, open(f"{log_dir}/config.json", "w"))',
    ),
  examples: [
    { run: { params: { lr: 1 }, artifacts: [{ path: 'config.yaml', size: 1, kind: 'file' }] }, verdict: 'pass' },
    { run: { params: { lr: 1 } }, verdict: 'partial' },
    { run: {}, verdict: 'unknown' },
  ],
};
