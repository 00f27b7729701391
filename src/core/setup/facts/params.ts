// Whether a run's settings are kept, and which: what is handed to trackers, written beside the run, or recorded by a framework.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { argumentOf } from '../python/resolve';
import { fieldOf, type Syntax, walk } from '../python/syntax';
import { onceOf } from '../steps';
import { flowOf } from './flow';
import type { Records } from './records';
import { isMetricStore, type Store } from './stored';
import { sweptNames } from './swept';
import { settingName } from './whole-settings';

export interface Params {
  readonly state: 'present' | 'absent' | 'unknown';
  /** Stores that hold settings. */
  readonly stores: readonly Store[];
  /** Everything that those are made from, to ask whether one setting is among them. */
  has(node: Syntax, module: PyModule): boolean;
  /** Whether a class of settings, or a file of them, is kept as a whole: `vars(CFG)`, `asdict(cfg)`, by its dotted name. */
  keeps(holder: string): boolean;
  /** Names under which settings are kept, as far as they are written. */
  readonly names: ReadonlySet<string>;
}

const configKeywords = /^(config|params|hparams|hyperparameters|init_kwargs|config_dict)$/;
/** What a whole set of settings is made from. */
const sets =
  /(^|\.)(vars|asdict|parse_args|parse_known_args|to_container|to_yaml|to_dict|safe_load|parse_args_into_dataclasses|get_params|best_params_?|__dict__|hparams|_get_kwargs|as_dict|model_dump|compose|OmegaConf\.\w+)$/;
const hyperName =
  /^(lr|learning_?rate|batch_?size|bs|epochs|num_epochs|n_epochs|max_epochs|dropout|weight_?decay|wd|momentum|hidden\w*|seed|optimizer|alpha|gamma|n_estimators|max_depth|num_leaves|eta|max_steps|C|max_iter|n_neighbors|kernel|penalty|min_samples_leaf|subsample|params|hparams|hyper_?params|config|args|settings|arch|backbone|width|depth|layers)$/i;

const keepsSettings =
  /^(save|dump|write|copy|log|store|record|export)_(\w+_)?(config|cfg|args|arguments|options|params|hparams|hyperparams|hyperparameters|settings|model_files)(_\w+)?$/i;

interface Keepers {
  readonly byTool: boolean;
  readonly byStudy: boolean;
  /** A helper of another package that is named for keeping settings. */
  readonly byHelper: boolean;
  readonly byCheckpoint: boolean;
  /** A run is begun with `**` of something. */
  readonly splat: boolean;
}

