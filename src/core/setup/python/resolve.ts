// Dotted names of expressions: aliases of imports, variables that hold an instance, attributes of self, one step through the project's own calls.

import type { PyCall, PyClass, PyFunction, PyModule } from './module';
import type { Binding, Scope } from './names';
import { ancestor, fieldOf, memberOf, type Syntax } from './syntax';
import { literalOf, type PyValue, unknown } from './values';

/** Names are followed through so many assignments: longer chains are rare, circles are not. */
const deepest = 8;
const mostBindings = 4;
/** A name that is given more values than these is not followed: each use would look at all of them. */
const mostAssigned = 200;
const classTypes = new Set(['class_definition']);

/** What resolving asks of the project. */
export interface Known {
  /** The project's own function or class of a dotted name. */
  functionOf(dotted: string): PyFunction | undefined;
  classOf(dotted: string): PyClass | undefined;
  /** Calls of a function of the project. */
  callersOf(fn: PyFunction): readonly PyCall[];
  /** What a module of the project imports under a name at its top, as `import *` hands it on. */
  importedBy(module: string, name: string): string | undefined;
  /** What the top of a module of the project gives a name, where it does so once: `pipe` in `from model.pipeline import pipe`. */
  valueOf(dotted: string): { readonly value: Syntax; readonly module: PyModule } | undefined;
  /** What `find` says of a parameter, asked once at each depth: the ways through callers of callers are as many as their product. */
  parameterOf(fn: PyFunction, name: string, depth: number, find: () => string | null): string | null;
}

/** Resolving by what is written in the file alone. */
export const knowsNothing: Known = {
  functionOf: () => undefined,
  classOf: () => undefined,
  callersOf: () => [],
  importedBy: () => undefined,
  valueOf: () => undefined,
  parameterOf: (_fn, _name, _depth, find) => find(),
};

/**
 * The dotted name of what an expression is: of `nn.Linear` `torch.nn.Linear`, of a variable that holds a `SummaryWriter()` the class's name, so that
 * `writer.add_scalar` is `torch.utils.tensorboard.SummaryWriter.add_scalar`. Builtins are bare words.
 * @returns null where it cannot be told, or where different branches say different things
 */
