// Tolerant JSON: bare NaN and infinities, exact big integers, bounded depth, harmless `__proto__` keys.

import type { Value } from '../model/values';
import { exactInteger, parseNumber } from './numbers';

/** Deepest nesting that is read; more is refused, so that nobody downstream overflows the stack. */
export const maxJsonDepth = 200;

/** What JSON.parse would refuse (bare non-finite numbers) or silently round (integers of 16 digits and more). Strings may match too: that only costs time. */
const needsCare = /(?:^|[[:,\s])[+-]?(?:nan|inf)|(?<![.\d])\d{16,}(?![.\deE])/i;

/**
 * Parses JSON as Python, JavaScript and C loggers write it.
 * @returns plain data; integers beyond 2^53 as bigint, `-0` kept
 * @throws SyntaxError when it is not JSON even so, or is nested deeper than {@link maxJsonDepth}
 */
export function parseJson(text: string): Value {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.length > maxJsonDepth && tooDeep(body)) throw new SyntaxError(`nested deeper than ${maxJsonDepth}`);
  return needsCare.test(body) ? new Parser(body).parse() : (JSON.parse(body) as Value);
}

function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = closingQuote(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxJsonDepth) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Index of the quote that closes the string opened at `open`, or the text's length. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** Sets a key as JSON.parse does: as an own property, whatever it is called. */
function setOwn(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

class Parser {
  private at = 0;
  constructor(private readonly text: string) {}

  parse(): Value {
    const value = this.value();
    if (this.peek() !== '') throw this.error();
    return value;
  }

  private value(): Value {
    const next = this.peek();
    if (next === '{') return this.object();
    if (next === '[') return this.array();
    if (next === '"') return this.string();
    return this.scalar();
  }

  private object(): Value {
    const result: Record<string, Value> = {};
    this.at++;
    if (this.peek() === '}') this.at++;
    else
      for (;;) {
        if (this.peek() !== '"') throw this.error();
        const key = this.string();
        if (this.peek() !== ':') throw this.error();
        this.at++;
        setOwn(result, key, this.value());
        if (this.closes('}')) break;
      }
    return result;
  }

  private array(): Value {
    const result: Value[] = [];
    this.at++;
    if (this.peek() === ']') this.at++;
    else
      for (;;) {
        result.push(this.value());
        if (this.closes(']')) break;
      }
    return result;
  }

  /** Steps over a comma (false) or the closing bracket (true). */
  private closes(bracket: string): boolean {
    const next = this.peek();
    if (next !== ',' && next !== bracket) throw this.error();
    this.at++;
    return next === bracket;
  }

  private string(): string {
    const close = closingQuote(this.text, this.at);
    if (close >= this.text.length) throw this.error();
    const quoted = this.text.slice(this.at, close + 1);
    this.at = close + 1;
    return JSON.parse(quoted) as string;
  }

  private scalar(): Value {
    const start = this.at;
    while (this.at < this.text.length && !/[\s,:[\]{}"]/.test(this.text[this.at]!)) this.at++;
    const token = this.text.slice(start, this.at);
    if (token === 'null') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (/^-?(?:0|[1-9]\d*)$/.test(token)) return token === '-0' ? -0 : exactInteger(token);
    const number = /^['"]/.test(token) ? null : parseNumber(token);
    if (number === null) throw this.error(start);
    return number;
  }

  /** The next character that is no blank, or '' at the end. */
  private peek(): string {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
    return this.text[this.at] ?? '';
  }

  private error(at = this.at): SyntaxError {
    return new SyntaxError(at >= this.text.length ? 'JSON ends too early' : `unexpected text at character ${at}`);
  }
}
