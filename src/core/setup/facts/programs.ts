// Which modules run together: a training and all that its script imports, and what imports it.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { onceOf } from '../steps';

/** The modules of every script that a module is part of. Where classes are named in settings (Hydra's `_target_`), the whole project. */
export function programOf(module: PyModule, project: Project): ReadonlySet<PyModule> {
  return programsOf(project).of(module);
}

/** The modules of every script that a module is part of by imports alone: what settings may add is not in it. */
export function importedWith(module: PyModule, project: Project): ReadonlySet<PyModule> {
  return programsOf(project).byImports(module);
}

/** Whether classes or modules are named in settings: then not every path of a program can be seen. */
export const isDynamic = (project: Project): boolean => programsOf(project).isDynamic;

const apart = new WeakMap<ReadonlySet<PyModule>, Map<PyModule, boolean>>();

/**
 * Whether a module is run by scripts of its own, none of which runs one of the others: settings cannot make it part of them.
 * @param others modules that train (`modulesOf`): answers are remembered for the set
 */
export function isApart(module: PyModule, others: ReadonlySet<PyModule>, project: Project): boolean {
  const known = apart.get(others) ?? new Map<PyModule, boolean>();
  apart.set(others, known);
  const made = known.get(module) ?? findApart(module, others, project);
  known.set(module, made);
  return made;
}

function findApart(module: PyModule, others: ReadonlySet<PyModule>, project: Project): boolean {
  const programs = programsOf(project);
  const isRun = [...others].some((other) => programs.byImports(other).has(module));
  if (isRun) return false;
  if (entry.test(module.code.text) && ![...others].some((other) => programs.leads(module, other))) return true;
  const starts = new Set(startsOf(module, project));
  return starts.size > 0 && ![...others].some((other) => startsOf(other, project).some((one) => starts.has(one)));
}

/** The scripts by which a module may be run. */
export const startsOf = (module: PyModule, project: Project): readonly PyModule[] => programsOf(project).startsOf(module);

/** A command of its own, started by hand or by an installed name. */
const entry = /@hydra\.main|@(click|app|cli)\.command|\.parse_args\(\)|__name__\s*==\s*['"]__main__['"]/;
const script = /__name__\s*==\s*['"]__main__['"]/;
const dynamic = /\b(importlib\.import_module|import_module\(|__import__|instantiate\(|_target_|build_from_cfg|REGISTRY|Registry\()/;

const programsOf = onceOf((project: Project): Programs => new Programs(project));

/** Answers for the modules that are asked for: a library's whole table would be as large as the square of its files. */
class Programs {
  readonly #whole: ReadonlySet<PyModule> | null;
  readonly #scripts: ReadonlySet<PyModule>;
  readonly #imports: ReadonlyMap<PyModule, ReadonlySet<PyModule>>;
  readonly #importers = new Map<PyModule, Set<PyModule>>();
  readonly #below = new Map<PyModule, ReadonlySet<PyModule>>();
  readonly #programs = new Map<PyModule, ReadonlySet<PyModule>>();
  readonly #starts = new Map<PyModule, readonly PyModule[]>();

  constructor(project: Project) {
    this.#whole = project.modules.some(({ code }) => dynamic.test(code.text)) ? new Set(project.modules) : null;
    this.#scripts = new Set(project.modules.filter((module) => script.test(module.code.text) && !project.isBeside(module)));
    this.#imports = importsOf(project);
    // A test imports what it tests, and is no part of it.
    for (const [from, to] of this.#imports)
      for (const one of project.isBeside(from) ? [] : to) {
        const others = this.#importers.get(one);
        if (others) others.add(from);
        else this.#importers.set(one, new Set([from]));
      }
  }

  get isDynamic(): boolean {
    return this.#whole !== null;
  }

  startsOf(module: PyModule): readonly PyModule[] {
    const found = this.#starts.get(module) ?? [...this.byImports(module)].filter((one) => this.#scripts.has(one));
    this.#starts.set(module, found);
    return found;
  }

  /** Whether what a module imports has another in it. */
  leads(module: PyModule, other: PyModule): boolean {
    return this.#belowOf(module).has(other);
  }

  of(module: PyModule): ReadonlySet<PyModule> {
    return this.#whole ?? this.byImports(module);
  }

  byImports(module: PyModule): ReadonlySet<PyModule> {
    const found = this.#programs.get(module) ?? this.#found(module);
    this.#programs.set(module, found);
    return found;
  }

  /** Up to the scripts, then down from each: a helper's neighbours in another script are no part of it. */
  #found(module: PyModule): ReadonlySet<PyModule> {
    const above = closure(module, this.#importers);
    const starts = [...above].filter((one) => (this.#importers.get(one)?.size ?? 0) === 0 || this.#scripts.has(one));
    const [only] = starts;
    // A script by itself is what it imports.
    if (only === module && starts.length === 1) return this.#belowOf(module);
    const whole = new Set<PyModule>([module]);
    for (const start of starts.length > 0 ? starts : above) for (const one of this.#belowOf(start)) whole.add(one);
    return whole;
  }

  #belowOf(start: PyModule): ReadonlySet<PyModule> {
    const found = this.#below.get(start) ?? closure(start, this.#imports);
    this.#below.set(start, found);
    return found;
  }
}

function closure(start: PyModule, edges: ReadonlyMap<PyModule, ReadonlySet<PyModule>>): ReadonlySet<PyModule> {
  const found = new Set<PyModule>([start]);
  const open = [start];
  for (let at = open.pop(); at; at = open.pop())
    for (const next of edges.get(at) ?? [])
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
}

function importsOf(project: Project): ReadonlyMap<PyModule, ReadonlySet<PyModule>> {
  const byName = new Map<string, PyModule[]>();
  for (const module of project.modules) {
    const parts = module.dotted.split('.');
    for (let from = 0; from < parts.length; from++) {
      const short = parts.slice(from).join('.');
      const others = byName.get(short);
      if (others) others.push(module);
      else byName.set(short, [module]);
    }
  }
  return new Map(
    project.modules.map((module) => {
      const found = new Set<PyModule>();
      for (const dotted of module.imported) {
        const parts = dotted.split('.');
        for (let to = parts.length; to > 0; to--) {
          const named = byName.get(parts.slice(0, to).join('.'));
          if (!named) continue;
          for (const target of named) if (target !== module) found.add(target);
          break;
        }
      }
      // `from x import *` binds nothing that can be seen.
      for (const [, name] of module.code.text.matchAll(/^\s*from\s+\.*([\w.]+)\s+import\s+\*/gm))
        for (const target of byName.get(name as string) ?? []) found.add(target);
      return [module, found];
    }),
  );
}
