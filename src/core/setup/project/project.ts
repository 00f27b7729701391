// The whole project as rules see it: modules, calls with their names, what can be reached from where a person starts.

import { type CodeText, type PyCall, type PyClass, type PyFunction, PyModule } from '../python/module';
import type { PythonParser } from '../python/parse';
import { dottedOf, type Known } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import type { ProjectFiles } from './files';
import { bindImports } from './imports';
import { Contents, ImportedNames, ShortNames } from './lookup';
import type { Notebook } from './notebook';

/** A call whose name is known, that some start of the project reaches. */
export interface NamedCall extends PyCall {
  readonly name: string | null;
}

/** Programs whose calls are remembered: each may be nearly the whole project. */
const mostPrograms = 16;

export class Project implements Known {
  readonly calls: readonly NamedCall[];
  readonly #functions = new Map<string, PyFunction>();
  readonly #classes = new Map<string, PyClass>();
  readonly #methods = new Map<string, PyFunction[]>();
  readonly #callers = new Map<PyFunction, PyCall[]>();
  readonly #names = new Map<Syntax, string | null>();
  readonly #reached = new Set<PyFunction>();
  readonly #beside: ReadonlySet<PyModule>;
  readonly #packages = new Map<string, PyModule>();
  #callsTo: Map<PyFunction, NamedCall[]> | null = null;
  readonly #callsIn = new Map<PyModule, readonly NamedCall[]>();
  readonly #callsOf = new Map<ReadonlySet<PyModule>, readonly NamedCall[]>();
  readonly #short: ShortNames;
  readonly #contents: Contents;

  constructor(
    readonly files: ProjectFiles,
    readonly modules: readonly PyModule[],
    readonly notebooks: ReadonlyMap<string, Notebook>,
    /** Settings files that could be read: path → text. */
    readonly settings: ReadonlyMap<string, string>,
  ) {
    bindImports(modules);
    this.#short = new ShortNames(modules);
    this.#contents = new Contents(modules);
    for (const module of modules) {
      this.#packages.set(module.dotted, module);
      for (const fn of module.functions) {
        this.#functions.set(fn.dotted, fn);
        if (!fn.owner) continue;
        const known = this.#methods.get(fn.name);
        if (known) known.push(fn);
        else this.#methods.set(fn.name, [fn]);
      }
      for (const one of module.classes) this.#classes.set(one.dotted, one);
    }
    this.#beside = new Set(modules.filter(isBeside));
    this.#linkCallers();
    this.#reach();
    for (const module of modules) {
      const named = module.calls.filter((call) => this.reaches(call)).map((call) => ({ ...call, name: this.nameOf(call.callee, call.module) }));
      this.#callsIn.set(module, named);
    }
    this.calls = modules.flatMap((module) => this.callsIn(module));
  }

  functionOf(dotted: string): PyFunction | undefined {
    return this.#functions.get(dotted) ?? this.#functions.get(this.#short.full(dotted)) ?? this.#functions.get(this.#exported(dotted));
  }

  classOf(dotted: string): PyClass | undefined {
    return this.#classes.get(dotted) ?? this.#classes.get(this.#short.full(dotted)) ?? this.#classes.get(this.#exported(dotted));
  }

  /** What packages, documents or tests a project: no part of what a person starts. */
  isBeside(module: PyModule): boolean {
    return this.#beside.has(module);
  }

