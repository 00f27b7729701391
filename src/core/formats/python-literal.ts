// Python's spelling of plain values, as `str(dict)` and pandas write them into cells: {'lr': 0.1, 'on': True, 'x': nan}.

import type { Value } from '../model/values';
import { exactInteger, parseNumber } from './numbers';

const maxDepth = 100;

/**
 * Reads dicts, lists, tuples, strings, numbers, True, False, None, nan and inf.
 * What is none of them (`array([1])`, `<Image …>`) stays text, as it stands up to the next comma or bracket of its own level.
 * @throws SyntaxError where the text is no such value, or is nested deeper than 100
 */
export function parsePythonLiteral(text: string): Value {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.expectEnd();
  return value;
}

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};
const closers: Readonly<Record<string, string>> = { '[': ']', '(': ')' };

class Parser {
  private at = 0;
  constructor(private readonly text: string) {}

  value(depth: number): Value {
    if (depth > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth}`);
    this.skip();
    const start = this.text[this.at];
    if (start === '{') return this.dict(depth);
    if (start === '[' || start === '(') return this.list(closers[start]!, depth);
    if (start === "'" || start === '"') return this.string(start);
    return this.word();
  }

  expectEnd(): void {
    this.skip();
    if (this.at < this.text.length) throw this.error();
  }

  private dict(depth: number): Value {
    const entries: [string, Value][] = [];
    this.at++;
    while (!this.took('}')) {
      const key = this.value(depth + 1);
      if (!this.took(':')) throw this.error();
      entries.push([typeof key === 'string' ? key : String(key), this.value(depth + 1)]);
      if (!this.took(',') && this.peek() !== '}') throw this.error();
    }
    return Object.fromEntries(entries);
  }

  private list(closer: string, depth: number): Value {
    const items: Value[] = [];
    this.at++;
    while (!this.took(closer)) {
      items.push(this.value(depth + 1));
      if (!this.took(',') && this.peek() !== closer) throw this.error();
    }
    return items;
  }

  private string(quote: string): string {
    let body = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === quote) {
        this.at++;
        return body;
      }
      body += char === '\\' ? this.escape() : char;
    }
    throw this.error();
  }

  private escape(): string {
    const code = this.text[++this.at] ?? '';
    const length = { x: 2, u: 4, U: 8 }[code];
    if (length === undefined) return escapes[code] ?? `\\${code}`;
    const digits = this.text.slice(this.at + 1, this.at + 1 + length);
    const point = /^[0-9a-f]+$/i.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : 0x110000;
    if (point > 0x10ffff) throw this.error();
    this.at += length;
    return String.fromCodePoint(point);
  }

  /** A number, a constant, or anything else as its text. */
  private word(): Value {
    const start = this.at;
    for (let open = 0; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (open === 0 && /[,:\]})]/.test(char)) break;
      if (/[[({<]/.test(char)) open++;
      else if (/[\])}>]/.test(char)) open--;
    }
    const word = this.text.slice(start, this.at).trim();
    if (word === '') throw this.error();
    if (/^[+-]?\d+$/.test(word)) return exactInteger(word);
    const known = words.get(word);
    return known !== undefined ? known : (parseNumber(word) ?? word);
  }

  private peek(): string | undefined {
    this.skip();
    return this.text[this.at];
  }

  private took(char: string): boolean {
    if (this.peek() !== char) return false;
    this.at++;
    return true;
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private error(): SyntaxError {
    return new SyntaxError(this.at < this.text.length ? `unexpected “${this.text[this.at]}” at ${this.at}` : 'unexpected end');
  }
}
