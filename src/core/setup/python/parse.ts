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
const mostMs = 5_000;

export interface Parsed {
  readonly root: Syntax;
  /** Lines on which the parser had to guess: Python 2, or text that is no Python. */
  readonly errors: readonly number[];
}

export class PythonParser {
  readonly #parser: Parser;

  private constructor(parser: Parser) {
    this.#parser = parser;
  }

  static async create(asset: Asset): Promise<PythonParser> {
    await Parser.init({ wasmBinary: Uint8Array.from(await asset(runtime)).buffer });
    const parser = new Parser();
    parser.setLanguage(await Language.load(await asset(grammar)));
    return new PythonParser(parser);
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
      return copy(cursor, new Lines(text));
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  close(): void {
    this.#parser.delete();
  }
}

/** A node in the making. */
interface Open extends Syntax {
  readonly parent: Open | null;
  readonly children: Open[];
}

type Cursor = ReturnType<NonNullable<ReturnType<Parser['parse']>>['walk']>;

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
function copy(cursor: Cursor, lines: Lines): Parsed | null {
  const errors: number[] = [];
  let root = null as Open | null;
  let parent = null as Open | null;
  let count = 0;
  for (;;) {
    const field = cursor.currentFieldName;
    const type = cursor.nodeType;
    const missing = cursor.nodeIsMissing;
    if (missing || type === 'ERROR') errors.push(lines.at(cursor.startIndex));
    if (root === null || field !== null || cursor.nodeIsNamed) {
      if (++count > mostNodes) return null;
      const from = cursor.startIndex;
      const to = cursor.endIndex;
      const node: Open = {
        type,
        from,
        to,
        line: lines.at(from),
        endLine: lines.at(Math.max(from, to - 1)),
        parent,
        children: [],
        field,
      };
      parent?.children.push(node);
      root ??= node;
      if (cursor.gotoFirstChild()) {
        parent = node;
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return { root: root as Syntax, errors };
      parent = parent?.parent ?? null;
    }
  }
}
