// Which files make up one program: what a start imports, directly or through others. A folder often holds several programs.

import type { NamedCall, Project } from '../project/project';
import type { PyCall, PyFunction, PyModule } from '../python/module';
import type { Syntax } from '../python/syntax';

/** Callers of callers are followed so far; deeper chains are rare. */
const deepest = 6;
const mostFrames = 60;

const closures = new WeakMap<Project, ReadonlyMap<PyModule, ReadonlySet<PyModule>>>();

/**
 * The modules that run together with one: those that it imports, and for every start that imports it, what that start imports. All modules where the
 * code is put together by name only (`hydra.utils.instantiate`, `import_module`).
 */
export function programOf(project: Project, module: PyModule): ReadonlySet<PyModule> {
  const all = closuresOf(project);
  const found = new Set(all.get(module) ?? [module]);
  for (const [start, closure] of all) if (start !== module && closure.has(module)) for (const one of closure) found.add(one);
  return [...found].some(isDynamic) ? new Set(project.modules) : found;
}

/** Calls of a program that can be reached. */
export function callsOf(project: Project, module: PyModule): readonly NamedCall[] {
  const program = programOf(project, module);
  return project.calls.filter((call) => program.has(call.module));
}

const isDynamic = ({ code }: PyModule): boolean => /\b(instantiate|import_module|LightningCLI|locate|get_class|get_method|__import__)\s*\(/.test(code.text);

function closuresOf(project: Project): ReadonlyMap<PyModule, ReadonlySet<PyModule>> {
  const known = closures.get(project);
  if (known) return known;
  const byEnding = new Map<string, PyModule[]>();
  for (const module of project.modules)
    for (const ending of endings(module.dotted)) {
      const list = byEnding.get(ending);
      if (list) list.push(module);
      else byEnding.set(ending, [module]);
    }
  const imports = new Map(project.modules.map((module) => [module, importsOf(module, byEnding)]));
  const all = new Map(
    project.modules.map((module) => {
      const found = new Set<PyModule>([module]);
      const open = [module];
      for (let at = open.pop(); at; at = open.pop())
        for (const next of imports.get(at) ?? [])
          if (!found.has(next)) {
            found.add(next);
            open.push(next);
          }
      return [module, found] as const;
    }),
  );
  closures.set(project, all);
  return all;
}

/** Modules of the project that one imports, by the end of their paths, as packages are imported by shorter names. */
function importsOf(module: PyModule, byEnding: ReadonlyMap<string, readonly PyModule[]>): readonly PyModule[] {
  const found = new Set<PyModule>();
  for (const scope of module.scopes.values())
    for (const bindings of scope.bindings.values())
      for (const one of bindings) {
        if (one.kind !== 'import') continue;
        const parts = one.dotted.split('.');
        for (let to = 1; to <= parts.length; to++) for (const other of byEnding.get(parts.slice(0, to).join('.')) ?? []) found.add(other);
      }
  found.delete(module);
  return [...found];
}

function* endings(dotted: string): Generator<string> {
  const parts = dotted.split('.');
  for (let from = 0; from < parts.length; from++) yield parts.slice(from).join('.');
}

interface Frame {
  readonly frame: PyFunction | PyModule;
  readonly at: Syntax;
}

/** Where a call stands, and where the functions around it are called from, the nearest first. */
function framesOf({ within, module, node }: Pick<PyCall, 'within' | 'module' | 'node'>, project: Project): readonly Frame[] {
  const frames: Frame[] = [{ frame: within ?? module, at: node }];
  const seen = new Set<PyFunction>();
  let open = within ? [within] : [];
  for (let depth = 0; depth < deepest && open.length > 0 && frames.length < mostFrames; depth++) {
    const next: PyFunction[] = [];
    for (const fn of open) {
      if (seen.has(fn)) continue;
      seen.add(fn);
      for (const call of project.callersOf(fn)) {
        frames.push({ frame: call.within ?? call.module, at: call.node });
        if (call.within) next.push(call.within);
      }
    }
    open = next;
  }
  return frames;
}

/**
 * Whether one call runs before another, as far as the text tells: by their order in the nearest function that leads to both.
 * @returns null where no function is known to lead to both
 */
export function runsBefore(a: Pick<PyCall, 'within' | 'module' | 'node'>, b: Pick<PyCall, 'within' | 'module' | 'node'>, project: Project): boolean | null {
  const later = framesOf(b, project);
  for (const { frame, at } of framesOf(a, project)) {
    const both = later.find((one) => one.frame === frame);
    if (both && both.at !== at) return at.from < both.at.from;
  }
  // The top of a file runs when it is imported: before what functions do.
  if (a.within === null && b.within !== null && a.module !== b.module) return true;
  if (b.within === null && a.within !== null && a.module !== b.module) return false;
  return null;
}
