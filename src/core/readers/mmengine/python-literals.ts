// Assignments of a Python file whose right-hand side is a plain literal. The file is text: nothing of it is run.

import type { Value, Values } from '../../model/values';

const maxDepth = 64;
const blank = /[ \t\r\n\f]*(?:(?:#[^\n]*|\\\r?\n)[ \t\r\n\f]*)*/y;
const blankOfLine = /[ \t]*/y;
const name = /[A-Za-z_]\w*/y;
const number = /[+-]?(?:0[xX][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?)/y;
const string = /([rRuU]?)("""[\s\S]*?(?<!\\)"""|'''[\s\S]*?(?<!\\)'''|"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*')/y;
const assignment = /^([A-Za-z_]\w*)[ \t]*=(?!=)/gm;
const words: Readonly<Record<string, Value>> = { True: true, False: false, None: null };
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

/**
 * Top-level names → values: numbers, strings, `True`, `None`, lists, tuples, `{…}` and `dict(…)` of such. What needs to be computed (names, calls,
 * sums) is left out; a later assignment wins.
 */
export function literalsOf(source: string): Values {
  const values: Record<string, Value> = Object.create(null);
  assignment.lastIndex = 0;
  for (let match = assignment.exec(source); match; match = assignment.exec(source)) {
    const literal = new Literal(source, assignment.lastIndex);
    const value = literal.whole();
    if (value === undefined) delete values[match[1] as string];
    else {
      values[match[1] as string] = value;
      // What looks like an assignment within a text is none.
      assignment.lastIndex = literal.at;
    }
  }
  return values;
}

/** One literal, read from a place in the text. Undefined is what is none. */
class Literal {
  constructor(
    private readonly source: string,
    /** Behind what was read so far. */
    public at: number,
  ) {}

  /** A literal that ends with its line. */
  whole(): Value | undefined {
    const value = this.value(0);
    if (value === undefined) return undefined;
    const rest = /[ \t\r]*(?:#[^\n]*)?(?:\n|$)/y;
    rest.lastIndex = this.at;
    return rest.test(this.source) ? value : undefined;
  }

  private value(depth: number): Value | undefined {
    if (depth > maxDepth) return undefined;
    this.take(depth === 0 ? blankOfLine : blank);
    const open = this.source[this.at];
    if (open === '[') return this.list(']', depth);
    if (open === '(') return this.list(')', depth);
    if (open === '{') return this.pairs('}', ':', depth);
    const texts = this.texts(depth === 0 ? blankOfLine : blank);
    if (texts !== undefined) return texts;
    const digits = this.take(number);
    if (digits) return numberOf(digits);
    const word = this.take(name);
    if (word === 'dict' && this.source[this.at] === '(') return this.pairs(')', '=', depth);
    return word !== null && Object.hasOwn(words, word) ? words[word] : undefined;
  }

  /** Strings that stand one behind the other are one. */
  private texts(between: RegExp): string | undefined {
    let text: string | undefined;
    for (;;) {
      string.lastIndex = this.at;
      const match = string.exec(this.source);
      if (!match) return text;
      this.at = string.lastIndex;
      const quotes = /^("""|''')/.test(match[2] as string) ? 3 : 1;
      const body = (match[2] as string).slice(quotes, -quotes);
      text = (text ?? '') + (/r/i.test(match[1] as string) ? body : unescaped(body));
      this.take(between);
    }
  }

  /** Items up to the closing bracket. `(1)` is 1, `(1,)` a tuple. */
  private list(close: string, depth: number): Value | undefined {
    this.at++;
    const items: Value[] = [];
    let comma = close === ']';
    while (!this.closes(close)) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (this.separates()) comma = true;
      else if (!this.closes(close, false)) return undefined;
    }
    return comma || items.length !== 1 ? items : items[0];
  }

  /** `{key: value}` and `dict(key=value)`. */
  private pairs(close: string, between: string, depth: number): Value | undefined {
    this.at++;
    const pairs: [string, Value][] = [];
    while (!this.closes(close)) {
      const key = between === '=' ? this.take(name) : this.value(depth + 1);
      this.take(blank);
      if (key == null || typeof key === 'object' || this.source[this.at] !== between) return undefined;
      this.at++;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      pairs.push([String(key), value]);
      if (!this.separates() && !this.closes(close, false)) return undefined;
    }
    return Object.fromEntries(pairs);
  }

  /** Whether the bracket closes here; it is taken unless only looked at. */
  private closes(close: string, taken = true): boolean {
    this.take(blank);
    if (this.source[this.at] !== close) return false;
    if (taken) this.at++;
    return true;
  }

  private separates(): boolean {
    this.take(blank);
    if (this.source[this.at] !== ',') return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (!match) return null;
    this.at = pattern.lastIndex;
    return match[0];
  }
}

function numberOf(digits: string): Value {
  const plain = digits.replaceAll('_', '');
  const value = Number(plain);
  return /^[+-]?\d+$/.test(plain) && !Number.isSafeInteger(value) ? BigInt(plain.replace('+', '')) : value;
}

const unescaped = (body: string): string =>
  body.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/g, (whole, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? (/['"\\]/.test(code) ? code : whole)),
  );
