// What an object may be where settings choose: `model = PPO(…)` in one branch and `SAC(…)` in the other, a class out of a table of classes.

import type { Project } from '../project/project';
import type { PyModule } from '../python/module';
import { argumentOf, returnsOf, valuesOfSelf } from '../python/resolve';
import { ancestor, fieldOf, type Syntax } from '../python/syntax';

const deepest = 6;
const classType = new Set(['class_definition']);
/** More ways than these are a registry, which says nothing of what is used. */
const mostWays = 24;
/** Of a longer list the first say what it holds. */
export const mostMany = 40;

/** Whether something is named after the table that it is taken from, which says nothing of what it is. */
export const isOneOfMany = (name: string): boolean => /\[\](\.\w+)?$|^dict\.(get|pop)\b/.test(name);

/** Dotted names of what an expression may be, in the order in which they are written; what cannot be told is left out. */
export function chosenNames(node: Syntax, module: PyModule, project: Project): readonly string[] {
  const found = new Set<string>();
  collect(node, module, project, found, 0);
  return found.size > mostWays ? [] : [...found];
}

function collect(node: Syntax, module: PyModule, project: Project, found: Set<string>, depth: number): void {
  if (depth > deepest || found.size > mostWays) return;
  const known = project.nameOf(node, module);
  if (known !== null && !isOneOfMany(known)) {
    found.add(known);
    return;
  }
  const next = (one: Syntax, within: PyModule = module) => collect(one, within, project, found, depth + 1);
  switch (node.type) {
    case 'identifier':
      for (const binding of module.scopeOf(node).lookup(module.textOf(node)).slice(0, mostWays)) {
        if (binding.kind === 'assign' && binding.value && !contains(binding.value, node)) next(binding.value);
        if (binding.kind === 'each') for (const one of heldIn(binding.value, module)) next(one);
        if (binding.kind !== 'parameter') continue;
        const fn = module.functionAround(binding.node);
        for (const caller of fn ? project.callersOf(fn).slice(0, mostWays) : []) {
          const given = fn && argumentOf(caller, fn, module.textOf(node));
          if (given) next(given, caller.module);
        }
      }
      return;
    case 'attribute':
      for (const value of valuesOfSelf(node, module).slice(0, mostWays)) if (value !== node) next(value);
      return;
    case 'call': {
      const callee = fieldOf(node, 'function');
      if (!callee) return;
      const fn = project.functionOf(project.nameOf(callee, module) ?? '');
      if (fn) for (const value of returnsOf(fn).slice(0, mostWays)) next(value, fn.module);
      else if (/\.(get|pop)$/.test(module.textOf(callee)) && callee.children[0]) for (const one of heldIn(callee.children[0], module)) next(one);
      else next(callee);
      return;
    }
    case 'subscript': {
      const value = fieldOf(node, 'value');
      if (value?.type === 'call' && module.textOf(value) === 'globals()') for (const name of importedClasses(module)) found.add(name);
      else if (value)
        for (const table of tablesOf(value, module, project)) for (const one of heldIn(table.value, table.module)) if (one !== value) next(one, table.module);
      return;
    }
    case 'conditional_expression':
      for (const branch of [node.children[0], node.children[2]]) if (branch) next(branch);
      return;
    case 'boolean_operator':
    case 'parenthesized_expression':
    case 'await':
      for (const part of node.children) next(part);
  }
}

/** Where a table is written: here, or in the file of the project that it is imported from. */
function tablesOf(value: Syntax, module: PyModule, project: Project): readonly { readonly value: Syntax; readonly module: PyModule }[] {
  const name = value.type === 'identifier' || value.type === 'attribute' ? project.nameOf(value, module) : null;
  const there = name === null ? undefined : project.valueOf(name);
  return [there ?? { value, module }];
}

/** What `globals()` holds of classes that others make. */
const importedClasses = (module: PyModule): readonly string[] =>
  [...(module.scopes.get(module.root)?.bindings ?? [])].flatMap(([name, all]) =>
    all.flatMap((one) => (one.kind === 'import' && /^[A-Z]/.test(name) ? [one.dotted] : [])),
  );

/**
 * The calls and names that a written list or dictionary holds, also through one name, `.items()`, `zip`, `enumerate` and a function of the same file that
 * returns it.
 */
export function heldIn(value: Syntax, module: PyModule, depth = 0): readonly Syntax[] {
  if (depth > 4) return [];
  switch (value.type) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'dictionary':
    case 'expression_list':
      return value.children.slice(0, mostMany).flatMap((one) => heldIn(one.type === 'pair' ? (one.children[1] ?? one) : one, module, depth + 1));
    case 'call': {
      const [callee, list] = value.children;
      const written = callee ? module.textOf(callee) : '';
      if (callee?.type === 'attribute' && /\.(items|values)$/.test(written) && callee.children[0]) return heldIn(callee.children[0], module, depth + 1);
      if (written === 'dict')
        return (list?.children ?? []).flatMap((one) => heldIn(one.type === 'keyword_argument' ? (fieldOf(one, 'value') ?? one) : one, module, depth + 1));
      if (/^(zip|enumerate|tqdm|list|sorted)$/.test(written)) return (list?.children ?? []).flatMap((one) => heldIn(one, module, depth + 1));
      const made = callee?.type === 'identifier' ? module.functions.find((fn) => !fn.owner && fn.name === written) : undefined;
      const tables = made ? returnsOf(made).filter(({ type }) => /^(dictionary|list|tuple|identifier)$/.test(type)) : [];
      return tables.length > 0 ? tables.flatMap((one) => heldIn(one, module, depth + 1)) : [value];
    }
    case 'identifier': {
      const [only, ...others] = module.scopeOf(value).lookup(module.textOf(value));
      const isNamed = only?.kind === 'import' || only?.kind === 'class';
      return only?.kind === 'assign' && only.value && others.length === 0 ? heldIn(only.value, module, depth + 1) : isNamed && depth > 0 ? [value] : [];
    }
    case 'attribute': {
      // `self.models`, filled in `__init__`.
      const around = module.textOf(value).startsWith('self.') ? ancestor(value, classType) : null;
      const [only, ...others] = (around && module.classAt(around)?.attributes.get(module.textOf(value).slice('self.'.length))) ?? [];
      if (only && others.length === 0 && /^(list|tuple|dictionary)$/.test(only.value.type)) return heldIn(only.value, module, depth + 1);
      return depth > 0 ? [value] : [];
    }
    default:
      return [];
  }
}

const contains = (outer: Syntax, inner: Syntax): boolean => outer.from <= inner.from && inner.to <= outer.to;
