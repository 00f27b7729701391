// Syntax of Python as nodes: handles of a table's rows, made when they are asked for, so that rules walk objects and memory holds numbers.

import type { SyntaxTable } from './table';

/**
 * The nodes of a text that have been asked for. A row has one node as long as the tree lives, and the tree lives as long as anyone holds it or a node
 * of it: so nodes can be compared by identity, and used as keys, though trees come and go.
 */
export class SyntaxTree {
  readonly #pages: (Syntax | undefined)[][] = [];
  #lines: readonly number[] | null = null;

  constructor(
    readonly table: SyntaxTable,
    readonly text: string,
  ) {}

  get root(): Syntax {
    return this.node(0);
  }

  node(row: number): Syntax {
    const number = row >>> pageBits;
    const known = this.#pages[number];
    const page = known ?? new Array<Syntax | undefined>(Math.min(pageSize, this.table.count - (number << pageBits)));
    if (!known) this.#pages[number] = page;
    const at = row & (pageSize - 1);
    const node = page[at] ?? new Syntax(this, row);
    page[at] = node;
    return node;
  }

  /** The line of an offset, from 1. */
  lineAt(offset: number): number {
    this.#lines ??= lineStarts(this.text);
    return lineOf(offset, this.#lines);
  }
}

const pageBits = 7;
const pageSize = 1 << pageBits;

/** A node of the concrete syntax. Only named nodes are kept, and anonymous ones that hold a field (operators). */
export class Syntax {
  #children: readonly Syntax[] | null = null;

  constructor(
    readonly tree: SyntaxTree,
    /** Of the tree's table. */
    readonly row: number,
  ) {}

  /** tree-sitter-python's name of the node: `call`, `identifier`, `for_statement` … */
  get type(): string {
    return this.tree.table.kind(this.row).type;
  }

  /** The field of its parent that it fills (`function`, `left` …), or null. */
  get field(): string | null {
    return this.tree.table.kind(this.row).field;
  }

  /** UTF-16 offsets into the module's text. */
  get from(): number {
    return this.tree.table.from(this.row);
  }

  get to(): number {
    return this.tree.table.to(this.row);
  }

  /** From 1, as editors count. */
  get line(): number {
    return this.tree.lineAt(this.from);
  }

  get endLine(): number {
    return this.tree.lineAt(Math.max(this.from, this.to - 1));
  }

  get parent(): Syntax | null {
    return this.row === 0 ? null : this.tree.node(this.tree.table.parent(this.row));
  }

  get children(): readonly Syntax[] {
    this.#children ??= childrenOf(this);
    return this.#children;
  }
}

/** Shared by all leaves, which are most nodes. */
const none: readonly Syntax[] = [];

function childrenOf({ tree, row }: Syntax): readonly Syntax[] {
  const { table } = tree;
  const end = table.after(row);
  if (end === row + 1) return none;
  const found: Syntax[] = [];
  for (let at = row + 1; at < end; at = table.after(at)) found.push(tree.node(at));
  return found;
}

/** The child that fills a field, or null. */
export function fieldOf({ tree, row }: Syntax, field: string): Syntax | null {
  const { table } = tree;
  const end = table.after(row);
  for (let at = row + 1; at < end; at = table.after(at)) if (table.kind(at).field === field) return tree.node(at);
  return null;
}

/** What `object.name` is of and how it is called; null for what is no attribute. */
export function memberOf(node: Syntax | null | undefined): { readonly object: Syntax; readonly name: string } | null {
  const [object, name] = node?.type === 'attribute' ? [fieldOf(node, 'object'), fieldOf(node, 'attribute')] : [null, null];
  return object && name ? { object, name: name.tree.text.slice(name.from, name.to) } : null;
}

/** Every child that fills a field. */
export const fieldsOf = (node: Syntax, field: string): readonly Syntax[] => node.children.filter((child) => child.field === field);

/** The node and all below it, in the order of the text. Deep trees are walked without recursion. */
export function* walk(root: Syntax, enter: (node: Syntax) => boolean = () => true): Generator<Syntax> {
  const { tree } = root;
  const end = tree.table.after(root.row);
  for (let row = root.row; row < end; ) {
    const node = tree.node(row);
    yield node;
    row = enter(node) ? row + 1 : tree.table.after(row);
  }
}

/** Whether a name stands at or below a node. */
export function mentions(root: Syntax, name: string): boolean {
  const { text } = root.tree;
  for (const { from, to } of nodesOf(root, 'identifier')) if (to - from === name.length && text.startsWith(name, from)) return true;
  return false;
}

/** Nodes of a type at or below a node, in the order of the text; others are not touched. */
export function* nodesOf(root: Syntax, type: string): Generator<Syntax> {
  const { tree, row } = root;
  for (const at of tree.table.rowsOf(type, row, tree.table.after(row))) yield tree.node(at);
}

/** The nearest node above that is of one of the types, or null. */
export function ancestor({ tree, row }: Syntax, types: ReadonlySet<string>): Syntax | null {
  for (let at = row; at > 0; ) {
    at = tree.table.parent(at);
    if (types.has(tree.table.kind(at).type)) return tree.node(at);
  }
  return null;
}

/** Where each line of a text begins. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** From 1. Offsets are looked up without asking the parser: each question to WebAssembly costs more than a search here. */
export function lineOf(offset: number, starts: readonly number[]): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
