// What of a project can run when it is started as a person would: followed from the tops of its files through its own calls.

import type { PyCall, PyClass, PyFunction, PyModule } from '../python/module';
import { dottedOf, type Known } from '../python/resolve';
import { fieldOf, type Syntax } from '../python/syntax';
import { Contents, ImportedNames } from './lookup';

/** What following calls asks of the project. */
interface Followed extends Known {
  readonly modules: readonly PyModule[];
  targetsOf(call: PyCall): readonly PyFunction[];
  nameOf(node: Syntax, module: PyModule): string | null;
}

export class Reach {
  readonly #project: Followed;
  readonly #reached = new Set<PyFunction>();
  readonly #byUsers = new Set<PyFunction>();
  readonly #beside: ReadonlySet<PyModule>;
  #open: PyFunction[] = [];

  constructor(project: Followed) {
    this.#project = project;
    this.#beside = new Set(project.modules.filter(isBeside));
  }

  /** What packages, documents or tests a project: no part of what a person starts. */
  isBeside(module: PyModule): boolean {
    return this.#beside.has(module);
  }

  has(fn: PyFunction): boolean {
    return this.#reached.has(fn);
  }

  /** Whether a function runs only because users of the package, none of whom is in view, call the class that it belongs to. */
  isByUsers(fn: PyFunction): boolean {
    return this.#byUsers.has(fn);
  }

  /** Whether a call can run: its function is reached, and no `if False` stands around it. */
  reaches({ node, within, module }: Pick<PyCall, 'node' | 'within' | 'module'>): boolean {
    return this.#canRun(within, module) && !isDead(node, module);
  }

