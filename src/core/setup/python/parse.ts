// Parses Python with tree-sitter (WebAssembly from local files) into plain syntax. Nothing is ever run.

import { Language, Parser } from 'web-tree-sitter';
import type { Syntax } from './syntax';

/** Gives the bytes of a bundled file, as readers get theirs. */
export type Asset = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The assets that parsing needs. */
const runtime = 'web-tree-sitter.wasm';
const grammar = 'tree-sitter-python.wasm';

/** More nodes than this in one file are no code of a person. */
const mostNodes = 2_000_000;
/** Parsing of one file is given up after this time. */
const mostMs = 20_000;

export interface Parsed {
  readonly root: Syntax;
  /** Lines on which the parser had to guess: Python 2, or text that is no Python. */
  readonly errors: readonly number[];
  /** Its nodes. */
  readonly count: number;
}

export class PythonParser {
  readonly #parser: Parser;
  readonly #words: Words;
  #nodes = 0;

  private constructor(parser: Parser, language: Language) {
    this.#parser = parser;
    this.#words = wordsOf(language);
  }

  static async create(asset: Asset): Promise<PythonParser> {
    await Parser.init({ wasmBinary: Uint8Array.from(await asset(runtime)).buffer });
    const parser = new Parser();
    const language = await Language.load(await asset(grammar));
    parser.setLanguage(language);
    return new PythonParser(parser, language);
  }

  /**
   * The syntax of a text. Tree-sitter recovers from errors: what it could not read is an `ERROR` node.
   * @returns null where the text has more nodes than code of a person has, or takes longer than code of a person does
   */
  parse(text: string): Parsed | null {
    const until = Date.now() + mostMs;
    const tree = this.#parser.parse(text, null, { progressCallback: () => Date.now() > until });
    if (!tree) {
      // What was given up would be gone on with.
      this.#parser.reset();
      return null;
    }
    const cursor = tree.walk();
    try {
      const made = copy(cursor, new Lines(text), this.#words, tree.rootNode.hasError);
      this.#nodes += made?.count ?? 0;
      return made;
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  /** Nodes of all texts that were parsed. */
  get nodes(): number {
    return this.#nodes;
  }

  close(): void {
    this.#parser.delete();
  }
}

/** What a node is and the field that it fills: a few hundred kinds for millions of nodes. */
interface Kind {
  readonly type: string;
  readonly field: string | null;
}

/** A node, as small as it can be: a project has millions. */
class Node implements Syntax {
  children: Node[] = noChildren;

  constructor(
    readonly kind: Kind,
    readonly from: number,
    readonly to: number,
    readonly parent: Node | null,
    readonly lines: Lines,
  ) {}

  get type(): string {
    return this.kind.type;
  }

  get field(): string | null {
    return this.kind.field;
  }

  get line(): number {
    return this.lines.at(this.from);
  }

  get endLine(): number {
    return this.lines.at(Math.max(this.from, this.to - 1));
  }
}

type Cursor = ReturnType<NonNullable<ReturnType<Parser['parse']>>['walk']>;

/** What the grammar calls its nodes and fields, by number: asking for numbers is much cheaper than for words. */
interface Words {
  readonly types: readonly string[];
  readonly isNamed: readonly boolean[];
  readonly fields: readonly (string | null)[];
  readonly kinds: Map<number, Kind>;
}

const wordsOf = (language: Language): Words => ({
  types: language.types,
  isNamed: language.types.map((_, id) => language.nodeTypeIsNamed(id)),
  fields: language.fields,
  kinds: new Map(),
});

function kindOf(type: number, field: number, { types, fields, kinds }: Words): Kind {
  const key = type * fields.length + field;
  const known = kinds.get(key);
  if (known) return known;
  const made: Kind = { type: type === errorType ? 'ERROR' : (types[type] ?? 'ERROR'), field: fields[field] ?? null };
  kinds.set(key, made);
  return made;
}

/** tree-sitter numbers its ERROR node so, in every grammar. */
const errorType = 65_535;
/** Shared by all leaves, which are most nodes. */
const noChildren: Node[] = [];

/** Offsets → lines, without asking the parser: each question to WebAssembly costs more than a search here. */
class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** From 1. */
  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** The tree under a cursor, walked without recursion: code can be nested deeper than a stack. */
function copy(cursor: Cursor, lines: Lines, words: Words, hasErrors: boolean): Parsed | null {
  const errors: number[] = [];
  let root = null as Node | null;
  let parent = null as Node | null;
  let count = 0;
  for (;;) {
    const id = cursor.nodeTypeId;
    const field = cursor.currentFieldId;
    const isError = id === errorType;
    // Only a text with errors has missing nodes: all others need not be asked.
    if (hasErrors && (isError || cursor.nodeIsMissing)) errors.push(lines.at(cursor.startIndex));
    if (root === null || (words.fields[field] ?? null) !== null || isError || words.isNamed[id]) {
      if (++count > mostNodes) return null;
      const node = new Node(kindOf(id, field, words), cursor.startIndex, cursor.endIndex, parent, lines);
      if (parent) {
        if (parent.children === noChildren) parent.children = [];
        parent.children.push(node);
      }
      root ??= node;
      if (cursor.gotoFirstChild()) {
        parent = node;
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return { root: root as Node, errors, count };
      // An array that grew has room for more than it holds; there are millions of them.
      if (parent && parent.children !== noChildren) parent.children = parent.children.slice();
      parent = parent?.parent ?? null;
    }
  }
}
