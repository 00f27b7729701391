// Numbers in the code that set how a training goes: learning rates, sizes of batches, epochs, dropout, as they are handed to what takes them.

import type { NamedCall, Project } from '../project/project';
import { ancestor, fieldOf } from '../python/syntax';
import type { NodePlace } from '../rule';
import { type Literal, numberOf } from './literals';
import type { Region } from './loops';
import { splitOfExpression } from './splits';

export type Setting = 'the learning rate' | 'the batch size' | 'the number of epochs' | 'the number of rounds' | 'dropout' | 'the weight decay';

/** A number that sets something. */
export interface LiteralSetting extends Literal {
  readonly setting: Setting;
  /** Where it is used, under a name or as it is. */
  readonly use: NodePlace;
}

/** What calls of a name take: a setting by one of its keywords, or by its place. */
interface Taker {
  readonly name: RegExp;
  readonly but?: RegExp;
  readonly settings: readonly (readonly [setting: Setting, keywords: readonly string[], place?: number])[];
  /** Of some calls only. */
  when?(call: NamedCall): boolean;
}

const decay = ['the weight decay', ['weight_decay']] as const;
const rounds = ['num_boost_round', 'iterations'];

/** The first that fits a call counts. */
const takers: readonly Taker[] = [
  {
    name: /^(torch\.optim|torch_optimizer)(\.\w+)*$/,
    but: /schedul|decay$|clip|chain|mask|apply_/,
    settings: [['the learning rate', ['lr', 'learning_rate'], 1], decay],
  },
  {
    name: /^(transformers\.(AdamW|Adafactor)|apex\.optimizers|bitsandbytes\.optim|timm\.optim|(tensorflow\.)?keras\.optimizers|tf_keras\.optimizers|optax)(\.\w+)*$/,
    but: /schedul|decay$|clip|chain|mask|apply_/,
    settings: [['the learning rate', ['lr', 'learning_rate'], 0], decay],
  },
  {
    name: /^(torch\.utils\.data(\.dataloader)?|torch_geometric\.(loader|data)(\.\w+)*|monai\.data(\.\w+)*)\.DataLoader$/,
    settings: [['the batch size', ['batch_size'], 1]],
    when: isOfTraining,
  },
  {
    name: /^(tensorflow\.)?keras\.\S*(\w+_dataset_from_directory|(ImageDataGenerator|image_data_generator)\.flow(_from_directory|_from_dataframe)?)$/,
    settings: [['the batch size', ['batch_size']]],
    when: isSubsetOfTraining,
  },
  {
    name: /^(torch\.nn|(tensorflow\.)?keras\.layers)\.(Dropout|Dropout[123]d|SpatialDropout\dD)$/,
    settings: [['dropout', ['p', 'rate'], 0]],
  },
  { name: /^torch\.nn\.functional\.(dropout|dropout[123]d)$/, settings: [['dropout', ['p'], 1]] },
  {
    name: /^(timm\.create_model|(tensorflow\.)?keras\.(applications|layers)\.\w+|torchvision\.models\.\w+|torch\.nn\.(LSTM|GRU|RNN|Transformer\w*))$/,
    settings: [['dropout', ['drop_rate', 'dropout', 'dropout_rate']]],
  },
  { name: /^peft(\.\w+)*\.\w*(LoraConfig|LoHaConfig|LoKrConfig)$/, settings: [['dropout', ['lora_dropout']]] },
  {
    name: /^(stable_baselines3|sb3_contrib)(\.\w+)*\.[A-Z]+\d?$/,
    settings: [
      ['the learning rate', ['learning_rate']],
      ['the batch size', ['batch_size']],
      ['the number of epochs', ['n_epochs']],
    ],
  },
  {
    name: /keras.*\.fit$/,
    settings: [
      ['the number of epochs', ['epochs']],
      ['the batch size', ['batch_size']],
    ],
  },
  {
    name: /^fastai\b.*\.(fit|fit_one_cycle|fit_flat_cos|fine_tune)$/,
    settings: [
      ['the number of epochs', ['n_epoch', 'epochs'], 0],
      ['the learning rate', ['lr', 'lr_max', 'base_lr'], 1],
    ],
  },
  { name: /^ignite\b.*\.run$/, settings: [['the number of epochs', ['max_epochs']]] },
  { name: /^sentence_transformers\b.*\.fit$/, settings: [['the number of epochs', ['epochs']]] },
  { name: /^(xgboost|lightgbm)\.(train|cv)$/, settings: [['the number of rounds', ['num_boost_round'], 2]] },
  { name: /^catboost(\.core)?\.(train|cv)$/, settings: [['the number of rounds', rounds]] },
  {
    // Boosting with the interface of scikit-learn, and scikit-learn's own.
    name: /^(xgboost(\.sklearn)?\.XGB(?!\w*RF)\w+|lightgbm(\.sklearn)?\.LGBM\w+|catboost(\.core)?\.CatBoost\w*|sklearn\.ensemble(\.\w+)*\.(Hist)?GradientBoosting\w+)$/,
    settings: [
      ['the number of rounds', ['n_estimators', 'iterations', 'num_boost_round', 'max_iter']],
      ['the learning rate', ['learning_rate', 'eta']],
    ],
  },
  { name: /(lightning|fabric)\S*\.Trainer$/, settings: [['the number of epochs', ['max_epochs']]] },
];

