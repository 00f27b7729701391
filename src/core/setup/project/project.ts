// The whole project as rules see it: modules, calls with their names, what can be reached from where a person starts.

import { apart } from '../python/apart';
import { type CodeText, type PyCall, type PyClass, type PyFunction, PyModule } from '../python/module';
import type { PythonParser } from '../python/parse';
import { compiledBy, dottedOf, type Known, knowsNothing } from '../python/resolve';
import type { Shelf } from '../python/shelf';
import { memberOf, type Syntax } from '../python/syntax';
import type { ProjectFiles } from './files';
import { bindImports } from './imports';
import { chosenOf, overriding } from './instances';
import { push, ShortNames, trim } from './lookup';
import type { Notebook } from './notebook';
import { Reach } from './reach';

/** A call whose name is known, that some start of the project reaches. */
export type NamedCall = PyCall & { readonly name: string | null };

/** Calls of programs are remembered until they are so many together: each program may be nearly the whole project. */
const mostRemembered = 300_000;

export class Project implements Known {
  readonly #functions = new Map<string, PyFunction>();
  readonly #classes = new Map<string, PyClass>();
  readonly #methods = new Map<string, PyFunction[]>();
  readonly #callers = new Map<PyFunction, PyCall[]>();
  readonly #packages = new Map<string, PyModule>();
  /** What callers hand over for a parameter: depth and name → dotted name. */
  readonly #parameters = new Map<PyFunction, Map<string, string | null>>();
  /** One text for each name, however many calls have it. */
  readonly #names = new Map<string, string>();
  readonly #reach: Reach;
  #calls: readonly NamedCall[] = [];
  readonly #callsTo = new Map<PyFunction, NamedCall[]>();
  readonly #callsIn = new Map<PyModule, readonly NamedCall[]>();
  #callsOf = new WeakMap<ReadonlySet<PyModule>, readonly NamedCall[]>();
  #remembered = 0;
  readonly #places: ReadonlyMap<PyModule, number>;
  readonly #short: ShortNames;

