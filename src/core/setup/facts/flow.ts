// What a value is made from: a backward slice through assignments, mutations, returns and parameters of the project's own code.

import type { Project } from '../project/project';
import type { PyCall, PyClass, PyFunction, PyModule } from '../python/module';
import type { Binding } from '../python/names';
import { argumentOf, returnsOf } from '../python/resolve';
import { fieldOf, memberOf, type Syntax, walk } from '../python/syntax';
import { onceOf } from '../steps';

/** Expressions beyond this say no more: the slice ends there. */
const mostNodes = 4_000;
/** One expression can be a table of a megabyte: that much of it is looked at. */
const mostInStep = 20_000;
const deepest = 6;
const mostCallers = 12;
/** Of a name that is given values more often, as generated code does, those nearest before the use count. */
const mostDefinitions = 500;
/** Slices are remembered until they hold so many nodes together. */
const mostRemembered = 100_000;

export interface Sources {
  /** Every expression that the value may come from, with its module. */
  readonly nodes: ReadonlyMap<Syntax, PyModule>;
  /** Variables met on the way, by their bindings. */
  readonly variables: ReadonlySet<readonly Binding[]>;
}

/** What changes a value in place: `losses.append(loss)`, `log["x"] = y`. */
interface Mutation {
  readonly root: Syntax;
  readonly node: Syntax;
  readonly values: readonly Syntax[];
}

interface Mutations {
  readonly ofVariables: ReadonlyMap<readonly Binding[], readonly Mutation[]>;
  /** By `self.name`. */
  readonly ofSelf: ReadonlyMap<string, readonly Mutation[]>;
}

function push<K>(map: Map<K, Mutation[]>, key: K, value: Mutation): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** One place that gives a variable (part of) its value. */
export interface Definition {
  readonly node: Syntax;
  readonly value: Syntax | null;
  /** It replaces what was there; an append or `+=` does not. */
  readonly replaces: boolean;
  readonly binding: Binding | null;
}

const mutating =
  /^(append|appendleft|extend|insert|add|add_|update|push|put|record|accumulate|observe|store|setdefault|fit|partial_fit|fit_on_texts|adapt|add_batch|update_state|collect|concat|merge|log_batch)$/;
const gathering = /^((tensorflow\.keras|keras|tf_keras)\.metrics|torchmetrics(\.\w+)*|torcheval\.metrics|clu\.metrics)\.[A-Z]\w*$/;
/** A variable that holds one, and no class. */
const isHeld = /^(self\.)?[a-z_]\w*$/;
const loopTypes = /^(for_statement|while_statement)$/;
const inner = new Set(['function_definition', 'class_definition']);

export class Flow {
  readonly #sources = new Map<Syntax, Sources>();
  #remembered = 0;
  // Both go with the syntax that they are of.
  readonly #definitions = new WeakMap<readonly Binding[], readonly Definition[]>();
  readonly #mutations = new WeakMap<Syntax, Mutations>();
  readonly #modules: ReadonlyMap<string, PyModule>;

  constructor(readonly project: Project) {
    const modules = new Map<string, PyModule>();
    for (const module of project.modules) {
      const parts = module.dotted.split('.');
      for (let from = 0; from < parts.length; from++) {
        const short = parts.slice(from).join('.');
        if (!modules.has(short)) modules.set(short, module);
      }
    }
    this.#modules = modules;
  }

  /** What an expression may be made from. Order counts within a function, not across functions. */
  of(start: Syntax, module: PyModule): Sources {
    const known = this.#sources.get(start);
    if (known) return known;
    const nodes = new Map<Syntax, PyModule>();
    const variables = new Set<readonly Binding[]>();
    const open: Step[] = [{ node: start, module, entered: [] }];
    for (let step = open.pop(); step && nodes.size < mostNodes; step = open.pop()) {
      const most = nodes.size + mostInStep;
      const below: Syntax[] = [step.node];
      for (let node = below.pop(); node && nodes.size < most; node = below.pop()) {
        // What was seen was seen with all below it: an expression is walked once, however many ways lead to it.
        if (nodes.has(node) || isLabel(node)) continue;
        nodes.set(node, step.module);
        if (node.type === 'identifier') this.#ofName(node, step, open, variables);
        else if (node.type === 'attribute') this.#ofAttribute(node, step, open);
        else if (node.type === 'call') this.#ofCall(node, step, open);
        if (!inner.has(node.type)) for (let at = node.children.length - 1; at >= 0; at--) below.push(node.children[at] as Syntax);
      }
    }
    const found: Sources = { nodes, variables };
    this.#remember(start, found);
    return found;
  }

