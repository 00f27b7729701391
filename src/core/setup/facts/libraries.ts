// Libraries that train and are known by a few habits only, and what trains out of view: a Trainer of a package that we do not know, a step that another module takes.

import type { NamedCall, Project } from '../project/project';
import { fieldOf, memberOf } from '../python/syntax';
import type { Answer } from './automatic';

/** What a library does without being asked. */
export interface Library {
  /** The call that trains. */
  readonly name: RegExp;
  readonly kind: 'fit' | 'loop';
  readonly metrics: Answer;
  readonly params: Answer;
  readonly saves: Answer;
  /** `torch` where only the program's own seed makes a run repeatable; null where the library has a fixed one, or where it cannot be told. */
  readonly generator: 'torch' | 'tensorflow' | null;
  /** A setting of its own that seeds, by name: not every way to give it is followed. */
  readonly seed?: RegExp;
  /** Keywords of the call that make it store values, or keep the model. */
  readonly storing?: RegExp;
  readonly saving?: RegExp;
  /** Keywords of what trains under which it is given settings that it keeps. */
  readonly keeping?: RegExp;
  /** Words of a program that make it score held-out data while it trains; without one of them it scores nothing. */
  readonly evaluating?: RegExp;
}

const some = { kind: 'fit', metrics: 'unknown', params: 'unknown', saves: 'unknown', generator: null } as const;

