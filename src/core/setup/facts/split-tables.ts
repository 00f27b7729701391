// Loops over a written table of splits: `for phase in ["train", "test"]`, `{name: score(net, data) for name, data in {"train": a, "test": b}.items()}`.

import type { NamedCall, Project } from '../project/project';
import type { PyModule } from '../python/module';
import { fieldOf, nodesOf, type Syntax, walk } from '../python/syntax';
import { isWithin } from './flow';
import { splitOfExpression } from './splits';

/** What is done with each entry of a table that has test data and no validation data among its entries: it is handed to a call, or gone through. */
export interface TableUse {
  readonly node: Syntax;
  readonly call: NamedCall | null;
}

export function testDataOfTables(module: PyModule, project: Project): readonly TableUse[] {
  if (!/\btest/i.test(module.code.text)) return [];
  const found: TableUse[] = [];
  for (const type of ['for_statement', 'for_in_clause'])
    for (const loop of nodesOf(module.root, type)) {
      const [left, right] = [fieldOf(loop, 'left'), fieldOf(loop, 'right')];
      const splits = right ? entriesOf(right, module).map((entry) => splitOfExpression(entry, module)) : [];
      if (!left || splits.length < 2 || !splits.includes('test') || splits.includes('validation')) continue;
      const names = new Set(identifiersOf(left, module));
      const body = type === 'for_statement' ? fieldOf(loop, 'body') : loop.parent;
      if (body) found.push(...usesIn(body, names, module, project));
    }
  return found;
}

/** Of a list, a dictionary, its items, or a name for one of them. */
function entriesOf(table: Syntax, module: PyModule): readonly Syntax[] {
  switch (table.type) {
    case 'list':
    case 'tuple':
    case 'dictionary':
      return table.children.filter(({ type }) => type !== 'comment');
    case 'call': {
      const callee = fieldOf(table, 'function');
      const object = callee?.type === 'attribute' && /\.(items|keys|values)$/.test(module.textOf(callee)) ? fieldOf(callee, 'object') : null;
      return object ? entriesOf(object, module) : [];
    }
    case 'identifier': {
      const [only, ...others] = module.scopeOf(table).lookup(module.textOf(table));
      const value = only?.kind === 'assign' && others.length === 0 ? only.value : null;
      return value && value.type !== 'identifier' ? entriesOf(value, module) : [];
    }
    default:
      return [];
  }
}

const identifiersOf = (node: Syntax, module: PyModule): readonly string[] =>
  [...walk(node)].flatMap((one) => (one.type === 'identifier' ? [module.textOf(one)] : []));

function* usesIn(body: Syntax, names: ReadonlySet<string>, module: PyModule, project: Project): Iterable<TableUse> {
  const isOfEntry = (node: Syntax) => identifiersOf(node, module).some((name) => names.has(name));
  for (const call of project.callsIn(module)) {
    const given = isWithin(call.node, body) ? fieldOf(call.node, 'arguments') : null;
    if (given && isOfEntry(given)) yield { node: call.node, call };
  }
  for (const inner of nodesOf(body, 'for_statement')) {
    const right = fieldOf(inner, 'right');
    if (right && isOfEntry(right)) yield { node: inner, call: null };
  }
}
