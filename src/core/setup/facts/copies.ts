// Rows that are drawn again or changed a little and put beside the others: copies of one row, of which a split puts some on either side.

import type { NamedCall, Project } from '../project/project';
import { returnsOf } from '../python/resolve';
import { fieldOf, walk } from '../python/syntax';

/** In words, what copies rows at a call; null where none are copied. */
export function copiesAt(call: NamedCall, project: Project): string | null {
  const { name, module, callee, args, keywords } = call;
  const written = module.textOf(callee);
  const replace = keywords.get('replace');
  const drawsAgain = replace !== undefined && module.textOf(replace) === 'True';
  // It puts back what it draws unless it is told not to.
  if (name === 'sklearn.utils.resample') return replace === undefined || drawsAgain ? 'resample' : null;
  if (callee.type === 'attribute' && /\.sample$/.test(written) && drawsAgain) return '.sample(replace=True)';
  // `pd.concat([rare] * 5)`
  const [first] = args;
  const times = first?.type === 'binary_operator' ? fieldOf(first, 'operator') : null;
  if (/^(pandas\.concat|numpy\.(concatenate|vstack))$/.test(name ?? '') && times && module.textOf(times) === '*') return written;
  return multiplies(call, project) ? written : null;
}

const multiplying = /(^|_)(augment|over_?sampl|up_?sampl|duplicat)(e|ed|ing)?(_|$)/i;
const puttingTogether = /(^|\.)(concat|concatenate|vstack|append|extend)$/;

/** `rows = augment(rows, 3)`, where the function of the project gives back the rows and others that it makes of them. */
const multiplies = (call: NamedCall, project: Project): boolean =>
  multiplying.test(call.module.textOf(call.callee).split('.').at(-1) ?? '') &&
  project
    .targetsOf(call)
    .some(
      (fn) =>
        returnsOf(fn).length > 0 &&
        [...walk(fn.node)].some((node) => node.type === 'call' && puttingTogether.test(fn.module.textOf(fieldOf(node, 'function') ?? node))),
    );
