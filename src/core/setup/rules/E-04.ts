// Settings that stand as literals in the code while others are kept with the run.

import { isAutolog } from '../facts/automatic';
import { numberOf, type Literal as Written } from '../facts/literals';
import { isRepeated, loopsOf } from '../facts/loops';
import { normal, type Params, paramsOf } from '../facts/params';
import { isStored, type Records, recordsOf } from '../facts/records';
import { spaceOf } from '../facts/spaces';
import { splitOfExpression } from '../facts/splits';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { ancestor, fieldOf, type Syntax, walk } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';
import { onceOf } from '../steps';
import { paramLine, trackerOf } from '../write';

/** What the rule asks for, and the other names that it goes by. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'the learning rate': ['lr', 'learningrate', 'baselr', 'initlr', 'stepsize', 'lr0', 'maxlr', 'eta'],
  'the batch size': ['batchsize', 'bs', 'batch', 'trainbatchsize', 'perdevicetrainbatchsize', 'batchsz', 'bsz', 'b'],
  'the number of epochs': ['epochs', 'epoch', 'nepochs', 'numepochs', 'maxepochs', 'numtrainepochs', 'nepoch', 'e', 'rounds', 'iterations', 'steps'],
  'the number of rounds': [
    ...['rounds', 'numboostround', 'numboostrounds', 'numrounds', 'numround', 'nrounds', 'boostrounds', 'nestimators', 'numestimators', 'iterations'],
    ...['numiterations', 'niter', 'numtrees', 'ntrees', 'ntree', 'maxiter', 'bestiteration'],
  ],
  dropout: ['dropout', 'droprate', 'dropoutrate', 'drop', 'pdrop', 'dropoutp', 'headdropout', 'loradropout', 'p'],
  'the weight decay': ['weightdecay', 'wd', 'decay', 'l2', 'regularization'],
};
type Setting = keyof typeof aliases;

/** A number as it is written, in its place. */
interface Literal extends Written {
  readonly setting: Setting;
  /** Where it is used, under a name or as it is. */
  readonly use: NodePlace;
}

const optimisers =
  /^(torch\.optim|torch_optimizer|transformers\.(AdamW|Adafactor)|apex\.optimizers|bitsandbytes\.optim|timm\.optim|(tensorflow\.)?keras\.optimizers|tf_keras\.optimizers|optax)(\.\w+)*$/;

/** Boosting with the interface of scikit-learn, and scikit-learn's own. */
const boosters =
  /^(xgboost(\.sklearn)?\.XGB(?!\w*RF)\w+|lightgbm(\.sklearn)?\.LGBM\w+|catboost(\.core)?\.CatBoost\w*|sklearn\.ensemble(\.\w+)*\.(Hist)?GradientBoosting\w+)$/;

export const rule: SetupRule = {
  meta: {
    id: 'E-04',
    title: 'No setting stays behind in the code',
    severity: 'warn',
    why: 'A literal that is edited between two runs makes a difference that neither run shows.',
    impliedBy: ['E-01', 'E-03'],
    source: 'SonarSource RSPEC-6973; Zhang et al., CAIN 2022, “Hyperparameter not explicitly set”',
  },
  *check(context) {
    const { project } = context;
    const told = new Set<PyModule>();
    for (const records of yield* recordsOf.steps(context)) {
      yield;
      const { training, program } = records;
      if (told.has(training.module) || !isStored(records) || training.framework === 'huggingface') continue;
      const calls = project.callsOf(program);
      const space = spaceOf(calls, project);
      const onlyRounds = records.automatic.params === 'yes' && space === null && keepsButRounds(records, calls);
      if (records.automatic.params === 'yes' && space === null && !onlyRounds) continue;
      const params = paramsOf(records, project);
      if (params.state !== 'present' || (params.stores.length === 0 && space === null)) continue;
      const declared = declaredNames(project, program);
      const isNamed = (alias: string) => params.names.has(alias) || declared.has(alias) || (space?.has(alias) ?? false);
      const isKept = (setting: Setting) => (onlyRounds && setting !== 'the number of rounds') || (aliases[setting] ?? []).some(isNamed);
      const { epoch, all } = loopsOf(training, project);
      // Epochs within another loop are a detail of the method, as in reinforcement learning; folds and seeds train anew.
      const epochs = epoch && all.slice(all.indexOf(epoch) + 1).every(isRepeated) ? epoch : null;
      const found = [...calls.flatMap((call) => literalsOf(call, project)), ...(epochs ? epochsOf(epochs.module, epochs.node, project) : [])].filter(
        (one) => !isKept(one.setting) && !isAmong(params, one),
      );
      const unique = found
        .filter((one, at) => found.findIndex(({ node }) => node === one.node) === at)
        .sort((a, b) => (a.module === b.module ? a.node.from - b.node.from : 0));
      const [first] = unique;
      if (!first) continue;
      for (const module of program) told.add(module);
      const names = [...new Set(unique.map(({ setting }) => setting))];
      const line = unique.map(({ setting, node, module }) => `"${keyOf(setting)}": ${module.textOf(node)}`);
      yield {
        kind: 'finding',
        confidence: unique.some(({ setting }) => setting !== 'dropout' && setting !== 'the number of epochs') ? 0.85 : 0.7,
        places: unique.map(({ module, node }) => ({ module, node })),
        summary: `${sentence(names)} ${names.length === 1 ? 'is a literal' : 'are literals'} outside of the settings that the run keeps.`,
        fix: {
          text: 'Move them into the settings that are logged, or log them beside.',
          code: paramLine(trackerOf(records), `{${[...new Set(line)].join(', ')}}`),
          edits: [],
        },
      };
    }
  },
};

