// Which modules run together: a training and all that its script imports, and what imports it.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';

const known = new WeakMap<Project, ReadonlyMap<PyModule, ReadonlySet<PyModule>>>();

/** The modules of every script that a module is part of. Where classes are named in settings (Hydra's `_target_`), the whole project. */
export function programOf(module: PyModule, project: Project): ReadonlySet<PyModule> {
  const all = known.get(project) ?? programsOf(project);
  known.set(project, all);
  return all.get(module) ?? new Set([module]);
}

const knownImports = new WeakMap<Project, ReadonlyMap<PyModule, ReadonlySet<PyModule>>>();

/** The modules of every script that a module is part of by imports alone: what settings may add is not in it. */
export function importedWith(module: PyModule, project: Project): ReadonlySet<PyModule> {
  const all = knownImports.get(project) ?? byImports(project);
  knownImports.set(project, all);
  return all.get(module) ?? new Set([module]);
}

/** Whether classes or modules are named in settings: then not every path of a program can be seen. */
export const isDynamic = (project: Project): boolean =>
  project.modules.some(({ code }) =>
    /\b(importlib\.import_module|import_module\(|__import__|instantiate\(|_target_|build_from_cfg|REGISTRY|Registry\()/.test(code.text),
  );

/** The scripts by which a module may be run. */
export function startsOf(module: PyModule, project: Project): readonly PyModule[] {
  return [...importedWith(module, project)].filter(({ code }) => isScript.test(code.text));
}

const isScript = /__name__\s*==\s*['"]__main__['"]/;

function programsOf(project: Project): ReadonlyMap<PyModule, ReadonlySet<PyModule>> {
  const whole = new Set(project.modules);
  if (isDynamic(project) || project.modules.length === 1) return new Map(project.modules.map((module) => [module, whole]));
  return byImports(project);
}

function byImports(project: Project): ReadonlyMap<PyModule, ReadonlySet<PyModule>> {
  const imports = importsOf(project);
  const importers = new Map<PyModule, Set<PyModule>>();
  for (const [from, to] of imports) for (const one of to) importers.set(one, (importers.get(one) ?? new Set()).add(from));
  const down = new Map<PyModule, ReadonlySet<PyModule>>();
  return new Map(
    project.modules.map((module) => {
      // Up to the scripts, then down from each: a helper's neighbours in another script are no part of it.
      const above = closure(module, importers);
      const starts = [...above].filter((one) => (importers.get(one)?.size ?? 0) === 0 || isScript.test(one.code.text));
      const whole = new Set<PyModule>([module]);
      for (const start of starts.length > 0 ? starts : above) {
        const below = down.get(start) ?? closure(start, imports);
        down.set(start, below);
        for (const one of below) whole.add(one);
      }
      return [module, whole];
    }),
  );
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
      byName.set(short, [...(byName.get(short) ?? []), module]);
    }
  }
  return new Map(
    project.modules.map((module) => {
      const found = new Set<PyModule>();
      for (const scope of module.scopes.values())
        for (const bindings of scope.bindings.values())
          for (const one of bindings) {
            if (one.kind !== 'import') continue;
            const parts = one.dotted.split('.');
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