  /** Nothing may be asked before it is linked. */
  constructor(
    readonly files: ProjectFiles,
    readonly modules: readonly PyModule[],
    readonly notebooks: ReadonlyMap<string, Notebook>,
    /** Settings files that could be read: path → text. */
    readonly settings: ReadonlyMap<string, string>,
  ) {
    this.#short = new ShortNames(modules);
    this.#places = new Map(modules.map((module, at) => [module, at]));
    this.#reach = new Reach(this);
    for (const module of modules) {
      this.#packages.set(module.dotted, module);
      for (const fn of module.functions) {
        this.#functions.set(fn.dotted, fn);
        if (fn.owner) push(this.#methods, fn.name, fn);
      }
      for (const one of module.classes) this.#classes.set(one.dotted, one);
    }
  }

  /** Finds what imports mean, callers, what can be reached, and the names of calls. Stops often, so that others can run meanwhile. */
  *link(): Generator<void> {
    yield* bindImports(this.modules);
    yield* this.#linkCallers();
    yield* this.#reach.find();
    for (const module of this.modules) {
      const named: NamedCall[] = [];
      for (const call of module.calls) {
        yield;
        if (this.reaches(call)) named.push(this.#named(call));
      }
      this.#callsIn.set(module, named.slice());
    }
    this.#calls = this.modules.flatMap((module) => this.callsIn(module)).slice();
    for (const call of this.#calls) {
      yield;
      for (const target of this.targetsOf(call)) push(this.#callsTo, target, call);
    }
    trim(this.#callsTo);
  }

  /** Every call that can run, in the order of files and lines. */
  get calls(): readonly NamedCall[] {
    return this.#calls;
  }

  functionOf(dotted: string): PyFunction | undefined {
    return this.#functions.get(dotted) ?? this.#functions.get(this.#short.full(dotted)) ?? this.#functions.get(this.#exported(dotted));
  }

  classOf(dotted: string): PyClass | undefined {
    return this.#classes.get(dotted) ?? this.#classes.get(this.#short.full(dotted)) ?? this.#classes.get(this.#exported(dotted));
  }

  importedBy(dotted: string, name: string, depth = 0): string | undefined {
    const module = this.#packages.get(dotted) ?? this.#packages.get(this.#short.full(dotted));
    const bound = module?.scopes.get(module.root)?.bindings;
    const [only] = bound?.get(name) ?? [];
    if (only) return only.kind === 'import' ? only.dotted : undefined;
    // Handed on twice: `from .base import *` in what is starred.
    for (const star of depth < 3 ? (bound?.get('*') ?? []) : []) {
      const found = star.kind === 'import' ? this.importedBy(star.dotted, name, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  valueOf(dotted: string): { readonly value: Syntax; readonly module: PyModule } | undefined {
    const cut = dotted.lastIndexOf('.');
    const owner = cut < 0 ? '' : dotted.slice(0, cut);
    const module = this.#packages.get(owner) ?? (owner === '' ? undefined : this.#packages.get(this.#short.full(owner)));
    const [only, ...others] = module?.scopes.get(module.root)?.bindings.get(dotted.slice(cut + 1)) ?? [];
    return module && only?.kind === 'assign' && only.value && others.length === 0 ? { value: only.value, module } : undefined;
  }

  parameterOf(fn: PyFunction, name: string, depth: number, find: () => string | null): string | null {
    const known = this.#parameters.get(fn) ?? new Map<string, string | null>();
    this.#parameters.set(fn, known);
    const key = `${depth} ${name}`;
    const made = known.get(key);
    if (made !== undefined) return made;
    const found = this.#shared(find());
    known.set(key, found);
    return found;
  }

  /** What packages, documents or tests a project: no part of what a person starts. */
  isBeside(module: PyModule): boolean {
    return this.#reach.isBeside(module);
  }

  /** Calls of some of the modules that can run, as `calls` has them. */
  callsOf(modules: ReadonlySet<PyModule>): readonly NamedCall[] {
    const known = this.#callsOf.get(modules);
    if (known) return known;
    const placeOf = (module: PyModule) => this.#places.get(module) as number;
    const isWhole = modules.size === this.modules.length;
    const found = isWhole ? this.calls : [...modules].sort((a, b) => placeOf(a) - placeOf(b)).flatMap((module) => this.callsIn(module));
    if (!isWhole) this.#remembered += found.length;
    if (this.#remembered > mostRemembered) {
      this.#callsOf = new WeakMap();
      this.#remembered = found.length;
    }
    this.#callsOf.set(modules, found);
    return found;
  }

  callsIn(module: PyModule): readonly NamedCall[] {
    return this.#callsIn.get(module) ?? [];
  }

  /** The call that a node is, where it can run. */
  callAt(node: Syntax, module: PyModule): NamedCall | undefined {
    const call = module.callAt(node);
    return call && this.reaches(call) ? this.#named(call) : undefined;
  }

  /** The calls that can run and may run a function, by all that is known of their names. */
  callsTo(fn: PyFunction): readonly NamedCall[] {
    return this.#callsTo.get(fn) ?? [];
  }

  callersOf(fn: PyFunction): readonly PyCall[] {
    return this.#callers.get(fn) ?? [];
  }

  /** The dotted name of an expression, remembered as long as the module's syntax is. */
  nameOf(node: Syntax, module: PyModule): string | null {
    const { names } = module.tree;
    const known = names.get(node.row);
    if (known !== undefined) return known;
    const name = this.#shared(dottedOf(node, module, this));
    names.set(node.row, name);
    return name;
  }

  #named(call: PyCall): NamedCall {
    if (call.name === undefined) call.name = this.nameOf(call.callee, call.module);
    return call as NamedCall;
  }

  #shared(name: string | null): string | null {
    if (name === null) return null;
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const own = apart(name);
    this.#names.set(own, own);
    return own;
  }

  /** Whether a function runs only because users of a class call it, none of whom is in view. */
  isByUsers(fn: PyFunction): boolean {
    return this.#reach.isByUsers(fn);
  }

  /** Whether a function can run when the project is started as a person would. */
  isReached(fn: PyFunction): boolean {
    return this.#reach.has(fn);
  }

  /** Whether a call can run: its function is reached, and no `if False` stands around it. */
  reaches(call: Pick<PyCall, 'node' | 'within' | 'module'>): boolean {
    return this.#reach.reaches(call);
  }

  /** The functions of the project that a call may run. By the method's name alone where only one class has it. */
  targetsOf(call: PyCall): readonly PyFunction[] {
    const { name } = this.#named(call);
    const fn = name === null ? undefined : this.functionOf(name);
    if (fn) return fn.owner ? [fn, ...overriding(fn, call, this.#methods.get(fn.name) ?? [], this)] : [fn];
    const made = name === null ? undefined : this.classOf(name);
    if (made) return ['__init__', '__post_init__', '__call__', 'forward'].flatMap((method) => this.functionOf(`${made.dotted}.${method}`) ?? []);
    if (name !== null) return [];
    const method = memberOf(call.callee);
    const methods = method ? (this.#methods.get(method.name) ?? []) : [];
    return methods.length === 1 ? methods : chosenOf(call, methods, this);
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

  *#linkCallers(): Generator<void> {
    for (const module of this.modules) {
      for (const call of module.calls) {
        yield;
        // By the written name first: resolving arguments needs callers, so callers must not need arguments.
        for (const fn of this.#byWrittenName(call)) {
          // What a test hands over says nothing of a run.
          if (!this.isBeside(module) || this.isBeside(fn.module)) push(this.#callers, fn, call);
        }
      }
    }
    trim(this.#callers);
  }

  #byWrittenName({ callee, module }: Pick<PyCall, 'callee' | 'module'>, depth = 0): readonly PyFunction[] {
    if (callee.type === 'identifier') {
      const [binding] = module.scopeOf(callee).lookup(module.textOf(callee));
      // `step = jax.jit(train_step)`
      const compiled = binding?.kind === 'assign' && binding.value && depth < 3 ? compiledBy(binding.value, module, knowsNothing) : null;
      if (compiled) return this.#byWrittenName({ callee: compiled, module }, depth + 1);
      if (binding?.kind === 'def' || binding?.kind === 'class' || binding?.kind === 'import') {
        const dotted = binding.kind === 'import' ? binding.dotted : `${module.dotted}.${module.textOf(callee)}`;
        const fn = this.functionOf(dotted) ?? this.functionOf(`${this.classOf(dotted)?.dotted}.__init__`);
        return fn ? [fn] : [];
      }
      // Of a file all of whose names are imported: nothing is resolved for it but the name.
      const starred = !binding && module.scopeOf(callee).lookup('*').length > 0 ? dottedOf(callee, module, this) : null;
      const fn = starred === null ? undefined : this.functionOf(starred);
      return fn ? [fn] : [];
    }
    const method = memberOf(callee);
    const methods = method ? (this.#methods.get(method.name) ?? []) : [];
    if (methods.length === 1) return methods;
    const name = method ? dottedOf(callee, module, knowsNothing) : null;
    const fn = name === null ? undefined : this.functionOf(name);
    return fn ? [fn] : [];
  }
}

/** `src/models/net.py` → `src.models.net`; a package by its folder. */
export const dottedPath = (path: string): string =>
  path
    .replace(/\.(pyw?|ipynb)$/, '')
    .replace(/(^|\/)__init__$/, '')
    .replaceAll('/', '.');

/** Parses one file into a module; null where it cannot be. */
export function moduleOf(code: CodeText, parser: PythonParser, shelf: Shelf<PyModule>): PyModule | null {
  const parsed = parser.parse(code.text);
  return parsed ? new PyModule(code, parsed.table, parsed.errors, dottedPath(code.path), shelf) : null;
}