  #remember(start: Syntax, found: Sources): void {
    this.#remembered += found.nodes.size;
    if (this.#remembered > mostRemembered) {
      this.#sources.clear();
      this.#remembered = found.nodes.size;
    }
    this.#sources.set(start, found);
  }

  /** The bindings that a name stands for, or an empty list. */
  variableOf(node: Syntax, module: PyModule): readonly Binding[] {
    return module.scopeOf(node).lookup(module.textOf(node));
  }

  /** What may have given a name the value that it has at a use. */
  definitionsOf(use: Syntax, module: PyModule): readonly Definition[] {
    const bindings = this.variableOf(use, module);
    return bindings.length === 0 ? [] : this.#reaching(use, module, bindings);
  }

  #ofName(node: Syntax, { module, entered }: Step, open: Step[], variables: Set<readonly Binding[]>): void {
    const bindings = this.variableOf(node, module);
    if (bindings.length === 0) return;
    variables.add(bindings);
    for (const { binding, value } of this.#reaching(node, module, bindings)) {
      if (value) open.push({ node: value, module, entered });
      if (binding?.kind === 'import') this.#ofImport(binding.dotted, open, entered);
      if (binding?.kind === 'parameter') this.#ofParameter(binding, module.textOf(node), { node, module, entered }, open);
    }
  }

  /** Definitions that can reach a use: the last that surely ran before it, and what may have changed it since or in the loop before. */
  #reaching(use: Syntax, module: PyModule, bindings: readonly Binding[]): readonly Definition[] {
    const all = near(use, this.#definitionsOf(bindings, module));
    const around = module.functionAround(use);
    const [first] = bindings;
    if (!first || (first.kind !== 'parameter' && module.functionAround(first.node) !== around)) return all;
    const last = all
      .filter((one) => one.replaces && !isOwn(one, use) && (one.binding?.kind === 'parameter' || (one.node.from < use.from && dominates(one, use))))
      .sort((a, b) => a.node.from - b.node.from)
      .at(-1);
    if (!last) return all.filter((one) => !isOwn(one, use) || isLooped(use));
    return all.filter(
      (one) =>
        one === last ||
        (one.node.from > last.node.from && one.node.from < use.from && !isOwn(one, use)) ||
        ((one.node.from >= use.from || isOwn(one, use)) && sharesLoop(one.node, use, last.node)) ||
        // A closure or a nested function changes it at a time that cannot be seen.
        module.functionAround(one.node) !== around,
    );
  }

  /** Bindings of a variable and what changes it, in any order. */
  #definitionsOf(bindings: readonly Binding[], module: PyModule): readonly Definition[] {
    const known = this.#definitions.get(bindings);
    if (known) return known;
    const found = [
      ...bindings.map(
        (binding): Definition => ({ node: binding.node, value: boundValue(binding), replaces: binding.node.type !== 'augmented_assignment', binding }),
      ),
      ...(this.#mutationsOf(module).ofVariables.get(bindings) ?? []).flatMap(({ node, values }) =>
        values.map((value): Definition => ({ node, value, replaces: false, binding: null })),
      ),
    ];
    this.#definitions.set(bindings, found);
    return found;
  }

  #ofImport(dotted: string, open: Step[], entered: readonly PyFunction[]): void {
    const cut = dotted.lastIndexOf('.');
    const module = this.#modules.get(dotted.slice(0, cut));
    const bindings = module?.scopes.get(module.root)?.bindings.get(dotted.slice(cut + 1)) ?? [];
    if (!module) return;
    for (const binding of bindings) {
      const value = boundValue(binding);
      if (value) open.push({ node: value, module, entered });
    }
  }

  #ofParameter(binding: Binding & { readonly kind: 'parameter' }, name: string, { module, entered }: Step, open: Step[]): void {
    const fn = functionOfParameter(binding, module);
    // Entered from a call: its arguments are part of the slice already.
    if (!fn || entered.includes(fn)) return;
    const callers = this.project.callersOf(fn);
    if (callers.length > mostCallers) return;
    for (const call of callers) {
      const value = argumentOf(call, fn, name);
      if (value) open.push({ node: value, module: call.module, entered });
    }
  }

  #ofAttribute(node: Syntax, { module, entered }: Step, open: Step[]): void {
    const member = memberOf(node);
    if (!member) return;
    const { object, name } = member;
    if (module.textOf(object) === 'self') {
      let above: Syntax | null = node;
      while (above && above.type !== 'class_definition') above = above.parent;
      const owner = above && module.classAt(above);
      if (!owner) return;
      for (const value of valuesOf(owner, name)) open.push({ node: value, module, entered });
      for (const { root, values } of this.#mutationsOf(module).ofSelf.get(`self.${name}`) ?? [])
        if (owner.node.from <= root.from && root.to <= owner.node.to) for (const value of values) open.push({ node: value, module, entered });
      return;
    }
    const dotted = this.project.nameOf(object, module);
    const made = dotted === null ? undefined : this.project.classOf(dotted);
    if (made) for (const value of valuesOf(made, name)) open.push({ node: value, module: made.module, entered });
    else if (dotted !== null && this.#modules.has(dotted)) this.#ofImport(`${dotted}.${name}`, open, entered);
  }

  #ofCall(node: Syntax, { module, entered }: Step, open: Step[]): void {
    const call = this.project.callAt(node, module);
    if (!call || entered.length >= deepest) return;
    for (const fn of this.project.targetsOf(call)) {
      if (fn.name === '__init__' || entered.includes(fn)) continue;
      for (const value of [...returnsOf(fn), ...yieldsOf(fn)]) open.push({ node: value, module: fn.module, entered: [...entered, fn] });
    }
  }

  #mutationsOf(module: PyModule): Mutations {
    const { root: top } = module;
    const known = this.#mutations.get(top);
    if (known) return known;
    const found = { ofVariables: new Map<readonly Binding[], Mutation[]>(), ofSelf: new Map<string, Mutation[]>() };
    const add = (object: Syntax, node: Syntax, values: readonly Syntax[]) => {
      const root = rootOf(object, module);
      if (!root) return;
      const one = { root, node, values };
      if (root.type === 'identifier') push(found.ofVariables, this.variableOf(root, module), one);
      else push(found.ofSelf, module.textOf(root), one);
    };
    for (const call of module.calls) {
      const method = memberOf(call.callee);
      // `train_loss(loss)` of a metric that gathers what it is called with.
      if (isHeld.test(module.textOf(call.callee)) && gathering.test(this.project.nameOf(call.callee, module) ?? '')) add(call.callee, call.node, call.args);
      if (method && mutating.test(method.name)) add(method.object, call.node, [...call.args, ...call.keywords.values(), ...trained(call)]);
    }
    for (const node of walk(module.root)) {
      if (node.type !== 'assignment' && node.type !== 'augmented_assignment') continue;
      const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
      if (!left || !right) continue;
      // The key under which it is put says what it is: `metrics["acc"] = …`.
      if (left.type === 'subscript') add(left, node, [right, ...left.children.filter(({ type, field }) => type === 'string' && field === 'subscript')]);
      else if (left.type === 'attribute' && (node.type === 'augmented_assignment' || !isSelf(left, module))) add(left, node, [right]);
    }
    this.#mutations.set(top, found);
    return found;
  }
}

