// Cuts a query into words, with the place of each, so that errors and completion can point at it.

export type TokenKind = 'word' | 'quoted' | 'number' | 'string' | 'regex' | 'operator' | 'open' | 'close' | 'comma' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes, escapes resolved; a regex keeps its flags in `flags`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly flags?: string;
}

/** Something wrong with a query, and where: [from, to) in its text. */
export class QueryError extends Error {
  constructor(
    message: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(message);
    this.name = 'QueryError';
  }
}

const operators = ['<=', '>=', '!=', '<>', '==', '!~', '=', '<', '>', '~'];
const numberAt = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w./])|[+-]?(?:inf|infinity|nan)\b(?![./])/iy;
// A name may hold what trackers put into names, unquoted: slashes, dots, dashes, colons, letters of any script.
const wordAt = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_./:@%$#+*?{}[\]-]*/uy;

/** @throws QueryError at an unfinished quote or a sign that means nothing */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const sign = text[at] as string;
    if (/\s/.test(sign)) {
      at += 1;
      continue;
    }
    const token = simple(sign, at) ?? quoted(text, at, tokens) ?? word(at);
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;

  function word(from: number): Token {
    const operator = operators.find((one) => text.startsWith(one, from));
    if (operator) return { kind: 'operator', text: operator, from, to: from + operator.length };
    const number = match(numberAt);
    if (number !== null) return { kind: 'number', text: number, from, to: from + number.length };
    const name = match(wordAt);
    if (name === null) throw new QueryError(`‘${text[from]}’ means nothing here.`, from, from + 1);
    // `metrics."val loss"`, `params.`a b``: the quoted rest belongs to the name.
    const after = text[from + name.length];
    if (name.endsWith('.') && (after === '"' || after === '`' || after === "'")) {
      const rest = readQuoted(text, from + name.length);
      return { kind: 'quoted', text: name + rest.text, from, to: rest.to };
    }
    return { kind: 'word', text: name, from, to: from + name.length };
  }
}

function simple(sign: string, from: number): Token | null {
  const kind = ({ '(': 'open', ')': 'close', ',': 'comma' } as const)[sign];
  return kind ? { kind, text: sign, from, to: from + 1 } : null;
}

/** A string, a name in backticks, or a regex; a slash begins a regex only after `~`. */
function quoted(text: string, from: number, before: readonly Token[]): Token | null {
  const sign = text[from];
  if (sign === '"' || sign === "'") {
    const read = readQuoted(text, from);
    return { kind: 'string', text: read.text, from, to: read.to };
  }
  if (sign === '`') {
    const read = readQuoted(text, from);
    return { kind: 'quoted', text: read.text, from, to: read.to };
  }
  const last = before.at(-1);
  if (sign !== '/' || last?.kind !== 'operator' || !last.text.endsWith('~')) return null;
  let at = from + 1;
  let inClass = false;
  while (at < text.length && (inClass || text[at] !== '/')) {
    if (text[at] === '[') inClass = true;
    if (text[at] === ']') inClass = false;
    at += text[at] === '\\' ? 2 : 1;
  }
  if (at >= text.length) throw new QueryError('The pattern has no closing /.', from, text.length);
  const flags = /^[a-z]*/.exec(text.slice(at + 1))?.[0] ?? '';
  return { kind: 'regex', text: text.slice(from + 1, at), from, to: at + 1 + flags.length, flags };
}

/** From the opening quote to its twin; doubling or a backslash keeps a quote inside. */
function readQuoted(text: string, from: number): { readonly text: string; readonly to: number } {
  const quote = text[from] as string;
  let out = '';
  let at = from + 1;
  while (at < text.length) {
    const sign = text[at] as string;
    if (sign === '\\' && (text[at + 1] === quote || text[at + 1] === '\\')) {
      out += text[at + 1];
      at += 2;
    } else if (sign === quote && text[at + 1] === quote) {
      out += quote;
      at += 2;
    } else if (sign === quote) {
      return { text: out, to: at + 1 };
    } else {
      out += sign;
      at += 1;
    }
  }
  throw new QueryError(`There is no closing ${quote}.`, from, text.length);
}
