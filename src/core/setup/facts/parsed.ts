// Where a script reads its arguments: `args = parser.parse_args()`, and what patches may say by them.

import type { PyFunction, PyModule } from '../python/module';
import { fieldOf, type Syntax } from '../python/syntax';

export interface Parsed {
  /** The variable of the result: `args`. */
  readonly name: string;
  /** The variable of the parser; null where it is made in the same expression. */
  readonly parser: string | null;
  /** The call. */
  readonly node: Syntax;
  readonly within: PyFunction | null;
}

/** Every such assignment of a module, in order. */
export function parsedIn(module: PyModule): readonly Parsed[] {
  return module.calls.flatMap(({ callee, node, within }) => {
    const [object, method] = [fieldOf(callee, 'object'), fieldOf(callee, 'attribute')];
    const left = node.parent?.type === 'assignment' ? fieldOf(node.parent, 'left') : null;
    if (callee.type !== 'attribute' || !object || !method || module.textOf(method) !== 'parse_args' || left?.type !== 'identifier') return [];
    return [{ name: module.textOf(left), parser: object.type === 'identifier' ? module.textOf(object) : null, node, within }];
  });
}
