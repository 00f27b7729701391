// Syntax of Python as plain data: a light copy of tree-sitter's tree, so that rules walk objects and the parser's memory is freed at once.

/** A node of the concrete syntax. Only named nodes are kept, and anonymous ones that hold a field (operators). */
export interface Syntax {
  /** tree-sitter-python's name of the node: `call`, `identifier`, `for_statement` … */
  readonly type: string;
  /** UTF-16 offsets into the module's text. */
  readonly from: number;
  readonly to: number;
  /** From 1, as editors count. */
  readonly line: number;
  readonly endLine: number;
  readonly parent: Syntax | null;
  readonly children: readonly Syntax[];
  /** The field of its parent that it fills (`function`, `left` …), or null. */
  readonly field: string | null;
}

/** The child that fills a field, or null. */
export function fieldOf(node: Syntax, field: string): Syntax | null {
  for (const child of node.children) if (child.field === field) return child;
  return null;
}

/** Every child that fills a field. */
export const fieldsOf = (node: Syntax, field: string): readonly Syntax[] => node.children.filter((child) => child.field === field);

/** The node and all below it, in the order of the text. Deep trees are walked without recursion. */
export function* walk(root: Syntax, enter: (node: Syntax) => boolean = () => true): Generator<Syntax> {
  const open: Syntax[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if (!enter(node)) continue;
    for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at] as Syntax);
  }
}

/** The nearest node above that is of one of the types, or null. */
export function ancestor(node: Syntax, types: ReadonlySet<string>): Syntax | null {
  for (let at = node.parent; at; at = at.parent) if (types.has(at.type)) return at;
  return null;
}
