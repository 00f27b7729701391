// One Python file or notebook, indexed: its functions, classes and calls for good, its syntax and scopes as long as they are in use.

import type { CodePlace } from '../finding';
import { apart } from './apart';
import { type NamedImport, nameImports, opensScope, type Scope, scopesOf } from './names';
import type { Shelf } from './shelf';
import { ancestor, fieldOf, memberOf, nodesOf, type Syntax, SyntaxTree } from './syntax';
import type { SyntaxTable } from './table';

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

/** What a module holds of its code for good is a row of its syntax: nodes are looked up when they are asked for. */
abstract class Indexed {
  constructor(
    readonly module: PyModule,
    readonly row: number,
  ) {}

  get node(): Syntax {
    return this.module.tree.node(this.row);
  }
}

export class PyFunction extends Indexed {
  constructor(
    module: PyModule,
    row: number,
    readonly name: string,
    /** The class that it is a method of. */
    readonly owner: PyClass | null,
    /** `train.Trainer.fit`: module, class, name. */
    readonly dotted: string,
    /** The function that it is defined in. */
    readonly within: PyFunction | null,
  ) {
    super(module, row);
  }

  get decorators(): readonly Syntax[] {
    const { parent } = this.node;
    return parent?.type === 'decorated_definition' ? parent.children.filter(({ type }) => type === 'decorator') : nothing;
  }
}

/** `self.x = value` in any method: name → values. */
export type Attributes = ReadonlyMap<string, readonly { readonly value: Syntax; readonly node: Syntax }[]>;

export class PyClass extends Indexed {
  constructor(
    module: PyModule,
    row: number,
    readonly name: string,
    readonly dotted: string,
  ) {
    super(module, row);
  }

  /** Expressions of its bases. */
  get bases(): readonly Syntax[] {
    return (fieldOf(this.node, 'superclasses')?.children ?? nothing).filter(({ type }) => type !== 'keyword_argument' && type !== 'comment');
  }

  get attributes(): Attributes {
    return this.module.tree.attributesOf(this.row);
  }

  /** What its body gives a name: `lr = 3e-4` of `class CFG`. */
  constantsOf(name: string): readonly Syntax[] {
    const given = this.module.scopes.get(this.node)?.bindings.get(name) ?? [];
    return given.flatMap((one) => (one.kind === 'assign' && one.value ? [one.value] : []));
  }
}

interface Given {
  readonly args: readonly Syntax[];
  readonly keywords: ReadonlyMap<string, Syntax>;
  readonly splat: boolean;
}

export class PyCall extends Indexed {
  /** The dotted name of what is called, once the project has told it. */
  name: string | null | undefined = undefined;

  constructor(
    module: PyModule,
    row: number,
    /** The function that it stands in; null at the top of the module. */
    readonly within: PyFunction | null,
  ) {
    super(module, row);
  }

  /** What is called: `torch.save`, `f`, `self.log`. */
  get callee(): Syntax {
    const { node } = this;
    return fieldOf(node, 'function') ?? node;
  }

  get args(): readonly Syntax[] {
    return this.module.tree.givenTo(this.row).args;
  }

  get keywords(): ReadonlyMap<string, Syntax> {
    return this.module.tree.givenTo(this.row).keywords;
  }

  /** It has `*args` or `**kwargs`: arguments may be there that cannot be seen. */
  get splat(): boolean {
    return this.module.tree.givenTo(this.row).splat;
  }

  /** Loops and comprehensions around it within that function, the innermost first. */
  get loops(): readonly Syntax[] {
    const { tree } = this.module;
    const { table } = tree;
    let found: Syntax[] | null = null;
    for (let at = this.row; at > 0; ) {
      at = table.parent(at);
      const { type } = table.kind(at);
      if (type === 'function_definition' || type === 'lambda') break;
      if (!loopTypes.has(type)) continue;
      found ??= [];
      found.push(tree.node(at));
    }
    return found ?? nothing;
  }
}

