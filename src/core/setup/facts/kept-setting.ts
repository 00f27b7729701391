// A setting that a loop tries, kept where its score is the best so far, and used afterwards.

import type { PyModule } from '../python/module';
import { fieldOf, type Syntax, walk } from '../python/syntax';

/** Counts of steps and parts of the data are no settings of a model. */
const counts = /^_*(epochs?|ep|e|i|j|it|iter|iteration|t|step|steps|global_step|batch\w*|idx|index|fold\w*|run|trial|seed|n_?iter)$/i;

/** `for depth in range(2, 25): … if error < lowest: lowest, chosen = error, depth`, and later `Tree(max_depth=chosen)`. */
export function keepsSetting(body: Syntax, module: PyModule): boolean {
  for (const node of walk(body)) {
    const [left, right] = node.type === 'assignment' ? [fieldOf(node, 'left'), fieldOf(node, 'right')] : [null, null];
    if (!left || !right) continue;
    const pairs =
      left.type === 'pattern_list' && right.type === 'expression_list'
        ? left.children.map((one, at) => [one, right.children[at]] as const)
        : [[left, right] as const];
    for (const [name, value] of pairs)
      if (name?.type === 'identifier' && value?.type === 'identifier' && isTried(value, module) && isUsedAfter(module.textOf(name), value, module)) return true;
  }
  return false;
}

/** What a loop around goes through. */
function isTried(value: Syntax, module: PyModule): boolean {
  const name = module.textOf(value);
  return !counts.test(name) && loopOver(name, value, module) !== null;
}

function loopOver(name: string, value: Syntax, module: PyModule): Syntax | null {
  for (let at = value.parent; at && !/^(function_definition|class_definition)$/.test(at.type); at = at.parent) {
    const left = at.type === 'for_statement' ? fieldOf(at, 'left') : null;
    if (left && [...walk(left)].some((one) => one.type === 'identifier' && module.textOf(one) === name)) return at;
  }
  return null;
}

/** Whether something but a print reads the name after the loop. */
function isUsedAfter(name: string, value: Syntax, module: PyModule): boolean {
  const loop = loopOver(module.textOf(value), value, module);
  const around = module.functionAround(value)?.node ?? module.root;
  return (
    loop !== null &&
    [...walk(around)].some(
      (one) => one.type === 'identifier' && one.from > loop.to && one.field !== 'left' && module.textOf(one) === name && !isPrinted(one, module),
    )
  );
}

function isPrinted({ parent }: Syntax, module: PyModule): boolean {
  for (let at = parent; at && !/_statement$|^block$|^module$/.test(at.type); at = at.parent) {
    if (at.type === 'interpolation') return true;
    const callee = at.type === 'call' ? fieldOf(at, 'function') : null;
    if (callee && /^print$|\.(info|debug|write|format|title|plot|axvline|scatter|annotate)$/.test(module.textOf(callee))) return true;
  }
  return false;
}