/** The numbers that a call sets something by. */
export function literalsOf(call: NamedCall, project: Project): readonly LiteralSetting[] {
  const { name, module, keywords, args } = call;
  const taker = name === null ? undefined : takers.find((one) => one.name.test(name) && !one.but?.test(name));
  if (!taker || (taker.when && !taker.when(call)) || !project.reaches(call)) return [];
  return taker.settings.flatMap(([setting, words, place]): readonly LiteralSetting[] => {
    const node = words.map((word) => keywords.get(word)).find((one) => one !== undefined) ?? (place === undefined ? undefined : args[place]);
    const source = node ? numberOf(node, module, project) : null;
    // The default of a layer's own signature is part of how it is built.
    const isOfLayer = setting === 'dropout' && source !== null && ancestor(source.node, parameterList) !== null;
    return node && source && !isOfLayer ? [{ setting, ...source, use: { node, module } }] : [];
  });
}

/** The split of what a call makes: by its data, else by the name that it is given. */
function splitOfMade({ node, module, args, keywords }: NamedCall): string | null {
  const data = args[0] ?? keywords.get('dataset');
  const target = node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null;
  return (data && splitOfExpression(data, module)) ?? (target && splitOfExpression(target, module));
}

/** By its name, or because it is shuffled. */
function isOfTraining(call: NamedCall): boolean {
  const split = splitOfMade(call);
  const shuffle = call.keywords.get('shuffle');
  return split === 'train' || (split === null && shuffle !== undefined && call.module.textOf(shuffle) !== 'False');
}

function isSubsetOfTraining(call: NamedCall): boolean {
  const subset = call.keywords.get('subset');
  return subset ? /train/.test(call.module.textOf(subset)) : splitOfMade(call) === 'train';
}

/** The end of a loop over epochs: `for epoch in range(20)`, under a progress bar too. */
export function epochsOf({ module, node: loop }: Region, project: Project): readonly LiteralSetting[] {
  let right = loop.type === 'for_statement' ? fieldOf(loop, 'right') : null;
  const callee = right && fieldOf(right, 'function');
  if (right?.type === 'call' && callee && /(^|\.)(tqdm|track|progress_bar|master_bar)$/.test(module.textOf(callee)))
    right = fieldOf(right, 'arguments')?.children.find(({ type }) => type !== 'comment') ?? null;
  const list = right?.type === 'call' && /(^|\.)t?range$/.test(module.textOf(fieldOf(right, 'function') ?? right)) ? fieldOf(right, 'arguments') : null;
  const given = list?.children.filter(({ type }) => type !== 'comment' && type !== 'keyword_argument') ?? [];
  const end = given.length === 1 || given.length === 2 ? given.at(-1) : undefined;
  const source = end && numberOf(end, module, project);
  return end && source ? [{ setting: 'the number of epochs', ...source, use: { node: end, module } }] : [];
}

const parameterList = new Set(['parameters']);