const nothing: readonly Syntax[] = [];
const noKeywords: ReadonlyMap<string, Syntax> = new Map();
const loopTypes = new Set(['for_statement', 'while_statement', 'list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);

/** The syntax of a module with what was made of it. It goes when nobody holds a node of it, and is made again when it is asked for. */
class ModuleTree extends SyntaxTree {
  /** Names of expressions by their rows, as the project remembers them. */
  readonly names = new Map<number, string | null>();
  readonly #packageOf: string;
  readonly #naming: NamedImport | null;
  readonly #given = new Map<number, Given>();
  readonly #attributes = new Map<number, Attributes>();
  #scopes: ReadonlyMap<Syntax, Scope> | null = null;

  constructor(table: SyntaxTable, text: string, packageOf: string, naming: NamedImport | null) {
    super(table, text);
    this.#packageOf = packageOf;
    this.#naming = naming;
  }

  get scopes(): ReadonlyMap<Syntax, Scope> {
    if (!this.#scopes) {
      this.#scopes = scopesOf(this, this.#packageOf);
      if (this.#naming) nameImports(this.#scopes, this.#naming);
    }
    return this.#scopes;
  }

  givenTo(call: number): Given {
    const known = this.#given.get(call);
    if (known) return known;
    const made = givenTo(this.node(call), this.text);
    this.#given.set(call, made);
    return made;
  }

  attributesOf(owner: number): Attributes {
    const known = this.#attributes.get(owner);
    if (known) return known;
    const made = attributesOf(this.node(owner), this.text);
    this.#attributes.set(owner, made);
    return made;
  }
}

export class PyModule {
  readonly functions: readonly PyFunction[];
  readonly classes: readonly PyClass[];
  readonly calls: readonly PyCall[];
  #imported: readonly string[];
  #naming: NamedImport | null = null;
  /** Set while the module is on the shelf; beyond that the tree lives as long as others hold nodes of it. */
  #tree: ModuleTree | null = null;
  #last: WeakRef<ModuleTree> | null = null;

  /** @param dotted name by which the project's other files import it: `src/models/net.py` is `src.models.net` */
  constructor(
    readonly code: CodeText,
    readonly table: SyntaxTable,
    readonly errors: readonly number[],
    readonly dotted: string,
    readonly shelf: Shelf<PyModule>,
  ) {
    const { text } = code;
    const { tree } = this;
    const nameAt = (node: Syntax) => {
      const name = fieldOf(node, 'name');
      return name ? apart(text.slice(name.from, name.to)) : '';
    };
    const functions: PyFunction[] = [];
    const classes: PyClass[] = [];
    const calls: PyCall[] = [];
    const around: PyFunction[] = [];
    for (let row = 0; row < table.count; row++) {
      const { type } = table.kind(row);
      if (type !== 'class_definition' && type !== 'function_definition' && type !== 'call') continue;
      for (let last = around.at(-1); last && table.after(last.row) <= row; last = around.at(-1)) around.pop();
      const within = around.at(-1) ?? null;
      if (type === 'call') calls.push(new PyCall(this, row, within));
      else if (type === 'class_definition') {
        const name = nameAt(tree.node(row));
        classes.push(new PyClass(this, row, name, apart(`${dotted}.${name}`)));
      } else {
        const node = tree.node(row);
        const name = nameAt(node);
        const decorated = node.parent?.type === 'decorated_definition' ? node.parent : null;
        const above = (decorated ?? node).parent?.parent;
        const owner = above ? (find(classes, above.row) ?? null) : null;
        const fn = new PyFunction(this, row, name, owner, apart(`${owner?.dotted ?? dotted}.${name}`), within);
        functions.push(fn);
        around.push(fn);
      }
    }
    // Lists that have grown hold room for more.
    this.functions = functions.slice();
    this.classes = classes.slice();
    this.calls = calls.slice();
    this.#imported = importedIn(tree.scopes);
  }

  /** Dotted names of all that it imports, anywhere in it. */
  get imported(): readonly string[] {
    return this.#imported;
  }

  /** Tells what each import means; for good, and before names are resolved. */
  nameImports(naming: NamedImport): void {
    const named = new Map<string, string>();
    nameImports(this.scopes, (dotted, whole) => {
      const meant = naming(dotted, whole);
      if (meant !== dotted) named.set(apart(importKey(dotted, whole)), apart(meant));
      return meant;
    });
    this.#naming = namedAs(named);
    this.#imported = importedIn(this.scopes);
  }

  get tree(): ModuleTree {
    return this.#tree ?? this.#open();
  }

  get root(): Syntax {
    return this.tree.root;
  }

  get scopes(): ReadonlyMap<Syntax, Scope> {
    return this.tree.scopes;
  }

  /** Lets go of the tree, which stays as long as a node of it is held. */
  release(): void {
    this.#tree = null;
  }

  #open(): ModuleTree {
    let tree = this.#last?.deref();
    if (!tree) {
      const isPackage = /(^|\/)__init__\.py$/.test(this.code.path);
      const packageOf = isPackage ? this.dotted : this.dotted.split('.').slice(0, -1).join('.');
      tree = new ModuleTree(this.table, this.code.text, packageOf, this.#naming);
      this.#last = new WeakRef(tree);
    }
    this.#tree = tree;
    this.shelf.put(this, this.table.count);
    return tree;
  }

  textOf(node: Syntax): string {
    return this.code.text.slice(node.from, node.to);
  }

  /** The innermost scope around a node. */
  scopeOf(node: Syntax): Scope {
    const { tree } = this;
    for (let row = node.row; row > 0; row = tree.table.parent(row)) {
      const scope = opensScope(tree.table.kind(row).type) ? tree.scopes.get(tree.node(row)) : undefined;
      if (scope) return scope;
    }
    return tree.scopes.get(tree.root) as Scope;
  }

  /** The function or class that a definition is. */
  functionAt(node: Syntax): PyFunction | undefined {
    return node.type === 'function_definition' ? find(this.functions, node.row) : undefined;
  }

  classAt(node: Syntax): PyClass | undefined {
    return node.type === 'class_definition' ? find(this.classes, node.row) : undefined;
  }

  callAt(node: Syntax): PyCall | undefined {
    return node.type === 'call' ? find(this.calls, node.row) : undefined;
  }

  /** The function around a node, or null at the top of the module. */
  functionAround(node: Syntax): PyFunction | null {
    const around = ancestor(node, functionTypes);
    return around ? (find(this.functions, around.row) ?? null) : null;
  }

  /** Where a person finds a node. */
  placeOf(node: Syntax): CodePlace {
    const { path, cells } = this.code;
    const cell = cells?.findLast(({ from }) => from <= node.from);
    if (!cell) return { file: path, line: node.line, endLine: node.endLine, cell: null };
    return { file: path, line: node.line - cell.line + 1, endLine: node.endLine - cell.line + 1, cell: cell.cell };
  }
}

/** Apart from what was asked to make it, which knows the whole project. */
const namedAs =
  (named: ReadonlyMap<string, string>): NamedImport =>
  (dotted, whole) =>
    named.get(importKey(dotted, whole)) ?? dotted;

const importKey = (dotted: string, whole: boolean): string => (whole ? `${dotted}.*` : dotted);

const importedIn = (scopes: ReadonlyMap<Syntax, Scope>): readonly string[] =>
  [...scopes.values()].flatMap(({ bindings }) =>
    [...bindings.values()].flatMap((all) => all.flatMap((one) => (one.kind === 'import' ? [apart(one.dotted)] : []))),
  );

const functionTypes = new Set(['function_definition']);

/** What stands in a row, in a list by rows. */
function find<T extends Indexed>(sorted: readonly T[], row: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as T).row < row) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low];
  return found?.row === row ? found : undefined;
}