/** `save_json(vars(self.config), path)` of another package. */
const isWritingSet = (name: string, { args: [first], module }: NamedCall): boolean =>
  first !== undefined &&
  /(^|\.)(save|dump|write)_?(to_)?(json|ya?ml|toml)$/i.test(name) &&
  /^(vars|(dataclasses\.)?asdict)\(|__dict__$/.test(module.textOf(first));

/** Under these a checkpoint holds the settings that made it. */
const settingKeys = /^(args|arguments|opts?|options|config|cfg|params|hparams|hyper_?params|hyper_?parameters|settings)$/i;

/** `torch.save({"model": …, "args": args})`: the settings lie in the checkpoint, for whoever opens it. */
function isInCheckpoint(call: NamedCall, project: Project): boolean {
  const [saved] = call.name === 'torch.save' ? call.args : [];
  if (!saved) return false;
  for (const [node, module] of flowOf(project).of(saved, call.module).nodes) {
    const [key, value] = node.type === 'pair' ? node.children : [];
    if (!key || !value || !settingKeys.test(module.textOf(key).replace(/['"]/g, ''))) continue;
    const text = module.textOf(value);
    if (
      /^(dict|vars|asdict|dataclasses\.asdict|OmegaConf\.to_container)\(|__dict__/.test(text) ||
      (settingName.test(text.split('.').at(-1) ?? '') && isWhole(value))
    )
      return true;
  }
  return false;
}

/** A search of W&B runs the script and fills in its settings: a file of the project describes one, and the code reads what it is given. */
const isSwept = (calls: readonly NamedCall[], project: Project): boolean =>
  [...project.settings].some(
    ([path, text]) => /\.ya?ml$/.test(path) && /^method:/m.test(text) && /^parameters:/m.test(text) && /^(program|metric|command):/m.test(text),
  ) && [...new Set(calls.map(({ module }) => module))].some(({ code }) => /\bwandb\.config\b/.test(code.text));

/** What of the calls of a program keeps settings by itself, however many trainings it has. */
const keepersOf = onceOf(
  (calls: readonly NamedCall[], project: Project): Keepers => ({
    byTool:
      isSwept(calls, project) ||
      sweptNames(calls).size > 0 ||
      calls.some(
        ({ name }) =>
          name !== null &&
          /^(wandb\.agent|sacred\.Experiment|ray\.tune\.(run|Tuner)|ray\.air\.\w+|clearml\.Task\.init|trains\.Task\.init|guild\b|sagemaker\b|skops\.card\.Card$)/.test(
            name,
          ),
      ),
    byStudy: calls.some(({ name, keywords }) => name === 'optuna.create_study' && keywords.has('storage')),
    byHelper: calls.some(
      (call) =>
        call.name !== null &&
        (keepsSettings.test(call.name.slice(call.name.lastIndexOf('.') + 1)) || isWritingSet(call.name, call)) &&
        !project.functionOf(call.name),
    ),
    byCheckpoint: calls.some((call) => isInCheckpoint(call, project)),
    splat: calls.some(({ name, splat }) => splat && name !== null && /^(wandb|swanlab|trackio)\.init$|\.WandbLogger$/.test(name)),
  }),
);

/** What is kept of the settings of a training's program. What the settings are made from is looked at when it is asked for. */
export function paramsOf({ stores, automatic, program }: Records, project: Project): Params {
  const holding = stores.filter((store) => isHolding(store, project));
  const { byTool, byStudy, byHelper, byCheckpoint, splat } = keepersOf(project.callsOf(program), project);
  const bySplat = splat && !holding.some(({ node }) => node.type === 'call');
  const state =
    holding.length > 0 || automatic.params === 'yes' || byTool || byStudy
      ? 'present'
      : bySplat || byHelper || byCheckpoint || automatic.params === 'unknown'
        ? 'unknown'
        : 'absent';
  return {
    state,
    stores: holding,
    get names() {
      return madeFrom(holding, project).names;
    },
    has(node, module) {
      const { nodes, variables } = madeFrom(holding, project);
      if (nodes.has(node)) return true;
      const variable = node.type === 'identifier' ? flowOf(project).variableOf(node, module) : [];
      return variable.length > 0 && variables.has(variable);
    },
    keeps: (holder) => [...madeFrom(holding, project).nodes].some(([node, module]) => isHeldWhole(node, module) && project.nameOf(node, module) === holder),
  };
}

const held = new WeakMap<Store, boolean>();

function isHolding(store: Store, project: Project): boolean {
  const made = held.get(store) ?? holdsParams(store, project);
  held.set(store, made);
  return made;
}

interface MadeFrom {
  readonly stores: readonly Store[];
  readonly variables: ReadonlySet<readonly Binding[]>;
  readonly nodes: ReadonlyMap<Syntax, PyModule>;
  readonly names: ReadonlySet<string>;
}

/** Trainings of one program keep the same, mostly: the last answer of a project is at hand, and no more of them, for they are large. */
const lastMade = new WeakMap<Project, MadeFrom>();

function madeFrom(stores: readonly Store[], project: Project): MadeFrom {
  const last = lastMade.get(project);
  if (last && last.stores.length === stores.length && last.stores.every((one, at) => one === stores[at])) return last;
  const flow = flowOf(project);
  const variables = new Set<readonly Binding[]>();
  const nodes = new Map<Syntax, PyModule>();
  const names = new Set<string>();
  for (const store of stores) {
    for (const { text } of store.names) names.add(normal(text));
    const isNamed = store.complete && store.names.length > 0;
    for (const value of valuesOf(store)) {
      if (isKey(value, store.module)) continue;
      const sources = flow.of(value, store.module);
      for (const one of sources.variables) variables.add(one);
      for (const [node, module] of sources.nodes) {
        nodes.set(node, module);
        if (node.type === 'string_content') names.add(normal(module.textOf(node)));
        else if (node.type === 'keyword_argument' && node.children[0] && !(isNamed && isAskedOfCall(node, module)))
          names.add(normal(module.textOf(node.children[0])));
      }
    }
  }
  const made = { stores, variables, nodes, names };
  lastMade.set(project, made);
  return made;
}

/** In the name of a setting, written as `normal` does. */
export const seedWord = /seed|randomstate|rngkey/;

export const normal = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^--/, '')
    .replace(/[^a-z0-9]/g, '');

/** `rows.sample(9, random_state=seed)` on the way to a value that has its name: what a call is asked for, and no dictionary of settings. */
const isAskedOfCall = (argument: Syntax, module: PyModule): boolean => {
  const call = argument.parent?.parent;
  const callee = call?.type === 'call' ? fieldOf(call, 'function') : null;
  return callee !== null && !/(^|\.)(dict|update|\w*(Namespace|Dict|Box|Config|Args|Arguments|Params|Settings))$/.test(module.textOf(callee));
};

/** `for name, model in models.items()`: the name alone says nothing of what the model is made with. */
const isKey = (value: Syntax, module: PyModule): boolean => {
  if (value.type !== 'identifier') return false;
  const bound = module.scopeOf(value).lookup(module.textOf(value));
  return (
    bound.length > 0 &&
    bound.every(
      ({ kind, node, ...one }) =>
        kind === 'each' &&
        'value' in one &&
        one.value !== null &&
        /\.items\(\)$/.test(module.textOf(one.value)) &&
        module.textOf(fieldOf(node, 'left')?.children[0] ?? node) === module.textOf(value),
    )
  );
};

/** The values of a store that hold settings: of an init its config, else all. */
const valuesOf = (store: Store): readonly Syntax[] =>
  store.kind === 'init'
    ? [...(store.call?.keywords ?? new Map<string, Syntax>())].filter(([name]) => configKeywords.test(name)).map(([, value]) => value)
    : store.values;

function holdsParams(store: Store, project: Project): boolean {
  if (store.kind === 'params') return true;
  if (store.kind === 'init') return valuesOf(store).length > 0 && valuesOf(store).some((value) => store.module.textOf(value) !== 'None');
  if (!isMetricStore(store) && store.kind !== 'artifact' && store.kind !== 'tags') return false;
  if (store.kind === 'metrics' && store.via !== 'unknown') return false;
  return isSettings(store, project);
}

/** Whether what is written is settings: it comes from a parser, a dataclass, a settings file, or is a dictionary of settings. */
function isSettings(store: Store, project: Project): boolean {
  if (/^shutil\./.test(store.call?.name ?? '') || store.kind === 'artifact') {
    const text = store.values.map((value) => store.module.textOf(value)).join(' ');
    // `args.out / "model.pt"` is a place that settings name, not the settings.
    return /(config|cfg|params|args)(?!\w*[.[])|config\.\w+['"]|\.ya?ml|\.json|__file__/i.test(text);
  }
  // Metrics come from settings too, by way of the training: only what the value itself is counts.
  for (const value of store.values) {
    for (const node of directOf(value, store.module, project)) {
      const text = node.module.textOf(node.node);
      if (node.node.type === 'call' && sets.test(text.split('(')[0] as string)) return true;
      if (node.node.type === 'attribute' && sets.test(text) && !/\.(info|debug)$/.test(text)) return true;
      if (node.node.type === 'identifier' && settingName.test(text) && isWhole(node.node) && !isWeights(node.node, node.module)) return true;
      if (node.node.type === 'dictionary' && hyperKeys(node.node, node.module) >= 1) return true;
      if (node.node.type === 'string' && writtenSettings(text) >= leastWritten) return true;
    }
  }
  return store.names.filter(({ text }) => hyperName.test(text)).length >= 2;
}

/** `state.params`, `params = model.init(key, x)`: the weights of a model of JAX. */
function isWeights(node: Syntax, module: PyModule): boolean {
  if (module.textOf(node) !== 'params' || !module.imported.some((one) => /^(jax|flax|haiku|optax|equinox)\b/.test(one))) return false;
  const object = node.field === 'attribute' && node.parent ? fieldOf(node.parent, 'object') : null;
  if (object) return /state|model|net|agent|ema|variables/i.test(module.textOf(object));
  return module
    .scopeOf(node)
    .lookup('params')
    .some(
      (binding) =>
        binding.kind === 'assign' &&
        binding.value?.type === 'call' &&
        /(^|[._])init\w*$|apply_updates$|get_params$/.test(module.textOf(fieldOf(binding.value, 'function') ?? binding.value)),
    );
}

const leastWritten = 3;

/** How many settings of a model or a training a text spells out: `"n_heads": {n_heads}, lr={lr}`. */
function writtenSettings(text: string): number {
  const names = [...text.matchAll(/(\w+)["']?\s*[:=]\s*["']?\{/g)].map(([, name]) => name ?? '');
  return new Set(names.filter((name) => hyperName.test(name) || modelName.test(name))).size;
}

const modelName = /^(n_?heads?|num_heads|n_?layers?|num_layers|emb(ed)?(ding)?_?(dim|size)|d_?model|context_?(length|size)|block_size|vocab_size|drop_?rate)$/i;

/** `args`, not `args.out`: the set and not one of it. */
const isWhole = (node: Syntax): boolean => {
  const parent = node.parent;
  return !(parent?.type === 'attribute' && node.field === 'object') && !(parent?.type === 'subscript' && node.field === 'value') && node.field !== 'name';
};

/** `CFG`, `CFG.__dict__`, `cfg.to_dict()`; `CFG.lr` is one of it. */
function isHeldWhole(node: Syntax, module: PyModule): boolean {
  if (node.type !== 'identifier') return false;
  const { parent } = node;
  if (parent?.type !== 'attribute' || node.field !== 'object') return true;
  const attribute = fieldOf(parent, 'attribute');
  return (parent.parent?.type === 'call' && parent.field === 'function') || (attribute !== null && module.textOf(attribute) === '__dict__');
}

function hyperKeys(dictionary: Syntax, module: PyModule): number {
  return dictionary.children.filter((pair) => {
    const [key, value] = pair.type === 'pair' ? pair.children : [];
    const given = value && /^(integer|float|string|identifier|dictionary|attribute|call|subscript|unary_operator)$/.test(value.type);
    // `"optimizer": optimizer.state_dict()` is a checkpoint.
    if (value && /\.state_dict\(\)$|\.(params|opt_state)$/.test(module.textOf(value))) return false;
    return key && given && hyperName.test(module.textOf(key).replace(/['"]/g, ''));
  }).length;
}

/** Calls that hand on what they are given. */
const passing =
  /(^|\.)(dumps|dump|safe_dump|safe_dumps|dict|str|repr|pformat|format|copy|deepcopy|to_json|encode|join|items|sorted|list|OrderedDict|namespace_to_dict|pop|update)$/;

interface Place {
  readonly node: Syntax;
  readonly module: PyModule;
}

/** What a value is, without going through what computes: names are followed to what they were assigned or handed. */
function directOf(value: Syntax, module: PyModule, project: Project): readonly Place[] {
  const found: Place[] = [];
  const seen = new Set<Syntax>();
  const open: (Place & { readonly depth: number })[] = [{ node: value, module, depth: 0 }];
  for (let at = open.pop(); at && found.length < 400; at = open.pop()) {
    const { depth } = at;
    const where = at.module;
    const enters = (node: Syntax) =>
      node.type !== 'call' || passing.test(where.textOf(fieldOf(node, 'function') ?? node)) || sets.test(where.textOf(fieldOf(node, 'function') ?? node));
    for (const node of walk(at.node, enters)) {
      if (seen.has(node)) continue;
      seen.add(node);
      found.push({ node, module: where });
      if (node.type !== 'identifier' || depth >= 4 || !isWhole(node)) continue;
      for (const binding of where.scopeOf(node).lookup(where.textOf(node))) {
        if (binding.kind === 'assign' && binding.value && binding.node.type !== 'augmented_assignment')
          open.push({ node: binding.value, module: where, depth: depth + 1 });
        if (binding.kind !== 'parameter') continue;
        const fn = where.functions.find((one) => fieldOf(one.node, 'parameters') === binding.node.parent);
        for (const call of fn ? project.callersOf(fn).slice(0, 12) : []) {
          const given = fn && argumentOf(call, fn, where.textOf(node));
          if (given) open.push({ node: given, module: call.module, depth: depth + 1 });
        }
      }
    }
  }
  return found;
}
