// One Python file or notebook, indexed: its functions, classes, and every call with the dotted name that it resolves to.

import type { CodePlace } from '../finding';
import { type Scope, scopesOf } from './names';
import { fieldOf, type Syntax, walk } from './syntax';

/** How a file holds its text, which is read with plain line ends and without a byte order mark. */
export interface TextForm {
  readonly lineEnd: '\n' | '\r\n';
  readonly mark: boolean;
}

/** Where the text of a module comes from: the whole file, or cells of a notebook joined. */
export interface CodeText {
  readonly path: string;
  readonly text: string;
  /** Null where the text does not give the file back: cells, mixed line ends, bytes that are no UTF-8. */
  readonly form: TextForm | null;
  /** Cells in order: where each begins in `text` and its index in the notebook. Null for a Python file. */
  readonly cells: readonly { readonly from: number; readonly line: number; readonly cell: number }[] | null;
}

export interface PyFunction {
  readonly name: string;
  /** `train.Trainer.fit`: module, class, name. */
  readonly dotted: string;
  readonly node: Syntax;
  readonly module: PyModule;
  /** The class that it is a method of. */
  readonly owner: PyClass | null;
  readonly decorators: readonly Syntax[];
}

export interface PyClass {
  readonly name: string;
  readonly dotted: string;
  readonly node: Syntax;
  readonly module: PyModule;
  /** Expressions of its bases. */
  readonly bases: readonly Syntax[];
  /** `self.x = value` in any method: name → values. */
  readonly attributes: ReadonlyMap<string, readonly { readonly value: Syntax; readonly node: Syntax }[]>;
}

export interface PyCall {
  readonly node: Syntax;
  readonly module: PyModule;
  /** What is called: `torch.save`, `f`, `self.log`. */
  readonly callee: Syntax;
  readonly args: readonly Syntax[];
  readonly keywords: ReadonlyMap<string, Syntax>;
  /** It has `*args` or `**kwargs`: arguments may be there that cannot be seen. */
  readonly splat: boolean;
  /** The function that it stands in; null at the top of the module. */
  readonly within: PyFunction | null;
  /** Loops and comprehensions around it within that function, the innermost first. */
  readonly loops: readonly Syntax[];
}

