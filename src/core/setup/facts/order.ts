// Whether one call runs before another, as far as the text tells.

import type { Project } from '../project/project';
import type { PyCall, PyFunction, PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';
import { onceOf } from '../steps';
import { isWithin } from './flow';

/** Callers of callers are followed so far; deeper chains are rare. */
const deepest = 6;
const mostFrames = 60;

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
      for (const call of [...project.callersOf(fn), ...(handedTo(project).get(fn) ?? [])]) {
        frames.push({ frame: call.within ?? call.module, at: call.node });
        if (call.within) next.push(call.within);
      }
    }
    open = next;
  }
  return frames;
}

const eager = /\.(map|apply|applymap|filter|flat_map|starmap)$/;

/** Functions that are handed to what calls them at once: `rows.map(clean)`. */
const handedTo = onceOf((project: Project): ReadonlyMap<PyFunction, readonly PyCall[]> => {
  const found = new Map<PyFunction, PyCall[]>();
  for (const call of project.calls) {
    if (!eager.test(call.module.textOf(call.callee))) continue;
    for (const value of call.args) {
      if (value.type !== 'identifier') continue;
      const name = project.nameOf(value, call.module);
      const fn = name === null ? undefined : project.functionOf(name);
      if (fn) found.set(fn, [...(found.get(fn) ?? []), call]);
    }
  }
  return found;
});

/**
 * Whether one call runs before another, as far as the text tells: by their order in the nearest function that leads to both.
 * @returns null where no function is known to lead to both
 */
export function runsBefore(a: Pick<PyCall, 'within' | 'module' | 'node'>, b: Pick<PyCall, 'within' | 'module' | 'node'>, project: Project): boolean | null {
  const later = framesOf(b, project);
  for (const { frame, at } of framesOf(a, project)) {
    const both = later.find((one) => one.frame === frame);
    if (!both || both.at === at) continue;
    // What an argument or the object of a call is made by runs before that call.
    if (isWithin(both.at, at)) return false;
    if (isWithin(at, both.at)) return true;
    if (!isEitherOr(at, both.at)) return at.from < both.at.from;
  }
  // The top of a file runs when it is imported: before what functions do.
  if (a.within === null && b.within !== null && a.module !== b.module) return true;
  if (b.within === null && a.within !== null && a.module !== b.module) return false;
  return null;
}

/** Whether the first of two ends the function where it runs: `if args.sample: sample(); return` and what comes after it. */
function isEitherOr(one: Syntax, other: Syntax): boolean {
  const [first, second] = one.from < other.from ? [one, other] : [other, one];
  for (let at = first.parent; at && at.type !== 'function_definition' && at.type !== 'module'; at = at.parent) {
    if (at.from <= second.from && second.to <= at.to) return false;
    const last = at.type === 'block' && at.parent?.type === 'if_statement' ? at.children.at(-1) : undefined;
    if (last?.type === 'return_statement' || last?.type === 'raise_statement') return true;
  }
  return false;
}

/** At the end of a file that defines something, to see it run: `if __name__ == "__main__": print(Net()(torch.randn(…)))`. */
export function isTry({ node, within, module }: Pick<PyCall, 'node' | 'within' | 'module'>): boolean {
  if (within !== null) return false;
  for (let at = node.parent; at; at = at.parent) {
    const condition = at.type === 'if_statement' ? fieldOf(at, 'condition') : null;
    if (condition && /__name__/.test(module.textOf(condition))) return !/\b(train|main|run|fit)\w*\(/.test(module.textOf(at));
  }
  return false;
}