export function dottedOf(node: Syntax, module: PyModule, known: Known, depth = 0): string | null {
  if (depth > deepest) return null;
  switch (node.type) {
    case 'identifier':
      return ofName(module.textOf(node), module.scopeOf(node), module, known, depth, node);
    case 'attribute': {
      const member = memberOf(node);
      if (!member) return null;
      const { object, name } = member;
      if (module.textOf(object) === 'self' || module.textOf(object) === 'cls') return ofSelf(name, node, module, known, depth);
      if (object.type === 'call' && /^super\(/.test(module.textOf(object))) return ofSuper(name, node, module, known, depth);
      // A long way through packages (`tf.keras.models.Sequential`) follows nothing.
      const base = dottedOf(object, module, known, object.type === 'attribute' ? depth : depth + 1);
      return base === null ? null : ofAttribute(base, name, known, depth);
    }
    case 'call': {
      const callee = fieldOf(node, 'function');
      const built = callee ? (ofBuilder(callee, module, known, depth) ?? ofPicked(callee, node, module, known, depth)) : null;
      if (built !== null) return built;
      const made = callee ? dottedOf(callee, module, known, depth + 1) : null;
      if (made !== null && givesItself.some((method) => method.test(made))) return made.slice(0, made.lastIndexOf('.'));
      const compiled = made === null ? null : compiledBy(node, module, known, depth);
      const name = compiled ? dottedOf(compiled, module, known, depth + 1) : null;
      if (name !== null && known.functionOf(name)) return name;
      return made === null ? null : ofReturned(made, known, depth);
    }
    case 'subscript': {
      const value = fieldOf(node, 'value');
      const base = value ? dottedOf(value, module, known, depth + 1) : null;
      return base === null ? null : `${base}[]`;
    }
    case 'parenthesized_expression':
    case 'await':
      return node.children[0] ? dottedOf(node.children[0], module, known, depth + 1) : null;
    case 'named_expression': {
      const value = fieldOf(node, 'value');
      return value ? dottedOf(value, module, known, depth + 1) : null;
    }
    case 'conditional_expression': {
      // `SummaryWriter() if rank == 0 else None`: None says nothing.
      const branches = [node.children[0], node.children[2]].filter((one) => one !== undefined && one.type !== 'none') as Syntax[];
      return agreed(branches.map((one) => dottedOf(one, module, known, depth + 1)));
    }
    case 'boolean_operator':
      return agreed(node.children.filter(({ type }) => type !== 'none').map((one) => dottedOf(one, module, known, depth + 1)));
    default:
      return null;
  }
}

/** Methods that give back what they are asked of: a learner of fastai, a module of PyTorch; and a second way to make Lightning's Trainer. */
const givesItself: readonly RegExp[] = [
  /^fastai\b.*\.to_(fp16|fp32|bf16|native_fp16|native_fp32|parallel|distributed|channelslast)$/,
  /^torch\.nn\.(modules\.\w+\.)?[A-Z]\w*\.(to|cuda|cpu|half|float|double|eval|train|requires_grad_)$/,
  /\.Trainer\.from_argparse_args$/,
];

/** What RLlib's settings are built with, one after the other: each gives the settings back. */
const builders =
  /^(environment|framework|training|env_runners|rollouts|resources|debugging|multi_agent|callbacks|evaluation|api_stack|learners|rl_module|reporting|checkpointing|fault_tolerance|offline_data|experimental|python_environment|exploration|copy)$/;
const mostBuilders = 40;

/** `PPOConfig().environment(…).training(…)`: the settings, however long the chain is. Null where it is none. */
function ofBuilder(callee: Syntax, module: PyModule, known: Known, depth: number): string | null {
  let object: Syntax | null = null;
  for (let at: Syntax | null = callee, links = 0; at?.type === 'attribute' && links < mostBuilders; links++) {
    const inner: Syntax | null = fieldOf(at, 'object');
    const method = fieldOf(at, 'attribute');
    if (!inner || !method || !builders.test(module.textOf(method))) break;
    object = inner;
    at = inner.type === 'call' ? fieldOf(inner, 'function') : null;
  }
  const made = object ? dottedOf(object, module, known, depth + 1) : null;
  return made !== null && /^ray\.rllib\b.*Config$/.test(made) ? made : null;
}

/** Stands for the member of a package that only a run picks: as classes are named, so that what is asked of it has the package's own name. */
const anyMember = 'Any';

/** Whether a name is of what only a run picks from its package. */
export const isPicked = (name: string): boolean => name.endsWith(`.${anyMember}`);

/**
 * What is picked by its name: `getattr(stable_baselines3, "PPO")` as if it were written out, `getattr(stable_baselines3, args.algo)` as some class of that
 * package, `importlib.import_module("sklearn.svm")` as the package. Null where the call picks nothing, or from something that is no package.
 */
function ofPicked(callee: Syntax, node: Syntax, module: PyModule, known: Known, depth: number): string | null {
  if (!/(^|\.)(getattr|import_module)$/.test(module.textOf(callee))) return null;
  const [first, second] = fieldOf(node, 'arguments')?.children ?? [];
  if (!first) return null;
  const written = constantOf(second ?? first, module);
  const name = typeof written === 'string' && /^\w+(\.\w+)*$/.test(written) ? written : null;
  if (!/getattr$/.test(module.textOf(callee))) return second ? null : name;
  const base = second ? packageOf(first, module, known, depth) : null;
  return base === null ? null : name === null ? `${base}.${anyMember}` : ofAttribute(base, name, known, depth + 1);
}

/** The package that an expression is by its imports; null where it may be something that a package makes. */
function packageOf(node: Syntax, module: PyModule, known: Known, depth: number): string | null {
  let root = node;
  for (let member = memberOf(root); member; member = memberOf(root)) root = member.object;
  const bindings = root.type === 'identifier' ? module.scopeOf(root).lookup(module.textOf(root)) : [];
  const isImported = bindings.length > 0 && bindings.every((one) => one.kind === 'import' || (one.kind === 'assign' && isImporting(one.value, module)));
  const base = isImported || isImporting(node, module) ? dottedOf(node, module, known, depth + 1) : null;
  return base !== null && /^[a-z_]\w*(\.[a-z_]\w*)*$/.test(base) ? base : null;
}

const isImporting = (node: Syntax | null | undefined, module: PyModule): boolean =>
  node?.type === 'call' && /(^|\.)import_module$/.test(module.textOf(fieldOf(node, 'function') ?? node));

/** The value of an expression as far as it is written down: literals, and names that hold one. */
export function constantOf(node: Syntax, module: PyModule, depth = 0): PyValue {
  if (depth > deepest) return unknown;
  return literalOf(node, module.code.text, (inner) => {
    if (inner.type !== 'identifier') return unknown;
    const found = module.scopeOf(inner).lookup(module.textOf(inner));
    const only = found.length === 1 ? found[0] : undefined;
    if (only?.kind === 'assign' && only.value && only.node.type === 'assignment') return constantOf(only.value, module, depth + 1);
    if (only?.kind === 'parameter' && only.fallback) return constantOf(only.fallback, module, depth + 1);
    return unknown;
  });
}

function ofName(name: string, scope: Scope, module: PyModule, known: Known, depth: number, at: Syntax): string | null {
  const bindings = scope.lookup(name);
  if (bindings.length === 0) return ofWildcard(name, scope, known);
  if (bindings.length > mostAssigned) return null;
  const all = bindings.filter((one) => !(one.kind === 'assign' && (one.value?.type === 'none' || one.value === at || contains(one.value, at))));
  const reaching = all.length > 1 ? reachingOf(all, name, at, module) : null;
  const useful = reaching ? [reaching] : all;
  if (useful.length === 0 || useful.length > mostBindings) return null;
  return agreed(withoutLoaded(useful.map((one) => ofBinding(one, name, module, known, depth))));
}

const functionTypes = new Set(['function_definition', 'lambda', 'module']);
const loopTypes = /^(for|while)_statement$/;

/**
 * The one assignment that a use surely sees where a name is assigned again and again (`clf = A()` … `clf = B()`): the last before it, in a block that holds
 * the use, with no other between and none that a loop around the use brings back. Null where it cannot be told, and where a value is made from the name itself.
 */
function reachingOf(bindings: readonly Binding[], name: string, at: Syntax, module: PyModule): Binding | null {
  const around = ancestor(at, functionTypes);
  if (bindings.some(({ node }) => ancestor(node, functionTypes) !== around)) return null;
  let last: Binding | null = null;
  for (const one of bindings) if (one.node.from < at.from && (!last || one.node.from > last.node.from)) last = one;
  if (last?.kind !== 'assign' || !last.value || last.node.type !== 'assignment' || !blockOf(last.node) || !contains(blockOf(last.node), at)) return null;
  const { node, value } = last;
  for (let loop = at.parent; loop && loop !== around; loop = loop.parent)
    if (loopTypes.test(loop.type) && !contains(loop, node)) {
      const inner = loop;
      if (bindings.some((one) => contains(inner, one.node))) return null;
    }
  const written = module.textOf(value);
  // `root = Path(root)` is a path, whatever it was.
  return new RegExp(`\\b${name}\\b`).test(written) && !/^(pathlib\.)?Path\(/.test(written) ? null : last;
}

/** The block that a statement surely runs in once that is entered: a `with` adds nothing to it. */
function blockOf(node: Syntax): Syntax | null {
  let block = node.parent?.parent ?? null;
  while (block?.type === 'block' && block.parent?.type === 'with_statement') block = block.parent.parent;
  return block;
}

/** A model that one branch loads and the other makes, by the same library: what is made says more. */
function withoutLoaded(names: readonly (string | null)[]): readonly (string | null)[] {
  const made = names.filter((name) => name === null || !/(^|\.)load_model$/.test(name));
  const root = made[0]?.split('.')[0];
  return made.length > 0 && names.every((name) => name !== null && name.split('.')[0] === root) ? made : names;
}

const builtins = new Set(
  `abs all any bool bytes callable chr dict dir enumerate eval exec filter float format frozenset getattr globals hasattr hash id input int isinstance
  issubclass iter len list locals map max min next object open ord pow print range repr reversed round set setattr slice sorted staticmethod str sum super
  tuple type vars zip __name__ __file__ __doc__`.split(/\s+/),
);

/** What fastai's packages hand on to each other: notebooks import all names of several (`from fastbook import *`). */
const fastaiNames =
  /^(Learner|TabularLearner|(vision|cnn|unet|tabular|text_classifier|language_model|collab|ts)_learner|\w*DataLoaders|DataBlock|untar_data|URLs|download_images|set_seed|CSVLogger|SaveModelCallback|EarlyStoppingCallback|ReduceLROnPlateau|TensorBoardCallback|WandbCallback|ShowGraphCallback|load_learner)$/;

/** What everybody calls these, where a package hands them on with all its names (`from fastai.tabular.all import *`). */
const customary: ReadonlyMap<string, string> = new Map([
  ['np', 'numpy'],
  ['pd', 'pandas'],
  ['plt', 'matplotlib.pyplot'],
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['random', 'random'],
  ['os', 'os'],
  ['Path', 'pathlib.Path'],
]);

/** A name that nothing binds: from the one package whose names were all imported (`from fastai.vision.all import *`), else bare. */
function ofWildcard(name: string, scope: Scope, known: Known): string {
  const starred = scope.lookup('*').flatMap((one) => (one.kind === 'import' ? [one.dotted] : []));
  if (starred.length === 0 || builtins.has(name)) return name;
  const fast = starred.some((base) => /^(fastai2?|fastbook)\b/.test(base)) && fastaiNames.test(name);
  if (fast) return `fastai.${name}`;
  const own = starred.find((base) => known.functionOf(`${base}.${name}`) || known.classOf(`${base}.${name}`));
  const handed = own ? undefined : starred.map((base) => known.importedBy(base, name)).find((one) => one !== undefined);
  if (handed !== undefined) return handed;
  const [only] = starred;
  if (!own && customary.has(name)) return customary.get(name) as string;
  return own ? `${own}.${name}` : starred.length === 1 ? `${only}.${name}` : name;
}

/** `x = x.to(device)` inside of its own value must not be followed into itself. */
const contains = (outer: Syntax | null, inner: Syntax): boolean => outer !== null && outer.from <= inner.from && inner.to <= outer.to;

function ofBinding(binding: Binding, name: string, module: PyModule, known: Known, depth: number): string | null {
  switch (binding.kind) {
    case 'import':
      return ofHeld(binding.dotted, known, depth);
    case 'def':
    case 'class': {
      const owner = module.classAt(binding.node) ?? module.functionAt(binding.node);
      return owner?.dotted ?? `${module.dotted}.${name}`;
    }
    case 'assign': {
      const made = binding.value ? dottedOf(binding.value, module, known, depth + 1) : ofUnpacked(binding.node, name, module, known, depth);
      // What a settings file makes says its type only where the line does: `trainer: Trainer = hydra.utils.instantiate(cfg.trainer)`.
      const annotated = made === null || /(^|\.)instantiate$/.test(made) ? fieldOf(binding.node, 'type')?.children[0] : undefined;
      const stated = annotated && (annotated.type === 'identifier' || annotated.type === 'attribute') ? dottedOf(annotated, module, known, depth + 1) : null;
      return stated ?? made;
    }
    case 'with':
      return binding.value ? dottedOf(binding.value, module, known, depth + 1) : null;
    case 'each': {
      const base = dottedOf(binding.value, module, known, depth + 1);
      return base === null ? null : `${base}[]`;
    }
    case 'parameter':
      return ofParameter(binding, name, module, known, depth);
    default:
      return binding satisfies never;
  }
}

/** An instance that another module makes at its top is named by its class, as in that module; all else by the import. */
function ofHeld(dotted: string, known: Known, depth: number): string {
  const held = known.valueOf(dotted);
  return held?.value.type === 'call' ? (dottedOf(held.value, held.module, known, depth + 1) ?? dotted) : dotted;
}

/** `model, base = build()`: what every return of the project's function gives in that place. */
function ofUnpacked(node: Syntax, name: string, module: PyModule, known: Known, depth: number): string | null {
  const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
  const callee = left && right?.type === 'call' ? fieldOf(right, 'function') : null;
  const at = left?.children.findIndex((one) => one.type === 'identifier' && module.textOf(one) === name) ?? -1;
  if (!left || !callee || at < 0 || depth > deepest - 2) return null;
  const made = dottedOf(callee, module, known, depth + 1);
  const fn = made === null ? undefined : known.functionOf(made);
  const returned = fn ? returnsOf(fn).filter(({ type }) => type !== 'none') : [];
  if (!fn || returned.length === 0 || returned.length > mostBindings) return null;
  const parts = returned.map((value) =>
    /^(expression_list|tuple)$/.test(value.type) && value.children.length === left.children.length ? (value.children[at] as Syntax) : null,
  );
  return agreed(parts.map((part) => (part ? dottedOf(part, fn.module, known, depth + 2) : null)));
}

/** By its annotation, else by what every caller in the project hands over. */
function ofParameter(binding: Binding & { readonly kind: 'parameter' }, name: string, module: PyModule, known: Known, depth: number): string | null {
  const annotated = binding.annotation?.children[0];
  if (annotated && (annotated.type === 'identifier' || annotated.type === 'attribute')) return dottedOf(annotated, module, known, depth + 1);
  const of = binding.node.parent?.parent;
  const fn = of && module.functionAt(of);
  if (!fn) return null;
  const callers = known.callersOf(fn);
  if (callers.length === 0 || callers.length > mostBindings * 2) return null;
  return known.parameterOf(fn, name, depth, () => {
    let first: string | null = null;
    for (const call of callers) {
      const value = argumentOf(call, fn, name);
      const handed = value ? dottedOf(value, call.module, known, depth + 1) : null;
      first ??= handed;
      // One caller that cannot be told, or hands over something else, settles it.
      if (handed === null || handed !== first) return null;
    }
    return first;
  });
}

/** The expression that a call of a function of the project gives for a parameter. */
export function argumentOf(call: PyCall, fn: PyFunction, name: string): Syntax | null {
  const keyword = call.keywords.get(name);
  if (keyword) return keyword;
  const names = (fieldOf(fn.node, 'parameters')?.children ?? [])
    .map((one) => (one.type === 'identifier' ? one : (fieldOf(one, 'name') ?? one.children[0])))
    .map((one) => (one ? fn.module.textOf(one) : ''));
  const bound = fn.owner && (names[0] === 'self' || names[0] === 'cls') ? names.slice(1) : names;
  return call.args[bound.indexOf(name)] ?? null;
}

function ofSelf(name: string, node: Syntax, module: PyModule, known: Known, depth: number): string | null {
  const around = ancestor(node, classTypes);
  const owner = around && module.classAt(around);
  return owner ? ofMember(owner, name, known, depth) : null;
}

/** `super().fit` in a class of the project: that of its first base. */
function ofSuper(name: string, node: Syntax, module: PyModule, known: Known, depth: number): string | null {
  const around = ancestor(node, classTypes);
  const owner = around && module.classAt(around);
  const [first] = owner?.bases ?? [];
  const base = owner && first ? dottedOf(first, owner.module, known, depth + 1) : null;
  return base === null ? null : ofAttribute(base, name, known, depth + 1);
}

function ofMember(owner: PyClass, name: string, known: Known, depth: number): string | null {
  if (depth > deepest) return null;
  const assigned = (owner.attributes.get(name) ?? []).filter(({ value }) => value.type !== 'none');
  if (assigned.length > 0 && assigned.length <= mostBindings) return agreed(assigned.map(({ value }) => dottedOf(value, owner.module, known, depth + 1)));
  if (known.functionOf(`${owner.dotted}.${name}`)) return `${owner.dotted}.${name}`;
  // A method of a base: of the project, or of a framework (`self.log` of a LightningModule).
  const bases = owner.bases.map((base) => dottedOf(base, owner.module, known, depth + 1)).filter((base) => base !== null);
  const named = bases.map((base) => {
    const parent = known.classOf(base);
    return parent ? ofMember(parent, name, known, depth + 1) : `${base}.${name}`;
  });
  return named.find((one) => one !== null) ?? `${owner.dotted}.${name}`;
}

function ofAttribute(base: string, name: string, known: Known, depth: number): string | null {
  const owner = known.classOf(base);
  return owner ? ofMember(owner, name, known, depth + 1) : ofHeld(`${base}.${name}`, known, depth);
}

const compilers = /^(jax\.(jit|pmap)|flax\.nnx\.(jit|pmap)|equinox\.filter_(jit|pmap)|tensorflow\.function)$/;

/** What `jax.jit(train_step)` compiles: calling the one calls the other. Null for other calls. */
export function compiledBy(call: Syntax, module: PyModule, known: Known, depth = 0): Syntax | null {
  const callee = call.type === 'call' ? fieldOf(call, 'function') : null;
  const [first] = callee ? (fieldOf(call, 'arguments')?.children ?? []) : [];
  if (!callee || !first || (first.type !== 'identifier' && first.type !== 'attribute')) return null;
  return compilers.test(dottedOf(callee, module, known, depth + 1) ?? '') ? first : null;
}

/** An instance is named by its class; a function of the project by what it returns, where all returns agree. */
function ofReturned(made: string, known: Known, depth: number): string | null {
  const fn = known.functionOf(made);
  if (!fn || depth > deepest - 2) return made;
  const returned = returnsOf(fn).filter(({ type }) => type !== 'none');
  return returned.length > 0 && returned.length <= mostBindings ? agreed(returned.map((value) => dottedOf(value, fn.module, known, depth + 2))) : null;
}

/** What the methods of the class around give to `self.name`, in the order of the text; empty for any other expression. */
export function valuesOfSelf(node: Syntax, module: PyModule): readonly Syntax[] {
  const member = memberOf(node);
  const around = member && module.textOf(member.object) === 'self' ? ancestor(node, classTypes) : null;
  return member && around ? (module.classAt(around)?.attributes.get(member.name) ?? []).map(({ value }) => value) : [];
}

/** The values of a function's return statements; functions inside of it are their own. */
export function returnsOf(fn: PyFunction): readonly Syntax[] {
  const found: Syntax[] = [];
  const open: Syntax[] = [...fn.node.children];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'function_definition' || node.type === 'class_definition' || node.type === 'lambda') continue;
    if (node.type === 'return_statement' && node.children[0]) found.push(node.children[0]);
    open.push(...node.children);
  }
  return found;
}

function agreed(names: readonly (string | null)[]): string | null {
  const [first] = names;
  return first !== undefined && names.every((name) => name === first) ? first : null;
}
