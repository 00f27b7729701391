// Scopes and what names are bound to in them: the ground for resolving `writer.add_scalar` to SummaryWriter's method.

import { fieldOf, fieldsOf, type Syntax, type SyntaxTree } from './syntax';

export type Binding =
  /** `import torch.nn as nn`, `from torch import nn`: the dotted name that it stands for. */
  | { readonly kind: 'import'; readonly dotted: string; readonly node: Syntax }
  /** `x = value`; `value` is null where the name takes one part of it (unpacking). */
  | { readonly kind: 'assign'; readonly value: Syntax | null; readonly node: Syntax }
  /** `for x in value`, `with value as x`. */
  | { readonly kind: 'each' | 'with'; readonly value: Syntax; readonly node: Syntax }
  | { readonly kind: 'def' | 'class'; readonly node: Syntax }
  | { readonly kind: 'parameter'; readonly annotation: Syntax | null; readonly fallback: Syntax | null; readonly node: Syntax };

/** A module, function, lambda or class with the names bound in it. */
export class Scope {
  readonly bindings = new Map<string, Binding[]>();

  constructor(
    readonly node: Syntax,
    readonly parent: Scope | null,
  ) {}

  bind(name: string, binding: Binding): void {
    const known = this.bindings.get(name);
    if (known) known.push(binding);
    else this.bindings.set(name, [binding]);
  }

  /** Bindings of a name here or outside; names of a class are not seen from its methods, as in Python. */
  lookup(name: string): readonly Binding[] {
    for (let at: Scope | null = this; at; at = at.parent) {
      if (at !== this && at.node.type === 'class_definition') continue;
      const found = at.bindings.get(name);
      if (found) return found;
    }
    return [];
  }
}