function attributesOf(owner: Syntax, text: string): Attributes {
  const found = new Map<string, { readonly value: Syntax; readonly node: Syntax }[]>();
  for (const node of nodesOf(owner, 'assignment')) {
    const [left, value] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const member = memberOf(left);
    if (!member || !value || ancestor(node, classTypes) !== owner || text.slice(member.object.from, member.object.to) !== 'self') continue;
    const known = found.get(member.name);
    if (known) known.push({ value, node });
    else found.set(member.name, [{ value, node }]);
  }
  return found;
}

const classTypes = new Set(['class_definition']);

function givenTo(call: Syntax, text: string): Given {
  const list = fieldOf(call, 'arguments');
  const given = list?.type === 'argument_list' ? list.children.filter(({ type }) => type !== 'comment') : list ? [list] : nothing;
  // Most calls lack one or the other.
  let keywords: Map<string, Syntax> | null = null;
  const args: Syntax[] = [];
  let splat = false;
  for (const one of given) {
    const [name, value] = one.type === 'keyword_argument' ? [fieldOf(one, 'name'), fieldOf(one, 'value')] : [null, null];
    if (name && value) {
      keywords ??= new Map();
      keywords.set(text.slice(name.from, name.to), value);
    } else if (one.type === 'list_splat' || one.type === 'dictionary_splat') splat = true;
    else args.push(one);
  }
  return { args: args.length > 0 ? args : nothing, keywords: keywords ?? noKeywords, splat };
}
