// Parses Python with tree-sitter (WebAssembly from local files) into a table of its syntax. Nothing is ever run.

import { Language, Parser } from 'web-tree-sitter';
import { lineOf, lineStarts } from './syntax';
import { type Kind, type SyntaxTable, TableWriter } from './table';

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
  readonly table: SyntaxTable;
  /** Lines on which the parser had to guess: Python 2, or text that is no Python. */
  readonly errors: readonly number[];
}

let starting: Promise<void> | null = null;

/** The runtime, once for everybody: two that start together would share one memory and end each other. */
function started(asset: Asset): Promise<void> {
  starting ??= (async () => Parser.init({ wasmBinary: Uint8Array.from(await asset(runtime)).buffer }))().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting;
}

export class PythonParser {
  readonly #parser: Parser;
  readonly #words: Words;
  readonly #writer = new TableWriter();
  #nodes = 0;

  private constructor(parser: Parser, language: Language) {
    this.#parser = parser;
    this.#words = wordsOf(language);
  }

  static async create(asset: Asset): Promise<PythonParser> {
    await started(asset);
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
      const errorsAt = copy(cursor, this.#writer, this.#words, tree.rootNode.hasError);
      if (!errorsAt) return null;
      this.#nodes += this.#writer.count;
      const starts = errorsAt.length > 0 ? lineStarts(text) : [];
      return { table: this.#writer.end(this.#words.kinds), errors: errorsAt.map((offset) => lineOf(offset, starts)) };
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

type Cursor = ReturnType<NonNullable<ReturnType<Parser['parse']>>['walk']>;

/** What the grammar calls its nodes and fields, by number: asking for numbers is much cheaper than for words. */
interface Words {
  readonly types: readonly string[];
  readonly isNamed: readonly boolean[];
  readonly fields: readonly (string | null)[];
  /** Kinds that were met, and the number of each by those of its type and field. */
  readonly kinds: Kind[];
  readonly numbers: Map<number, number>;
}

const wordsOf = (language: Language): Words => ({
  types: language.types,
  isNamed: language.types.map((_, id) => language.nodeTypeIsNamed(id)),
  fields: language.fields,
  kinds: [],
  numbers: new Map(),
});

function kindOf(type: number, field: number, { types, fields, kinds, numbers }: Words): number {
  const key = type * fields.length + field;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const made = kinds.push({ type: type === errorType ? 'ERROR' : (types[type] ?? 'ERROR'), field: fields[field] ?? null }) - 1;
  numbers.set(key, made);
  return made;
}

/** tree-sitter numbers its ERROR node so, in every grammar. */
const errorType = 65_535;

/**
 * Writes the tree under a cursor, walked without recursion: code can be nested deeper than a stack.
 * @returns where the parser had to guess; null where there are too many nodes
 */
function copy(cursor: Cursor, writer: TableWriter, words: Words, hasErrors: boolean): readonly number[] | null {
  const errors: number[] = [];
  writer.begin();
  for (let parent = 0; ; ) {
    const id = cursor.nodeTypeId;
    const field = cursor.currentFieldId;
    const isError = id === errorType;
    // Only a text with errors has missing nodes: all others need not be asked.
    if (hasErrors && (isError || cursor.nodeIsMissing)) errors.push(cursor.startIndex);
    if (writer.count === 0 || (words.fields[field] ?? null) !== null || isError || words.isNamed[id]) {
      if (writer.count === mostNodes) return null;
      const row = writer.open(kindOf(id, field, words), cursor.startIndex, cursor.endIndex, parent);
      if (cursor.gotoFirstChild()) {
        parent = row;
        continue;
      }
      writer.close(row);
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return errors;
      parent = writer.close(parent);
    }
  }
}
