// What a project keeps of its models: files that it writes, callbacks that do, frameworks that do by default.

import type { NamedCall, Project } from '../project/project';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { factOf, gathered, type Steps } from '../steps';
import { isEstimator, isHandedSaver, isOldRunner, isTuner, setupCalls } from './automatic';
import { isTaskMetric } from './metrics';
import { programOf } from './programs';
import type { Training } from './training';

export interface Save {
  readonly call: NamedCall;
  /** What is saved, and where to; null where a callback does it. */
  readonly value: Syntax | null;
  readonly path: Syntax | null;
}

/** By the whole name. */
const names =
  /^(torch\.(save|jit\.save|onnx\.export|export\.save)|(cloudpickle|pickle|dill|joblib|skops\.io)\.(dump|dumps)|safetensors(\.\w+)*\.save_\w+|mlflow(\.\w+)*\.(log_model|save_model|log_artifacts?)|wandb(\.\w+)*\.(save|log_artifact|log_model|link_model)|orbax(\.\w+)*\.save|flax(\.\w+)*\.save_checkpoint\w*|flax\.serialization\.\w+|numpy\.savez?(_compressed)?|equinox\.tree_serialise_leaves|neptune(\.new)?\.integrations\.\w+\.create_booster_summary|neptune_(lightgbm|xgboost)(\.\w+)*\.create_booster_summary|haiku\.\w*save\w*|accelerate\.Accelerator\.(save_state|save_model|save)|onnxmltools\.\w+|skl2onnx\.\w+|bentoml\.\w+|dvclive\.Live\.log_artifact|labml\.experiment\.(add_pytorch_models|add_model_savers|save_checkpoint)|deepspeed(\.\w+)*\.save_\w+|tensorflow\.saved_model\.save|tensorflow\.train\.(Checkpoint|CheckpointManager)(\.\w+)?|colossalai(\.\w+)*\.save\w*)$/;
/** Methods and helpers by their last word, whatever holds them. */
const methods =
  /(^|\.)(save|save_\w*(model|weights|checkpoint|ckpt|state|network|pretrained|params|snapshot)\w*|save_pretrained|save_weights|save_model|save_state|save_checkpoint|saveModel|save_all|save_best|save_last|save_net|save_nets|save_networks|export|export_model|push_to_hub|log_model|log_artifact|dump_model|store_checkpoint|write_checkpoint|checkpoint|snapshot|serialize|to_pickle|upload_model|upload_file|save_as_original_format|save_to_disk|track_files|from_directory|persist)$/;
/** Objects that save while others train. */
const callbacks =
  /(^|\.)(ModelCheckpoint|BackupAndRestore|WandbModelCheckpoint|SaveModelCallback|CheckpointCallback|CheckpointConfig|CheckpointSaver|Checkpointer|CheckpointManager|CheckpointHandler|Checkpoint|DiskSaver|PeriodicCheckpointer|CheckpointHook|EarlyStopping(With\w+)?Saver|ModelSaver|DVCLiveCallback)$/;
/** They write pictures, tables and settings. */
const others =
  /(^|\.)(savefig|save_image|save_hyperparameters|save_figure|save_plot|save_config|save_args|savetxt|write_html|write_image|save_json|save_yaml|save_csv|save_metrics|save_results?|save_history|save_logs?|save_tokenizer|save_vocab\w*|save_predictions?)$/i;

/** Every call that may save a model and can be reached; what cannot be told counts as one. */
export const savesOf = factOf(function* (project: Project): Steps<readonly Save[]> {
  return yield* gathered(project.calls, (call): readonly Save[] => {
    const written = call.module.textOf(call.callee);
    const name = call.name ?? written;
    const isImage = /^(PIL|matplotlib|torchvision\.utils|imageio|cv2|plotly|seaborn|pandas)\b/.test(name);
    if (isImage || others.test(written)) return [];
    if (
      /^numpy\.save/.test(name) &&
      /hist|loss|metric|result|curve|pred|acc|score|label|log/i.test([...call.args, ...call.keywords.values()].map((one) => call.module.textOf(one)).join(' '))
    )
      return [];
    if (!names.test(name) && !methods.test(written) && !callbacks.test(name) && !isSavingByKeyword(call)) return [];
    if (/^(pickle|dill|cloudpickle|joblib)\.dumps?$/.test(name) && /hist|loss|metric|result|curve/i.test(call.args[0] ? call.module.textOf(call.args[0]) : ''))
      return [];
    // Rows that were prepared once are no model.
    if (name === 'torch.save' && !isWeights(call.args[0], call) && [...call.args, ...call.keywords.values()].some((one) => isOfRows(call.module.textOf(one))))
      return [];
    // A score in a file is no model.
    if (name === 'torch.save' && call.args[0]?.type === 'identifier' && isTaskMetric(call.module.textOf(call.args[0]))) return [];
    const isPlain = /^(torch|joblib|pickle|dill|cloudpickle)\.(save|dump)$/.test(name);
    return [{ call, value: isPlain ? (call.args[0] ?? null) : null, path: isPlain ? (call.args[1] ?? call.keywords.get('f') ?? null) : null }];
  });
});

const isOfRows = (text: string): boolean => /cache|dataset|processed_?data/i.test(text);