const opens = new Set([
  'module',
  'function_definition',
  'lambda',
  'class_definition',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

const binds = new Set(
  `import_statement import_from_statement function_definition class_definition assignment augmented_assignment named_expression for_statement for_in_clause
  as_pattern`.split(/\s+/),
);

/** Whether nodes of a type have a scope of their own. */
export const opensScope = (type: string): boolean => opens.has(type);

/**
 * Every scope of a module, by its node, in the order of the text.
 * @param packageOf dotted name of the package that the module lies in, for `from . import x`
 */
export function scopesOf(tree: SyntaxTree, packageOf: string): ReadonlyMap<Syntax, Scope> {
  const { table, text } = tree;
  const scopes = new Map<Syntax, Scope>();
  const around: Scope[] = [];
  const word = (node: Syntax) => text.slice(node.from, node.to);
  for (let row = 0; row < table.count; row++) {
    const { type } = table.kind(row);
    // The root of what is no Python at all is an error, and its scope is the module's.
    const isScope = row === 0 || opens.has(type);
    if (!isScope && !binds.has(type)) continue;
    for (let last = around.at(-1); last && table.after(last.node.row) <= row; last = around.at(-1)) around.pop();
    const node = tree.node(row);
    const scope = around.at(-1) ?? null;
    if (scope) bindStatement(node, scope, word, packageOf);
    if (!isScope) continue;
    const own = new Scope(node, scope);
    around.push(own);
    scopes.set(node, own);
    bindParameters(node, own, word);
  }
  return scopes;
}

/** What an import means: the dotted name that the file's path says; `whole` where everything of a module is imported, by `*`. */
export type NamedImport = (dotted: string, whole: boolean) => string;

export function nameImports(scopes: ReadonlyMap<Syntax, Scope>, naming: NamedImport): void {
  for (const { bindings } of scopes.values())
    for (const [name, all] of bindings)
      for (const [at, one] of all.entries()) if (one.kind === 'import') all[at] = { ...one, dotted: naming(one.dotted, name === '*') };
}

type Word = (node: Syntax) => string;

function bindStatement(node: Syntax, scope: Scope, word: Word, packageOf: string): void {
  switch (node.type) {
    case 'import_statement':
      for (const name of fieldsOf(node, 'name')) bindImport(name, '', scope, word);
      break;
    case 'import_from_statement': {
      const module = fieldOf(node, 'module_name');
      const base = module ? absolute(word(module), packageOf) : '';
      for (const name of fieldsOf(node, 'name')) bindImport(name, base === '' ? '' : `${base}.`, scope, word);
      if (base !== '' && node.children.some(({ type }) => type === 'wildcard_import')) scope.bind('*', { kind: 'import', dotted: base, node });
      break;
    }
    case 'function_definition':
    case 'class_definition': {
      const name = fieldOf(node, 'name');
      if (name) scope.bind(word(name), { kind: node.type === 'class_definition' ? 'class' : 'def', node });
      break;
    }
    case 'assignment':
    case 'augmented_assignment':
    case 'named_expression': {
      const left = fieldOf(node, 'left') ?? fieldOf(node, 'name');
      const right = fieldOf(node, 'right') ?? fieldOf(node, 'value');
      if (left) bindTarget(left, right, node, scope, word, 'assign');
      break;
    }
    case 'for_statement':
    case 'for_in_clause': {
      const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
      if (left && right) bindTarget(left, right, node, scope, word, 'each');
      break;
    }
    case 'as_pattern': {
      const alias = fieldOf(node, 'alias');
      const target = alias?.children[0] ?? alias;
      const value = node.children[0];
      if (target && value && target !== value) bindTarget(target, value, node, scope, word, 'with');
      break;
    }
  }
}

/** `.utils` in package `app` is `app.utils`; each further dot goes up. */
function absolute(module: string, packageOf: string): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  if (dots === 0) return module;
  const parts = packageOf === '' ? [] : packageOf.split('.');
  const kept = parts.slice(0, Math.max(0, parts.length - (dots - 1)));
  return [...kept, module.slice(dots)].filter((part) => part !== '').join('.');
}

function bindImport(name: Syntax, base: string, scope: Scope, word: Word): void {
  if (name.type === 'aliased_import') {
    const [dotted, alias] = [fieldOf(name, 'name'), fieldOf(name, 'alias')];
    if (dotted && alias) scope.bind(word(alias), { kind: 'import', dotted: base + word(dotted), node: name });
    return;
  }
  const dotted = word(name);
  // `import a.b` binds `a`, and `a.b` is reached through it.
  const local = base === '' && name.parent?.type === 'import_statement' ? (dotted.split('.')[0] as string) : dotted;
  scope.bind(local, { kind: 'import', dotted: base === '' ? local : base + dotted, node: name });
}

function bindTarget(target: Syntax, value: Syntax | null, node: Syntax, scope: Scope, word: Word, kind: 'assign' | 'each' | 'with'): void {
  if (target.type === 'identifier') {
    if (kind === 'assign') scope.bind(word(target), { kind, value, node });
    else if (value) scope.bind(word(target), { kind, value, node });
    return;
  }
  if (!/^(pattern_list|tuple_pattern|list_pattern|tuple|list|expression_list)$/.test(target.type)) return;
  const parts = value && /^(expression_list|tuple|list)$/.test(value.type) && value.children.length === target.children.length ? value.children : null;
  for (const [at, part] of target.children.entries()) {
    const inner = part.type === 'list_splat_pattern' ? (part.children[0] ?? part) : part;
    bindTarget(inner, kind === 'assign' ? (parts?.[at] ?? null) : value, node, scope, word, kind);
  }
}

function bindParameters(node: Syntax, scope: Scope, word: Word): void {
  const parameters = node.type === 'function_definition' || node.type === 'lambda' ? fieldOf(node, 'parameters') : null;
  for (const one of parameters?.children ?? []) {
    const name = one.type === 'identifier' ? one : (fieldOf(one, 'name') ?? one.children.find(({ type }) => type === 'identifier'));
    if (name) scope.bind(word(name), { kind: 'parameter', annotation: fieldOf(one, 'type'), fallback: fieldOf(one, 'value'), node: one });
  }
}