  /** From the top of every file that a person could start, through the project's own calls; what a framework calls counts as called. Stops often. */
  *find(): Generator<void> {
    const { modules } = this.#project;
    const contents = new Contents(modules);
    const imported = new ImportedNames(modules);
    const starts = modules.filter((module) => !this.#beside.has(module) && (isStart(module) || !imported.has(module)));
    // The top of an imported file runs when it is imported.
    for (const module of modules) if (!this.#beside.has(module)) yield* this.#follow(module, contents);
    // A file that is started by the name of a function, as an installed command does.
    for (const module of starts) {
      if (isStart(module)) continue;
      const entry = module.functions.some((fn) => this.has(fn)) ? /^(main|cli)$/ : /^(main|cli|run|train)$/;
      for (const fn of module.functions) if (!fn.owner && entry.test(fn.name) && this.#project.callersOf(fn).length === 0) this.#add(fn);
    }
    // Functions that are started by their names from outside: `globals()[name]()`, `fire.Fire()`.
    for (const module of starts) if (/\bglobals\(\)\s*\[|\bFire\(\s*\)/.test(module.code.text)) for (const fn of module.functions) if (!fn.owner) this.#add(fn);
    yield* this.#decorated(contents);
    // A `main` that nothing in view calls is called from outside: an entry point of the package, or a line that was lost.
    for (const module of starts) {
      yield;
      const top = module.scopes.get(module.root);
      const own = module.functions.filter((fn) => !fn.owner && module.scopeOf(fn.node).parent === top);
      const started = own.some((fn) => this.has(fn));
      for (const fn of own)
        if (fn.name === 'main' || (!started && /^(train|run|fit|cli)(_\w+)?$/.test(fn.name))) if (this.#project.callersOf(fn).length === 0) this.#add(fn);
    }
    if (this.#reached.size === 0 && starts.length === 0 && this.#beside.size === 0)
      for (const { functions } of modules) for (const fn of functions) this.#add(fn);
    yield* this.#drain(contents);
    // Where nothing that starts trains, functions that a user of the package calls do.
    if (!(yield* this.#trains())) {
      for (const module of modules)
        if (!this.#beside.has(module))
          for (const fn of module.functions)
            if (!fn.owner && /^(train|run|fit|main|finetune|fine_tune)(_\w+)?$/.test(fn.name) && !/_(steps?|epochs?|batch|iter\w*)$/.test(fn.name))
              this.#add(fn);
      yield* this.#drain(contents);
    }
    // And where those do not either, classes whose users call a method that is named for it.
    const own = (yield* this.#trains()) ? null : new Set(this.#reached);
    if (own) {
      for (const module of modules) if (!this.#beside.has(module)) for (const fn of module.functions) if (fn.owner && byUsers.test(fn.name)) this.#add(fn);
      yield* this.#drain(contents);
    }
    for (const module of modules) yield* this.#classes(module, contents);
    if (own) for (const fn of this.#reached) if (!own.has(fn)) this.#byUsers.add(fn);
  }

  #canRun(within: PyFunction | null, module: PyModule): boolean {
    return within === null ? !this.#beside.has(module) : this.#reached.has(within);
  }

  /** Whether anything that is reached so far looks like a training. */
  *#trains(): Generator<void, boolean> {
    for (const module of this.#project.modules) {
      yield;
      for (const call of module.calls) if (training.test(module.textOf(call.callee)) && this.#canRun(call.within, module)) return true;
    }
    return false;
  }

  #add(fn: PyFunction): void {
    if (this.#reached.has(fn)) return;
    this.#reached.add(fn);
    this.#open.push(fn);
  }

  *#follow(around: PyFunction | PyModule, contents: Contents): Generator<void> {
    for (const call of contents.callsIn(around)) {
      yield;
      if (isDead(call.node, call.module)) continue;
      for (const fn of this.#project.targetsOf(call)) this.#add(fn);
      for (const fn of this.#handed(call)) this.#add(fn);
    }
  }

  *#drain(contents: Contents): Generator<void> {
    for (let fn = this.#open.pop(); fn; fn = this.#open.pop()) {
      yield* this.#follow(fn, contents);
      // What is defined inside is returned, handed on or called: `def wrapper` of a decorator.
      for (const inner of contents.functionsIn(fn)) this.#add(inner);
      // Methods that a framework or the language calls on an instance: once a class is made, all of them may run.
      if (fn.owner) for (const method of contents.methodsOf(fn.owner)) this.#add(method);
    }
  }

  *#decorated(contents: Contents): Generator<void> {
    const { modules } = this.#project;
    // Entry points that a decorator makes: `@hydra.main`, `@app.command()`, `@ex.automain`.
    for (const module of modules) {
      yield;
      if (this.#beside.has(module)) continue;
      for (const fn of module.functions) if (!fn.owner && fn.decorators.some((one) => !this.#isWrapper(one, module, contents))) this.#add(fn);
    }
    // A decorator of the project runs when what it decorates is defined.
    for (const module of modules) {
      yield;
      for (const { decorators } of module.functions)
        for (const { children } of decorators) {
          const [expression] = children;
          const written = expression?.type === 'call' ? fieldOf(expression, 'function') : expression;
          const name = written ? dottedOf(written, module, this.#project) : null;
          const decorator = name === null ? undefined : this.#project.functionOf(name);
          if (decorator) this.#add(decorator);
        }
    }
  }

  /** Classes without `__init__`, and bases: made somewhere, so their methods may run. */
  *#classes(module: PyModule, contents: Contents): Generator<void> {
    for (const call of module.calls) {
      yield;
      if (!this.reaches(call)) continue;
      const name = this.#project.nameOf(call.callee, module);
      for (let made = name === null ? undefined : this.#project.classOf(name), depth = 0; made && depth < 8; depth++) {
        const current: PyClass = made;
        for (const method of contents.methodsOf(current)) this.#add(method);
        const base = current.bases[0];
        made = base ? this.#project.classOf(dottedOf(base, current.module, this.#project) ?? '') : undefined;
      }
    }
    yield* this.#drain(contents);
  }

  /** A decorator that only changes how a function runs (`@contextmanager`, `@torch.no_grad()`, `@jax.jit`): it starts nothing and registers nothing. */
  #isWrapper({ children }: Syntax, module: PyModule, contents: Contents): boolean {
    const [expression] = children;
    const written = expression?.type === 'call' ? fieldOf(expression, 'function') : expression;
    if (!written) return false;
    const name = dottedOf(written, module, this.#project) ?? module.textOf(written);
    const own = this.#project.functionOf(name);
    // One of the project's own that gives back another function: it times, caches or checks.
    return wrapping.test(name) || (own !== undefined && contents.functionsIn(own).length > 0);
  }

  /** Functions handed over as values: `study.optimize(objective)`, `Pool().map(work, …)`, `callbacks=[report]`. */
  #handed({ args, keywords, module }: PyCall): readonly PyFunction[] {
    return [...args, ...keywords.values()].flatMap(heldIn).flatMap((value) => {
      if (value.type !== 'identifier' && value.type !== 'attribute') return [];
      const name = dottedOf(value, module, this.#project);
      const fn = name === null ? undefined : this.#project.functionOf(name);
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

/** Methods that users of a package and steps of a pipeline call to train. */
const byUsers = /^(train|fit|run|fine_?tune)(_(model|network|loop|gan|training))?$|^(model|start)_training$|^initiate_(\w+_)?train\w*$/;

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
function isDead({ tree, row }: Syntax, module: PyModule): boolean {
  const { table } = tree;
  for (let below = row, at = table.parent(row); below > 0; below = at, at = table.parent(at)) {
    const { type } = table.kind(at);
    if (type !== 'if_statement' && type !== 'while_statement') continue;
    const node = tree.node(at);
    const condition = fieldOf(node, 'condition');
    const never = condition !== null && (condition.type === 'false' || module.textOf(condition) === '0');
    if (never && (fieldOf(node, 'consequence')?.row === below || fieldOf(node, 'body')?.row === below)) return true;
  }
  return false;
}