/** What a class gives an attribute: in its methods, and in its body. */
const valuesOf = (owner: PyClass, name: string): readonly Syntax[] => [
  ...(owner.attributes.get(name) ?? []).map(({ value }) => value),
  ...owner.constantsOf(name),
];

/** The definitions, or where there are very many those nearest before a use; parameters always. */
function near(use: Syntax, definitions: readonly Definition[]): readonly Definition[] {
  if (definitions.length <= mostDefinitions) return definitions;
  const before = definitions.filter(({ node }) => node.from < use.from).sort((a, b) => b.node.from - a.node.from);
  return before.length > 0 ? before.slice(0, mostDefinitions) : definitions.slice(0, mostDefinitions);
}

/** The function that a parameter is of; undefined for a lambda's. */
function functionOfParameter({ node }: Binding, module: PyModule): PyFunction | undefined {
  const definition = node.parent?.parent;
  return definition ? module.functionAt(definition) : undefined;
}

interface Step {
  readonly node: Syntax;
  readonly module: PyModule;
  /** Functions that the slice went into through a call. */
  readonly entered: readonly PyFunction[];
}

/** The flow of a project, made once. */
export const flowOf = onceOf((project: Project): Flow => new Flow(project));

/** A fit changes the object itself: the call is part of what it is. */
const trained = ({ node, module, callee }: PyCall): readonly Syntax[] => (/\.(fit|partial_fit|fit_on_texts|adapt)$/.test(module.textOf(callee)) ? [node] : []);