  /** Calls of some of the modules that can run, as `calls` has them. */
  callsOf(modules: ReadonlySet<PyModule>): readonly NamedCall[] {
    const known = this.#callsOf.get(modules);
    if (known) return known;
    const found = modules.size === this.modules.length ? this.calls : this.modules.flatMap((module) => (modules.has(module) ? this.callsIn(module) : []));
    if (this.#callsOf.size >= mostPrograms) this.#callsOf.clear();
    this.#callsOf.set(modules, found);
    return found;
  }

  callsIn(module: PyModule): readonly NamedCall[] {
    return this.#callsIn.get(module) ?? [];
  }

  /** The calls that can run and may run a function, by all that is known of their names. */
  callsTo(fn: PyFunction): readonly NamedCall[] {
    if (!this.#callsTo) {
      this.#callsTo = new Map();
      for (const call of this.calls)
        for (const target of this.targetsOf(call)) {
          const others = this.#callsTo.get(target);
          if (others) others.push(call);
          else this.#callsTo.set(target, [call]);
        }
    }
    return this.#callsTo.get(fn) ?? [];
  }

  callersOf(fn: PyFunction): readonly PyCall[] {
    return this.#callers.get(fn) ?? [];
  }

  /** The dotted name of an expression, remembered. */
  nameOf(node: Syntax, module: PyModule): string | null {
    const known = this.#names.get(node);
    if (known !== undefined) return known;
    const name = dottedOf(node, module, this);
    this.#names.set(node, name);
    return name;
  }

  /** Whether a function can run when the project is started as a person would. */
  isReached(fn: PyFunction): boolean {
    return this.#reached.has(fn);
  }

  /** Whether a call can run: its function is reached, and no `if False` stands around it. */
  reaches({ node, within, module }: Pick<PyCall, 'node' | 'within' | 'module'>): boolean {
    return (within === null ? !this.#beside.has(module) : this.#reached.has(within)) && !isDead(node, module);
  }

  /** The functions of the project that a call may run. By the method's name alone where only one class has it. */
  targetsOf(call: PyCall): readonly PyFunction[] {
    const name = this.nameOf(call.callee, call.module);
    const fn = name === null ? undefined : this.functionOf(name);
    if (fn) return [fn];
    const made = name === null ? undefined : this.classOf(name);
    if (made) return ['__init__', '__post_init__', '__call__', 'forward'].flatMap((method) => this.functionOf(`${made.dotted}.${method}`) ?? []);
    if (call.callee.type !== 'attribute' || name !== null) return [];
    const attribute = fieldOf(call.callee, 'attribute');
    const methods = attribute ? (this.#methods.get(call.module.textOf(attribute)) ?? []) : [];
    return methods.length === 1 ? methods : [];
  }

  /** What a package hands on from its modules: `src.utils.log_all` of `from src.utils.logs import log_all` in its `__init__.py`. */
  #exported(dotted: string): string {
    let at = this.#short.full(dotted);
    for (let depth = 0; depth < 4; depth++) {
      const cut = at.lastIndexOf('.');
      const [owner, name] = [this.#packages.get(at.slice(0, cut)), at.slice(cut + 1)];
      const bound = owner?.scopes.get(owner.root)?.bindings;
      const only = bound?.get(name)?.[0];
      // `from lab.net import *` in a package's `__init__.py`.
      if (!only)
        for (const star of bound?.get('*') ?? []) {
          const whole = star.kind === 'import' ? `${this.#short.full(star.dotted)}.${name}` : '';
          if (this.#functions.has(whole) || this.#classes.has(whole)) return whole;
        }
      if (only?.kind !== 'import' || only.dotted === at) break;
      at = this.#short.full(only.dotted);
      if (this.#functions.has(at) || this.#classes.has(at)) break;
    }
    return at;
  }

  #linkCallers(): void {
    for (const module of this.modules) {
      for (const call of module.calls) {
        // By the written name first: resolving arguments needs callers, so callers must not need arguments.
        for (const fn of this.#byWrittenName(call)) {
          // What a test hands over says nothing of a run.
          if (this.#beside.has(module) && !this.#beside.has(fn.module)) continue;
          const known = this.#callers.get(fn);
          if (known) known.push(call);
          else this.#callers.set(fn, [call]);
        }
      }
    }
  }

  #byWrittenName(call: PyCall): readonly PyFunction[] {
    const { callee, module } = call;
    if (callee.type === 'identifier') {
      const [binding] = module.scopeOf(callee).lookup(module.textOf(callee));
      if (binding?.kind === 'def' || binding?.kind === 'class' || binding?.kind === 'import') {
        const dotted = binding.kind === 'import' ? binding.dotted : `${module.dotted}.${module.textOf(callee)}`;
        const fn = this.functionOf(dotted) ?? this.functionOf(`${this.classOf(dotted)?.dotted}.__init__`);
        return fn ? [fn] : [];
      }
      return [];
    }
    const attribute = callee.type === 'attribute' ? fieldOf(callee, 'attribute') : null;
    const methods = attribute ? (this.#methods.get(module.textOf(attribute)) ?? []) : [];
    if (methods.length === 1) return methods;
    const name = attribute ? dottedOf(callee, module, { functionOf: () => undefined, classOf: () => undefined, callersOf: () => [] }) : null;
    const fn = name === null ? undefined : this.functionOf(name);
    return fn ? [fn] : [];
  }

  /** From the top of every file that a person could start, through the project's own calls; what a framework calls counts as called. */
  #reach(): void {
    const imported = new ImportedNames(this.modules);
    const starts = this.modules.filter((module) => !this.#beside.has(module) && (isStart(module) || !imported.has(module)));
    const open: PyFunction[] = [];
    const add = (fn: PyFunction) => {
      if (this.#reached.has(fn)) return;
      this.#reached.add(fn);
      open.push(fn);
    };
    const follow = (around: PyFunction | PyModule) => {
      for (const call of this.#contents.callsIn(around)) {
        if (isDead(call.node, call.module)) continue;
        for (const fn of this.targetsOf(call)) add(fn);
        this.#handed(call).forEach(add);
      }
    };
    const drain = () => {
      for (let fn = open.pop(); fn; fn = open.pop()) {
        follow(fn);
        // What is defined inside is returned, handed on or called: `def wrapper` of a decorator.
        this.#contents.functionsIn(fn).forEach(add);
        // Methods that a framework or the language calls on an instance: once a class is made, all of them may run.
        if (fn.owner) this.#contents.methodsOf(fn.owner).forEach(add);
      }
    };
    // The top of an imported file runs when it is imported.
    for (const module of this.modules) if (!this.#beside.has(module)) follow(module);
    // A file that is started by the name of a function, as an installed command does.
    for (const module of starts) {
      if (isStart(module)) continue;
      const entry = module.functions.some((fn) => this.#reached.has(fn)) ? /^(main|cli)$/ : /^(main|cli|run|train)$/;
      for (const fn of module.functions) if (!fn.owner && entry.test(fn.name) && this.callersOf(fn).length === 0) add(fn);
    }
    // Functions that are started by their names from outside: `globals()[name]()`, `fire.Fire()`.
    for (const module of starts) if (/\bglobals\(\)\s*\[|\bFire\(\s*\)/.test(module.code.text)) for (const fn of module.functions) if (!fn.owner) add(fn);
    // Entry points that a decorator makes: `@hydra.main`, `@app.command()`, `@ex.automain`.
    for (const module of this.modules)
      if (!this.#beside.has(module)) for (const fn of module.functions) if (!fn.owner && fn.decorators.some((one) => !this.#isWrapper(one, module))) add(fn);
    // A decorator of the project runs when what it decorates is defined.
    for (const module of this.modules)
      for (const { decorators } of module.functions)
        for (const { children } of decorators) {
          const [expression] = children;
          const written = expression?.type === 'call' ? fieldOf(expression, 'function') : expression;
          const name = written ? dottedOf(written, module, this) : null;
          const decorator = name === null ? undefined : this.functionOf(name);
          if (decorator) add(decorator);
        }
    // A `main` that nothing in view calls is called from outside: an entry point of the package, or a line that was lost.
    for (const module of starts) {
      const own = module.functions.filter((fn) => !fn.owner && module.scopeOf(fn.node).parent === module.scopes.get(module.root));
      const started = own.some((fn) => this.#reached.has(fn));
      for (const fn of own)
        if (fn.name === 'main' || (!started && /^(train|run|fit|cli)(_\w+)?$/.test(fn.name))) if ((this.#callers.get(fn)?.length ?? 0) === 0) add(fn);
    }
    if (this.#reached.size === 0 && starts.length === 0 && this.#beside.size === 0) for (const module of this.modules) module.functions.forEach(add);
    drain();
    // Where nothing that starts trains, functions that a user of the package calls do.
    const trains = (fn: PyFunction | null, module: PyModule) => (fn === null ? !this.#beside.has(module) : this.#reached.has(fn));
    if (!this.modules.some((module) => module.calls.some(({ callee, within }) => training.test(module.textOf(callee)) && trains(within, module)))) {
      for (const module of this.modules)
        if (!this.#beside.has(module))
          for (const fn of module.functions)
            if (!fn.owner && /^(train|run|fit|main|finetune|fine_tune)(_\w+)?$/.test(fn.name) && !/_(steps?|epochs?|batch|iter\w*)$/.test(fn.name)) add(fn);
      drain();
    }
    for (const module of this.modules) this.#reachClasses(module, add, drain);
  }

  /** Classes without `__init__`, and bases: made somewhere, so their methods may run. */
  #reachClasses(module: PyModule, add: (fn: PyFunction) => void, drain: () => void): void {
    for (const call of module.calls) {
      if (!this.reaches(call)) continue;
      const name = this.nameOf(call.callee, module);
      for (let made = name === null ? undefined : this.classOf(name), depth = 0; made && depth < 8; depth++) {
        const current: PyClass = made;
        this.#contents.methodsOf(current).forEach(add);
        const base = current.bases[0];
        made = base ? this.classOf(dottedOf(base, current.module, this) ?? '') : undefined;
      }
    }
    drain();
  }

  /** A decorator that only changes how a function runs (`@contextmanager`, `@torch.no_grad()`, `@jax.jit`): it starts nothing and registers nothing. */
  #isWrapper({ children }: Syntax, module: PyModule): boolean {
    const [expression] = children;
    const written = expression?.type === 'call' ? fieldOf(expression, 'function') : expression;
    if (!written) return false;
    const name = dottedOf(written, module, this) ?? module.textOf(written);
    const own = this.functionOf(name);
    // One of the project's own that gives back another function: it times, caches or checks.
    return wrapping.test(name) || (own !== undefined && this.#contents.functionsIn(own).length > 0);
  }

  /** Functions handed over as values: `study.optimize(objective)`, `Pool().map(work, …)`, `callbacks=[report]`. */
  #handed({ args, keywords, module }: PyCall): readonly PyFunction[] {
    return [...args, ...keywords.values()].flatMap(heldIn).flatMap((value) => {
      if (value.type !== 'identifier' && value.type !== 'attribute') return [];
      const name = dottedOf(value, module, this);
      const fn = name === null ? undefined : this.functionOf(name);
      return fn ? [fn] : [];
    });
  }
}

/** What a written list, tuple or dictionary holds; another value stands for itself. */
const heldIn = (value: Syntax): readonly Syntax[] =>
  /^(list|tuple|set|dictionary)$/.test(value.type)
    ? value.children.flatMap((one) => heldIn(one.type === 'pair' ? (fieldOf(one, 'value') ?? one) : one))
    : [value];

/** What a training does, by its last word. */
const training = /(^|\.)(backward|fit|fit_generator|train_on_batch|learn|train|GradientTape|value_and_grad)$/;

const wrapping =
  /^(contextlib|functools|typing|typing_extensions|abc|warnings|numba|torch|jax|flax|equinox|tensorflow|pytest|atexit|dataclasses)\b|^(property|staticmethod|classmethod|profile)$|(^|\.)(deprecated|cached?|jit|njit|no_grad|retry|record|rank_zero_only)$/;

/** What packages a project, documents or tests it: no program that a person starts to train. A `test.py` that scores a model is one. */
function isBeside({ code: { path, text, cells }, functions, classes }: PyModule): boolean {
  if (cells !== null) return false;
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (/^(setup|conftest|versioneer|_version|noxfile|tasks|fabfile)\.py$/.test(file) || /(^|\/)docs?\/(source\/)?conf\.py$/.test(path)) return true;
  // It times a loop, and keeps nothing of it.
  if (/^(bench(mark)?(s|ing)?|profil(e|er|ing))(_\w+)?\.py$|_(bench|benchmark|profiler?)\.py$/.test(file))
    return /\b(perf_counter|time\.time|cuda\.Event|timeit|profiler?)\b/.test(text) && !/\b(torch\.save|save_\w+|SummaryWriter|wandb|mlflow)\b/.test(text);
  const named = /^test_\w*\.py$|_test\.py$/.test(file) || /(^|\/)(tests?|testing|unit_?tests?)\//.test(path);
  if (!named) return false;
  return (
    /^\s*(import|from)\s+(pytest|unittest|absl\.testing|nose|hypothesis)\b/m.test(text) ||
    ((functions.some(({ name }) => /^test_\w/.test(name)) || classes.some(({ name }) => /^Test[A-Z]/.test(name))) && !/\bparse_args\(/.test(text))
  );
}

const isStart = (module: PyModule): boolean => /__name__\s*==\s*['"]__main__['"]/.test(module.code.text) || module.code.cells !== null;

/** Under `if False:`, `if 0:` or `while False:`. */
function isDead(node: Syntax, module: PyModule): boolean {
  let below = node;
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'if_statement' || at.type === 'while_statement') {
      const condition = fieldOf(at, 'condition');
      const never = condition !== null && (condition.type === 'false' || module.textOf(condition) === '0');
      if (never && fieldOf(at, 'consequence') === below) return true;
      if (never && fieldOf(at, 'body') === below) return true;
    }
    below = at;
  }
  return false;
}

/** `src/models/net.py` → `src.models.net`; a package by its folder. */
export const dottedPath = (path: string): string =>
  path
    .replace(/\.(pyw?|ipynb)$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');

/** Parses one file into a module; null where it cannot be, with the reason. */
export function moduleOf(code: CodeText, parser: PythonParser): PyModule | null {
  const parsed = parser.parse(code.text);
  return parsed ? new PyModule(code, parsed.root, parsed.errors, dottedPath(code.path)) : null;
}