const nothing: readonly Syntax[] = [];
const noKeywords: ReadonlyMap<string, Syntax> = new Map();
const loopTypes = new Set(['for_statement', 'while_statement', 'list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);

export class PyModule {
  readonly functions: readonly PyFunction[];
  readonly classes: readonly PyClass[];
  readonly calls: readonly PyCall[];
  readonly scopes: ReadonlyMap<Syntax, Scope>;
  readonly #functionOf = new Map<Syntax, PyFunction>();
  readonly #classOf = new Map<Syntax, PyClass>();

  /** @param dotted name by which the project's other files import it: `src/models/net.py` is `src.models.net` */
  constructor(
    readonly code: CodeText,
    readonly root: Syntax,
    readonly errors: readonly number[],
    readonly dotted: string,
  ) {
    const isPackage = /(^|\/)__init__\.py$/.test(code.path);
    this.scopes = scopesOf(root, code.text, isPackage ? dotted : dotted.split('.').slice(0, -1).join('.'));
    const functions: PyFunction[] = [];
    const classes: PyClass[] = [];
    const calls: PyCall[] = [];
    for (const node of walk(root)) {
      if (node.type === 'class_definition') {
        const found = this.#class(node);
        classes.push(found);
        this.#classOf.set(node, found);
      } else if (node.type === 'function_definition') {
        const found = this.#function(node, this.#classOf);
        functions.push(found);
        this.#functionOf.set(node, found);
      } else if (node.type === 'call') calls.push(this.#call(node));
    }
    this.functions = functions;
    this.classes = classes;
    this.calls = calls;
  }

  textOf(node: Syntax): string {
    return this.code.text.slice(node.from, node.to);
  }

  /** The innermost scope around a node. */
  scopeOf(node: Syntax): Scope {
    for (let at: Syntax | null = node; at; at = at.parent) {
      const scope = this.scopes.get(at);
      if (scope) return scope;
    }
    return this.scopes.get(this.root) as Scope;
  }

  /** The function or class that a definition is. */
  functionAt(node: Syntax): PyFunction | undefined {
    return this.#functionOf.get(node);
  }

  classAt(node: Syntax): PyClass | undefined {
    return this.#classOf.get(node);
  }

  /** The function around a node, or null at the top of the module. */
  functionAround(node: Syntax): PyFunction | null {
    for (let at = node.parent; at; at = at.parent) {
      const found = this.#functionOf.get(at);
      if (found) return found;
    }
    return null;
  }

  /** Where a person finds a node. */
  placeOf(node: Syntax): CodePlace {
    const { path, cells } = this.code;
    const cell = cells?.findLast(({ from }) => from <= node.from);
    if (!cell) return { file: path, line: node.line, endLine: node.endLine, cell: null };
    return { file: path, line: node.line - cell.line + 1, endLine: node.endLine - cell.line + 1, cell: cell.cell };
  }

  #class(node: Syntax): PyClass {
    const name = fieldOf(node, 'name');
    const label = name ? this.textOf(name) : '';
    const attributes = new Map<string, { readonly value: Syntax; readonly node: Syntax }[]>();
    for (const inner of walk(node, (at) => at === node || at.type !== 'class_definition')) {
      const [left, right] = inner.type === 'assignment' ? [fieldOf(inner, 'left'), fieldOf(inner, 'right')] : [null, null];
      if (!left || !right || left.type !== 'attribute') continue;
      const [object, attribute] = [fieldOf(left, 'object'), fieldOf(left, 'attribute')];
      if (!object || !attribute || this.textOf(object) !== 'self') continue;
      const key = this.textOf(attribute);
      attributes.set(key, [...(attributes.get(key) ?? []), { value: right, node: inner }]);
    }
    const bases = (fieldOf(node, 'superclasses')?.children ?? []).filter(({ type }) => type !== 'keyword_argument' && type !== 'comment');
    return { name: label, dotted: `${this.dotted}.${label}`, node, module: this, bases, attributes };
  }

  #function(node: Syntax, classes: ReadonlyMap<Syntax, PyClass>): PyFunction {
    const name = fieldOf(node, 'name');
    const label = name ? this.textOf(name) : '';
    const decorated = node.parent?.type === 'decorated_definition' ? node.parent : null;
    const above = (decorated ?? node).parent?.parent;
    const owner = above ? (classes.get(above) ?? null) : null;
    const decorators = decorated?.children.filter(({ type }) => type === 'decorator') ?? [];
    return { name: label, dotted: `${owner?.dotted ?? this.dotted}.${label}`, node, module: this, owner, decorators };
  }

  #call(node: Syntax): PyCall {
    const list = fieldOf(node, 'arguments');
    const given = list?.type === 'argument_list' ? list.children.filter(({ type }) => type !== 'comment') : list ? [list] : [];
    // Most calls lack one or the other, and there are hundreds of thousands.
    let keywords: Map<string, Syntax> | null = null;
    const args: Syntax[] = [];
    let splat = false;
    for (const one of given) {
      const [name, value] = one.type === 'keyword_argument' ? [fieldOf(one, 'name'), fieldOf(one, 'value')] : [null, null];
      if (name && value) {
        keywords ??= new Map();
        keywords.set(this.textOf(name), value);
      } else if (one.type === 'list_splat' || one.type === 'dictionary_splat') splat = true;
      else args.push(one);
    }
    const loops: Syntax[] = [];
    for (let at = node.parent; at && at.type !== 'function_definition' && at.type !== 'lambda'; at = at.parent) if (loopTypes.has(at.type)) loops.push(at);
    return {
      node,
      module: this,
      callee: fieldOf(node, 'function') ?? node,
      args: args.length > 0 ? args.slice() : nothing,
      keywords: keywords ?? noKeywords,
      splat,
      within: this.functionAround(node),
      loops: loops.length > 0 ? loops.slice() : nothing,
    };
  }
}