const isSelf = (node: Syntax, module: PyModule): boolean => {
  const object = fieldOf(node, 'object');
  return object !== null && module.textOf(object) === 'self';
};

/** Names that are no values: keywords of arguments, attributes. */
const isLabel = (node: Syntax): boolean =>
  node.type === 'identifier' &&
  ((node.field === 'name' && node.parent?.type === 'keyword_argument') || (node.field === 'attribute' && node.parent?.type === 'attribute'));

/** Where a binding's value stands; of an unpacking the whole right side. */
function boundValue(binding: Binding): Syntax | null {
  switch (binding.kind) {
    case 'assign':
      return binding.value ?? fieldOf(binding.node, 'right') ?? fieldOf(binding.node, 'value');
    case 'each':
    case 'with':
      return binding.value;
    case 'parameter':
      return binding.fallback;
    default:
      return null;
  }
}

/** The variable that an expression is a part of: of `history["a"].append` `history`, of `self.log["x"]` `self.log`. */
export function rootOf(node: Syntax, module: PyModule): Syntax | null {
  for (let at: Syntax | null = node; at; ) {
    if (at.type === 'identifier') return at;
    if (at.type === 'attribute' && isSelf(at, module)) return at;
    at = at.type === 'attribute' ? fieldOf(at, 'object') : at.type === 'subscript' ? fieldOf(at, 'value') : null;
  }
  return null;
}

/** The nearest statement list around a node; a loop's own target counts as standing in its body. */
function blockOf(definition: Syntax): Syntax | null {
  if (definition.type === 'for_statement') return fieldOf(definition, 'body');
  let at = definition.parent;
  while (at && at.type !== 'block' && at.type !== 'module') {
    if (/_comprehension$|^generator_expression$/.test(at.type)) return at;
    at = at.parent;
  }
  return at;
}

/** Whether a definition has surely run when a later use does: the use stands in the same list of statements, or below. */
function dominates({ node }: Definition, use: Syntax): boolean {
  const block = blockOf(node);
  return block !== null && block.from <= use.from && use.to <= block.to;
}

/** `x = f(x)`: the value is read before it is given to the name. */
const isOwn = ({ node, binding }: Definition, use: Syntax): boolean => {
  // `with open(f) as f`, like `x = x + 1`: what is opened is named by what stood there before.
  const right = binding?.kind === 'assign' ? (fieldOf(node, 'right') ?? fieldOf(node, 'value')) : binding?.kind === 'with' ? binding.value : null;
  return right !== null && isWithin(use, right);
};

const isLooped = (use: Syntax): boolean => {
  for (let at = use.parent; at && !inner.has(at.type); at = at.parent) if (loopTypes.test(at.type)) return true;
  return false;
};

/** Whether a definition after the use comes before it in the next round of a loop that the last sure definition is not part of. */
function sharesLoop(definition: Syntax, use: Syntax, last: Syntax): boolean {
  for (let at = use.parent; at && !inner.has(at.type); at = at.parent)
    if (loopTypes.test(at.type) && at.from <= definition.from && definition.to <= at.to && !(at.from <= last.from && last.to <= at.to)) return true;
  return false;
}

function yieldsOf(fn: PyFunction): readonly Syntax[] {
  const found: Syntax[] = [];
  for (const node of walk(fn.node, (at) => at === fn.node || !inner.has(at.type))) if (node.type === 'yield') found.push(...node.children);
  return found;
}

export const isWithin = (node: Pick<Syntax, 'from' | 'to'>, outer: Pick<Syntax, 'from' | 'to'>): boolean => outer.from <= node.from && node.to <= outer.to;