const keys: Readonly<Record<Setting, string>> = {
  'the learning rate': 'lr',
  'the batch size': 'batch_size',
  'the number of epochs': 'epochs',
  'the number of rounds': 'rounds',
  dropout: 'dropout',
  'the weight decay': 'weight_decay',
};

const keyOf = (setting: Setting): string => keys[setting] ?? setting;

function sentence(names: readonly string[]): string {
  const text = names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number, or the name that stands for it, is among what is kept. */
const isAmong = (params: Params, { node, module, use, holder }: Literal): boolean =>
  params.has(node, module) || params.has(use.node, use.module) || (holder !== null && params.keeps(holder));

/** W&B's callback for XGBoost hands over the booster's own settings, and the number of rounds is an argument of the training. */
const keepsButRounds = ({ training, automatic }: Records, calls: readonly NamedCall[]): boolean =>
  training.framework === 'xgboost' &&
  /^xgboost\.train$/.test(training.call.name ?? '') &&
  automatic.handed.some((name) => /^wandb\.\S*[wW]andb_?[cC]allback$/.test(name)) &&
  !calls.some((call) => isAutolog(call) || /^(comet_ml|clearml|neptune)\b/.test(call.name ?? ''));

const loaders = /^(torch\.utils\.data(\.dataloader)?|torch_geometric\.(loader|data)(\.\w+)*|monai\.data(\.\w+)*)\.DataLoader$/;
const kerasData = /^(tensorflow\.)?keras\.\S*(\w+_dataset_from_directory|(ImageDataGenerator|image_data_generator)\.flow(_from_directory|_from_dataframe)?)$/;

/** The split of what a call makes: by its data, else by the name that it is given. */
function splitOfCall({ node, module, args, keywords }: NamedCall): string | null {
  const data = args[0] ?? keywords.get('dataset');
  const target = node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null;
  return (data && splitOfExpression(data, module)) ?? (target && splitOfExpression(target, module));
}

function literalsOf(call: NamedCall, project: Project): readonly Literal[] {
  const { module, keywords, args } = call;
  const name = call.name ?? '';
  const found: Literal[] = [];
  const add = (setting: Setting, node: Syntax | undefined) => {
    const source = node && numberOf(node, module, project);
    // The default of a layer's own signature is part of how it is built.
    const isOfLayer = setting === 'dropout' && source !== null && source !== undefined && ancestor(source.node, parameterList) !== null;
    if (node && source && !isOfLayer) found.push({ setting, ...source, use: { node, module } });
  };
  if (optimisers.test(name) && !/schedul|decay$|clip|chain|mask|apply_/.test(name)) {
    add('the learning rate', keywords.get('lr') ?? keywords.get('learning_rate') ?? (name.startsWith('torch') ? args[1] : args[0]));
    add('the weight decay', keywords.get('weight_decay'));
  } else if (loaders.test(name)) {
    const split = splitOfCall(call);
    const shuffled = keywords.has('shuffle') && module.textOf(keywords.get('shuffle') as Syntax) !== 'False';
    if (split === 'train' || (split === null && shuffled)) add('the batch size', keywords.get('batch_size') ?? args[1]);
  } else if (kerasData.test(name)) {
    const subset = keywords.get('subset');
    if (subset ? /train/.test(module.textOf(subset)) : splitOfCall(call) === 'train') add('the batch size', keywords.get('batch_size'));
  } else if (/^(torch\.nn|(tensorflow\.)?keras\.layers)\.(Dropout|Dropout[123]d|SpatialDropout\dD)$/.test(name))
    add('dropout', args[0] ?? keywords.get('p') ?? keywords.get('rate'));
  else if (/^torch\.nn\.functional\.(dropout|dropout[123]d)$/.test(name)) add('dropout', keywords.get('p') ?? args[1]);
  else if (
    /^(timm\.create_model|(tensorflow\.)?keras\.(applications|layers)\.\w+|torchvision\.models\.\w+|torch\.nn\.(LSTM|GRU|RNN|Transformer\w*))$/.test(name)
  )
    add('dropout', keywords.get('drop_rate') ?? keywords.get('dropout') ?? keywords.get('dropout_rate'));
  else if (/^peft(\.\w+)*\.\w*(LoraConfig|LoHaConfig|LoKrConfig)$/.test(name)) add('dropout', keywords.get('lora_dropout'));
  else if (/^(stable_baselines3|sb3_contrib)(\.\w+)*\.[A-Z]+\d?$/.test(name)) {
    add('the learning rate', keywords.get('learning_rate'));
    add('the batch size', keywords.get('batch_size'));
    add('the number of epochs', keywords.get('n_epochs'));
  } else if (/keras.*\.fit$/.test(name)) {
    add('the number of epochs', keywords.get('epochs'));
    add('the batch size', keywords.get('batch_size'));
  } else if (/^fastai\b.*\.(fit|fit_one_cycle|fit_flat_cos|fine_tune)$/.test(name)) {
    add('the number of epochs', keywords.get('n_epoch') ?? keywords.get('epochs') ?? args[0]);
    add('the learning rate', keywords.get('lr') ?? keywords.get('lr_max') ?? keywords.get('base_lr') ?? args[1]);
  } else if (/^ignite\b.*\.run$/.test(name)) add('the number of epochs', keywords.get('max_epochs'));
  else if (/^sentence_transformers\b.*\.fit$/.test(name)) add('the number of epochs', keywords.get('epochs'));
  else if (/^(xgboost|lightgbm)\.(train|cv)$/.test(name)) add('the number of rounds', keywords.get('num_boost_round') ?? args[2]);
  else if (/^catboost(\.core)?\.(train|cv)$/.test(name)) add('the number of rounds', keywords.get('num_boost_round') ?? keywords.get('iterations'));
  else if (boosters.test(name)) {
    add('the number of rounds', keywords.get('n_estimators') ?? keywords.get('iterations') ?? keywords.get('num_boost_round') ?? keywords.get('max_iter'));
    add('the learning rate', keywords.get('learning_rate') ?? keywords.get('eta'));
  } else if (/(lightning|fabric)\S*\.Trainer$/.test(name)) add('the number of epochs', keywords.get('max_epochs'));
  return project.reaches(call) ? found : [];
}

/** `for epoch in range(20)`, under a progress bar too. */
function epochsOf(module: PyModule, loop: Syntax, project: Project): readonly Literal[] {
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

/** Names of options, fields of dataclasses and keys of settings files: what they hold is a setting already. */
function declaredNames(project: Project, program: ReadonlySet<PyModule>): ReadonlySet<string> {
  return new Set([...[...program].flatMap((module) => declaredIn(module, project)), ...declaredInSettings(project)]);
}

const declaredIn = onceOf((module: PyModule, project: Project): readonly string[] => {
  const names: string[] = [];
  for (const call of project.callsIn(module))
    if (/\.add_argument$|click\.option$|DEFINE_\w+$/.test(module.textOf(call.callee)))
      for (const one of call.args) if (one.type === 'string') names.push(normal(module.textOf(one).replace(/['"]/g, '')));
  for (const { node } of module.classes)
    for (const inner of walk(node, (at) => at.type !== 'function_definition')) {
      const left = inner.type === 'assignment' && fieldOf(inner, 'type') ? fieldOf(inner, 'left') : null;
      if (left?.type === 'identifier') names.push(normal(module.textOf(left)));
    }
  // A module that keeps its own arguments: their names are settings that are kept.
  for (const { name, node } of module.functions)
    if (name === '__init__' && /\bsave_hyperparameters\(/.test(module.textOf(node)))
      for (const one of fieldOf(node, 'parameters')?.children ?? []) {
        const named = one.type === 'identifier' ? one : (fieldOf(one, 'name') ?? one.children[0]);
        if (named) names.push(normal(module.textOf(named)));
      }
  return names;
});

const declaredInSettings = onceOf((project: Project): readonly string[] =>
  [...project.settings].flatMap(([path, text]) =>
    /\.(ya?ml|toml|json)$/.test(path) && !/lock|package|pyproject/.test(path)
      ? [...text.matchAll(/^\s*"?([\w-]+)"?\s*[:=]/gm)].map(([, key]) => normal(key as string))
      : [],
  ),
);