/** A model's weights are that in whatever folder they are put: `os.path.join(out, args.dataset, "best.pt")`. */
const isWeights = (value: Syntax | undefined, { module }: NamedCall): boolean =>
  value !== undefined && /state_dict\(|(^|[\W_])(model|net|network|weights)($|[\W_\d])/i.test(module.textOf(value)) && !isOfRows(module.textOf(value));

const isSavingByKeyword = (call: NamedCall): boolean =>
  [
    'best_model_save_path',
    'save_model_checkpoint',
    'checkpoint',
    'checkpoint_config',
    'save_period',
    'checkpoint_dir',
    'save_path',
    'ckpt_dir',
    'model_dir',
  ].some((one) => {
    const value = call.keywords.get(one);
    // Of fastai's learner it is where a save would go.
    if (one === 'model_dir' && /^fastai/.test(call.name ?? '')) return false;
    return value !== undefined && !/^(None|False)$/.test(call.module.textOf(value)) && !isOfPicture(value, call);
  }) ||
  (/wandb_callback$|WandbCallback$/.test(call.name ?? '') && /True/.test(textOf(call, 'log_model') + textOf(call, 'save_model')));

/** `plot_curves(history, save_path=out / "curves.png")` */
const isOfPicture = (value: Syntax, { callee, module }: NamedCall): boolean =>
  /\.(png|jpe?g|svg|pdf|gif|csv|html|txt|json|xlsx)\b/.test(module.textOf(value)) || /(^|[._])(plot|draw|show|visuali[sz]e)/.test(module.textOf(callee));

const textOf = ({ keywords, module }: NamedCall, name: string): string => {
  const value = keywords.get(name);
  return value ? module.textOf(value) : '';
};

/** Whether a training's program keeps a model: by a call of its own, or as its framework does. */
export function keepsModel(training: Training, project: Project): 'yes' | 'no' | 'unknown' {
  const program = programOf(training.module, project);
  if (savesOf(project).some(({ call }) => program.has(call.module))) return 'yes';
  const handed = setupCalls(training, project);
  switch (training.framework) {
    case 'lightning':
      return handed.some((call) => textOf(call, 'enable_checkpointing') === 'False') ? 'no' : 'yes';
    case 'huggingface': {
      const strategy = handed.map((call) => call.keywords.get('save_strategy') && constantOf(call.keywords.get('save_strategy') as Syntax, call.module));
      return strategy.includes('no') ? 'no' : 'yes';
    }
    case 'ultralytics':
      return handed.some((call) => textOf(call, 'save') === 'False') ? 'no' : 'yes';
    case 'library': {
      const { library, call } = training;
      return library?.saving && [...call.keywords.keys()].some((one) => library.saving?.test(one)) ? 'yes' : (library?.saves ?? 'unknown');
    }
    case 'sbert':
      return training.call.keywords.has('output_path') ? 'yes' : 'no';
    case 'catboost':
      return 'unknown';
    case 'mmengine':
      return isOldRunner(training) ? 'unknown' : 'yes';
    case 'keras':
      return isTuner(training) || autologsModels(project, training) || handed.some(isKeeper) ? 'yes' : 'no';
    case 'fastai':
      return isHandedSaver(training, project) || autologsModels(project, training) ? 'yes' : 'no';
    case 'tensorflow':
      return isEstimator(training) ? 'yes' : 'no';
    case 'pytorch':
    case 'accelerate':
    case 'jax':
    case 'sklearn':
    case 'xgboost':
    case 'lightgbm':
    case 'sb3':
    case 'ray':
      return autologsModels(project, training) ? 'yes' : 'no';
    default:
      return training.framework satisfies never;
  }
}

/** W&B's older callback for Keras keeps the best model unless told not to. */
const isKeeper = (call: NamedCall): boolean => /^wandb(\.\w+)*\.WandbCallback$/.test(call.name ?? '') && textOf(call, 'save_model') !== 'False';

/** MLflow's autologging keeps the model of what it covers, unless told not to. */
function autologsModels(project: Project, { framework, kind }: Training): boolean {
  if (kind === 'loop') return false;
  return project.calls.some((call) => {
    const library = /^mlflow(?:\.(\w+))?\.autolog$/.exec(call.name ?? '');
    if (!library || textOf(call, 'log_models') === 'False' || textOf(call, 'disable') === 'True') return false;
    return library[1] === undefined || library[1] === framework || (library[1] === 'tensorflow' && framework === 'keras');
  });
}

/** The optimiser's state is part of what is saved; null where it cannot be seen. */
export function savesOptimizer({ value, call }: Save, project: Project): boolean | null {
  if (!value) return null;
  const { module } = call;
  const text = module.textOf(value);
  if (/opt|sched|scaler|trainer|state\b/i.test(text.replaceAll('state_dict', ''))) return value.type === 'identifier' ? stateOf(value, call, project) : true;
  if (/^[\w.]+\.state_dict\(\)$/.test(text)) return false;
  if (value.type === 'dictionary') return value.children.some(({ type }) => type === 'dictionary_splat') ? null : false;
  return value.type === 'identifier' ? stateOf(value, call, project) : null;
}

function stateOf(value: Syntax, { module }: NamedCall, project: Project): boolean | null {
  for (const binding of module.scopeOf(value).lookup(module.textOf(value))) {
    const given = binding.kind === 'assign' ? binding.value : null;
    if (!given) continue;
    const text = module.textOf(given);
    if (/opt|sched|scaler/i.test(text)) return true;
    if (/state_dict\(\)/.test(text) && (given.type === 'dictionary' || given.type === 'call')) return /\[\s*["']opt/.test(module.code.text) ? null : false;
    const object = given.type === 'call' ? fieldOf(given, 'function') : null;
    if (object && project.nameOf(object, module) === 'dict') return false;
  }
  return null;
}