const libraries: readonly Library[] = [
  {
    ...some,
    name: /^tianshou\.trainer(\.\w+)*\.((on|off)policy(_exact)?_trainer|offline_trainer|\w+Trainer(\.run)?)$/,
    metrics: 'no',
    params: 'no',
    saves: 'no',
    generator: 'torch',
    storing: /^(logger|writer)$/,
    saving: /^save\w*_fn$/,
  },
  // One pass over a loader: the epochs are counted by whoever runs it, and what it gives back is only shown.
  {
    ...some,
    name: /^segmentation_models_pytorch(\.\w+)*\.TrainEpoch\.run$/,
    kind: 'loop',
    metrics: 'no',
    params: 'no',
    saves: 'no',
    generator: 'torch',
  },
  // They write results and settings of every run into a folder of their own.
  {
    ...some,
    name: /^ray\.rllib\b.*\.train$/,
    metrics: 'yes',
    params: 'yes',
    saves: 'no',
    generator: 'torch',
    seed: /\.debugging\([^)]*\bseed\b|['"]seed['"]|\bconfig\.seed\b/,
  },
  { ...some, name: /^ray\.tune(\.\w+)*\.Tuner\.fit$/, metrics: 'yes', params: 'yes' },
  // Of settings it keeps those that it hands to the workers.
  { ...some, name: /^ray\.train(\.\w+)*\.\w*Trainer\.fit$/, metrics: 'yes', params: 'no', keeping: /^(train_loop_config|params|trainer_init_config)$/ },
  {
    ...some,
    name: /^simpletransformers(\.\w+)*\.\w+Model\.train_model$/,
    metrics: 'yes',
    params: 'yes',
    saves: 'yes',
    generator: 'torch',
    seed: /\bmanual_seed\b/,
  },
  { ...some, name: /^flair(\.\w+)*\.ModelTrainer\.(train|fine_tune)$/, metrics: 'yes', params: 'yes', saves: 'yes', generator: 'torch' },
  { ...some, name: /^d3rlpy\b.*\.(fit|fit_online|fitter)$/, metrics: 'yes', params: 'yes', saves: 'yes' },
  // Its history is returned; `saveplot` writes it.
  { ...some, name: /^deepxde(\.\w+)*\.Model\.train$/, metrics: 'no', params: 'no', saves: 'no', generator: 'tensorflow', saving: /^model_save_path$/ },
  { ...some, name: /^gpjax(\.\w+)*\.fit(_\w+)?$/, metrics: 'no', params: 'no', saves: 'no' },
  { ...some, name: /^trax(\.\w+)*\.Loop\.run$/, metrics: 'yes', params: 'unknown', saves: 'yes' },
  { ...some, name: /^keras_segmentation\b.*\.train$/, saves: 'yes' },
  { ...some, name: /^super_gradients(\.\w+)*\.Trainer\.train$/, metrics: 'yes', saves: 'yes' },
  { ...some, name: /^rfdetr(\.\w+)*\.RFDETR\w*\.train$/, metrics: 'yes', params: 'yes', saves: 'yes' },
  {
    ...some,
    name: /^detectron2(\.\w+)*\.\w*Trainer\.train$/,
    metrics: 'yes',
    saves: 'yes',
    generator: 'torch',
    seed: /\b(SEED|seed)\b/,
    evaluating: /\b(build_evaluator|build_hooks|register_hooks|EvalHook)\b/,
  },
  { ...some, name: /^autogluon(\.\w+)*\.\w+Predictor\.fit$/, saves: 'yes' },
  { ...some, name: /^skorch(\.\w+)*\.Neural\w+\.(fit|partial_fit)$/, metrics: 'no', params: 'no', saves: 'no', generator: 'torch' },
  { ...some, name: /^pytorch_tabnet(\.\w+)*\.TabNet\w+\.fit$/, metrics: 'no', params: 'no', saves: 'no' },
  { ...some, name: /^rl\.agents(\.\w+)*\.\w+Agent\.fit$/, metrics: 'no', params: 'no', saves: 'no', generator: 'tensorflow', storing: /^callbacks$/ },
  {
    ...some,
    name: /^(composer|catalyst|darts|neuralforecast|gluonts|pycaret|deepchem|paddle|mindspore|speechbrain|nemo|torchrl|garage|tensorforce|tf_agents|pytorch_metric_learning|fairseq2?|TTS|pyannote|monai)\b.*\.(fit|train|run)$/,
  },
];

const trainers = /(^|\.)[A-Z]\w*(Trainer|Learner|FineTuner|Finetuner)\.(train|fit|run|fine_tune|finetune|train_model|start_training)$/;
/** A function or a method that goes through the batches of an epoch, by its name. */
const epochs = /(^|[._])(train_(one_)?epoch|train_(the_)?model|train_(step|batch|loop|fn)|do_train|run_training_epoch|optimize_parameters)$/;
/** Of these the training is written out where it is seen, or is none. */
const others =
  /^(torch|transformers|trl|lightning|pytorch_lightning|tensorflow|keras|sklearn|tokenizers|sentencepiece|spacy|nltk|gensim|cv2|mmengine|mmcv|ignite|accelerate)\b/;

/** Whether a Trainer that is not in view takes the arguments of Hugging Face's, as its subclasses do. */
export function isHuggingFaces({ callee, module }: NamedCall, project: Project): boolean {
  const object = memberOf(callee)?.object;
  const [made, ...others] = object?.type === 'identifier' ? module.scopeOf(object).lookup(module.textOf(object)) : [];
  const trainer = made?.kind === 'assign' && made.value && others.length === 0 ? project.callAt(made.value, module) : undefined;
  return [...(trainer?.keywords ?? [])].some(
    ([name, value]) => name === 'args' && /^(transformers|trl|sentence_transformers)\b.*(TrainingArguments|Config)$/.test(project.nameOf(value, module) ?? ''),
  );
}

/** The library that a call trains with; null where it trains with none of these. */
export function libraryOf(call: NamedCall, name: string, project: Project): Library | null {
  const known = libraries.find((one) => one.name.test(name));
  if (known) return known;
  if (others.test(name) || project.targetsOf(call).length > 0) return null;
  const written = call.module.textOf(call.callee);
  if (trainers.test(name)) return { ...some, name: /^/ };
  // `for epoch in range(n): train_one_epoch(model, …)` with the step in a module that is not in view; `while True: model.train_epoch(…)`.
  const around = call.loops.find(({ type }) => type === 'for_statement' || type === 'while_statement');
  const head = around?.type === 'for_statement' ? `${textOf(call, around, 'left')} in ${textOf(call, around, 'right')}` : '';
  const isStep = epochs.test(written) || (/(^|\.)train$/.test(written) && call.args.some((one) => /optim/i.test(call.module.textOf(one))));
  const isEpoch = /epoch/i.test(head) || (around?.type === 'while_statement' && /train_\w*epoch$/.test(written));
  if (isStep && isEpoch && usesTorch.test(call.module.code.text)) return { ...some, name: /^/, kind: 'loop', generator: 'torch' };
  return null;
}

const usesTorch = /^\s*(import|from)\s+torch\b/m;

const textOf = (call: NamedCall, node: NamedCall['node'], field: string): string => {
  const part = fieldOf(node, field);
  return part ? call.module.textOf(part) : '';
};
