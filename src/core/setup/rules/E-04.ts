// Settings that stand as literals in the code while others are kept with the run.

import { loopsOf } from '../facts/loops';
import { normal, paramsOf } from '../facts/params';
import { isStored, recordsOf } from '../facts/records';
import { splitOfExpression } from '../facts/splits';
import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { constantOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import type { NodePlace, SetupRule } from '../rule';
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

interface Literal extends NodePlace {
  readonly setting: Setting;
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
      if (told.has(training.module) || !isStored(records) || records.automatic.params === 'yes' || training.framework === 'huggingface') continue;
      const params = paramsOf(records, project);
      if (params.state !== 'present' || params.stores.length === 0) continue;
      const declared = declaredNames(project, program);
      const isKept = (setting: Setting) => (aliases[setting] ?? []).some((alias) => params.names.has(alias) || declared.has(alias));
      const { epoch, all } = loopsOf(training, project);
      // Epochs within another loop are a detail of the method, as in reinforcement learning.
      const epochs = epoch === all.at(-1) ? epoch : null;
      const found = [...project.callsOf(program).flatMap((call) => literalsOf(call, project)), ...(epochs ? epochsOf(epochs.module, epochs.node) : [])].filter(
        ({ setting, node, module }) => !isKept(setting) && !params.has(node, module),
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
  examples: {
    fires: [
      {
        title: 'rounds of boosting beside settings that are logged',
        files: {
          'fit.py':
            'import mlflow\nimport xgboost as xgb\nspace = {"eta": 0.1, "max_depth": 4}\nmlflow.log_params(space)\nbooster = xgb.train(space, train, num_boost_round=900, evals=[(valid, "valid")])\nmlflow.log_metric("val/rmse", booster.best_score)\n',
        },
        at: 'fit.py:5',
      },
      {
        title: 'the dropout of an adapter',
        files: {
          'train.py':
            'import torch, wandb\nfrom peft import LoraConfig, get_peft_model\nLR = 0.1\nwandb.init(project="a", config={"lr": LR})\nnet = get_peft_model(base, LoraConfig(r=8, lora_dropout=0.05))\nopt = torch.optim.AdamW(net.parameters(), lr=LR)\nfor x, y in data:\n    loss = net(x).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
        },
        at: 'train.py:5',
      },
      {
        title: 'a weight decay beside logged arguments',
        files: {
          'train.py':
            'import argparse, torch, wandb\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float)\nargs = p.parse_args()\nwandb.init(project="a", config=vars(args))\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=args.lr, weight_decay=0.05)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
        },
        at: 'train.py:7',
      },
    ],
    silent: [
      {
        title: 'rounds of boosting that are logged under another name',
        files: {
          'fit.py':
            'import mlflow\nimport xgboost as xgb\nspace = {"eta": 0.1, "n_estimators": 900}\nmlflow.log_params(space)\nmodel = xgb.XGBRegressor(n_estimators=900, learning_rate=0.1)\nmodel.fit(x, y, eval_set=[(a, b)])\nmlflow.log_metric("val/rmse", model.best_score)\n',
        },
      },
      {
        title: 'constants that are logged',
        files: {
          'train.py':
            'import torch, wandb\nLR = 0.1\nwandb.init(project="a", config={"lr": LR})\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.AdamW(net.parameters(), lr=LR)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
        },
      },
      {
        title: 'the batch size of evaluation',
        files: {
          'train.py':
            'import torch, wandb\nfrom torch.utils.data import DataLoader\nwandb.init(project="a", config={"lr": 0.1})\nnet = torch.nn.Linear(2, 1)\nval_loader = DataLoader(val_set, batch_size=512)\nfor x, y in data:\n    loss = ((net(x) - y) ** 2).mean()\n    loss.backward()\n    wandb.log({"train/loss": loss.item()})\n',
        },
      },
    ],
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

function literalsOf(call: NamedCall, project: Project): readonly Literal[] {
  const { module, keywords, args } = call;
  const name = call.name ?? '';
  const found: Literal[] = [];
  const add = (setting: Setting, node: Syntax | undefined, zero = false) => {
    if (node && isLiteral(node, module, zero)) found.push({ setting, module, node });
  };
  if (optimisers.test(name) && !/schedul|decay$|clip|chain|mask|apply_/.test(name)) {
    add('the learning rate', keywords.get('lr') ?? keywords.get('learning_rate') ?? (name.startsWith('torch') ? args[1] : args[0]));
    add('the weight decay', keywords.get('weight_decay'));
  } else if (/^torch\.utils\.data(\.dataloader)?\.DataLoader$/.test(name)) {
    const data = args[0] ?? keywords.get('dataset');
    const target = call.node.parent?.type === 'assignment' ? fieldOf(call.node.parent, 'left') : null;
    const split = (data && splitOfExpression(data, module)) ?? (target && splitOfExpression(target, module));
    const shuffled = keywords.has('shuffle') && module.textOf(keywords.get('shuffle') as Syntax) !== 'False';
    if (split === 'train' || (split === null && shuffled)) add('the batch size', keywords.get('batch_size') ?? args[1]);
  } else if (/^(torch\.nn|(tensorflow\.)?keras\.layers)\.(Dropout|Dropout[123]d|SpatialDropout\dD)$/.test(name))
    add('dropout', args[0] ?? keywords.get('p') ?? keywords.get('rate'));
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
  } else if (/^(xgboost|lightgbm)\.(train|cv)$/.test(name)) add('the number of rounds', keywords.get('num_boost_round') ?? args[2]);
  else if (/^catboost(\.core)?\.(train|cv)$/.test(name)) add('the number of rounds', keywords.get('num_boost_round') ?? keywords.get('iterations'));
  else if (boosters.test(name)) {
    add('the number of rounds', keywords.get('n_estimators') ?? keywords.get('iterations') ?? keywords.get('num_boost_round') ?? keywords.get('max_iter'));
    add('the learning rate', keywords.get('learning_rate') ?? keywords.get('eta'));
  } else if (/(lightning|fabric)\S*\.Trainer$/.test(name)) add('the number of epochs', keywords.get('max_epochs'));
  return project.reaches(call) ? found : [];
}

/** `for epoch in range(20)`. */
function epochsOf(module: PyModule, loop: Syntax): readonly Literal[] {
  const right = loop.type === 'for_statement' ? fieldOf(loop, 'right') : null;
  const list = right?.type === 'call' && module.textOf(fieldOf(right, 'function') ?? right) === 'range' ? fieldOf(right, 'arguments') : null;
  const end = list?.children.filter(({ type }) => type !== 'comment').at(-1);
  const single = list?.children.length === 1 || list?.children.length === 2 ? end : undefined;
  return single && isLiteral(single, module) ? [{ setting: 'the number of epochs', module, node: single }] : [];
}

/** A number as written, or a name that holds one; defaults of parameters may be handed over. */
function isLiteral(node: Syntax, module: PyModule, zero = false): boolean {
  if (node.type === 'identifier') {
    const bindings = module.scopeOf(node).lookup(module.textOf(node));
    if (bindings.length !== 1 || bindings[0]?.kind !== 'assign') return false;
  } else if (!/^(integer|float|unary_operator|binary_operator)$/.test(node.type)) return false;
  const value = constantOf(node, module);
  return typeof value === 'number' && (zero || value !== 0);
}

/** Names of options, fields of dataclasses and keys of settings files: what they hold is a setting already. */
function declaredNames(project: Project, program: ReadonlySet<PyModule>): ReadonlySet<string> {
  return new Set([...[...program].flatMap((module) => declaredIn(module, project)), ...declaredInSettings(project)]);
}

const inModules = new WeakMap<PyModule, readonly string[]>();
const inSettings = new WeakMap<Project, readonly string[]>();

function declaredIn(module: PyModule, project: Project): readonly string[] {
  const known = inModules.get(module);
  if (known) return known;
  const names: string[] = [];
  for (const call of project.callsIn(module))
    if (/\.add_argument$|click\.option$|DEFINE_\w+$/.test(module.textOf(call.callee)))
      for (const one of call.args) if (one.type === 'string') names.push(normal(module.textOf(one).replace(/['"]/g, '')));
  for (const { node } of module.classes)
    for (const inner of walk(node, (at) => at.type !== 'function_definition')) {
      const left = inner.type === 'assignment' && fieldOf(inner, 'type') ? fieldOf(inner, 'left') : null;
      if (left?.type === 'identifier') names.push(normal(module.textOf(left)));
    }
  inModules.set(module, names);
  return names;
}

function declaredInSettings(project: Project): readonly string[] {
  const known = inSettings.get(project);
  if (known) return known;
  const names = [...project.settings].flatMap(([path, text]) =>
    /\.(ya?ml|toml|json)$/.test(path) && !/lock|package|pyproject/.test(path)
      ? [...text.matchAll(/^\s*"?([\w-]+)"?\s*[:=]/gm)].map(([, key]) => normal(key as string))
      : [],
  );
  inSettings.set(project, names);
  return names;
}
