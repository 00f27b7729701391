// Reads a query into a tree. The grammar holds all of MLflow's search syntax, and adds or, not, brackets, patterns and reductions.

import type { Reduction } from '../compare/metrics';
import { attributes, type Field } from './fields';
import { QueryError, type Token, tokenize } from './query-tokens';

/*
 * query      := or
 * or         := and ('or' and)*
 * and        := not ('and' not)*
 * not        := 'not' not | '(' or ')' | comparison
 * comparison := operand operator value | operand ['not'] 'in' '(' value, … ')' | operand ['not'] 'like'|'ilike' string
 *             | operand 'is' ['not'] 'null' | operand ('~' | '!~') (/regex/flags | string)
 * operand    := field | ('last'|'best'|'min'|'max'|'mean') '(' field ')'
 * field      := 'metrics.'… | 'params.'… | 'tags.'… | 'summary.'… | 'attributes.'… | an attribute by itself
 */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Literal = string | number;

export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'compare'; readonly operand: Operand; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Literal[]; readonly negated: boolean }
  | { readonly kind: 'match'; readonly operand: Operand; readonly pattern: RegExp; readonly negated: boolean }
  | { readonly kind: 'present'; readonly operand: Operand; readonly present: boolean };

export interface Operand {
  readonly field: Field;
  readonly reduction: Reduction | null;
}

const prefixes: Readonly<Record<string, Field['kind']>> = {
  metrics: 'metrics',
  metric: 'metrics',
  params: 'params',
  param: 'params',
  parameters: 'params',
  parameter: 'params',
  config: 'params',
  tags: 'tags',
  tag: 'tags',
  summary: 'summary',
  attributes: 'attributes',
  attribute: 'attributes',
  attr: 'attributes',
  run: 'attributes',
};
const reductions: readonly Reduction[] = ['last', 'best', 'min', 'max', 'mean'];
const deepest = 100;

/** The tree of a query; null for one of blanks only. @throws QueryError with the place */
export function parseQuery(text: string): Query | null {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] as Token;
  const next = (): Token => tokens[at < tokens.length - 1 ? at++ : at] as Token;
  const isWord = (word: string, token: Token = peek()): boolean => token.kind === 'word' && token.text.toLowerCase() === word;
  const takeWord = (word: string): boolean => {
    const found = isWord(word);
    if (found) next();
    return found;
  };
  const fail = (message: string, token: Token = peek()): never => {
    throw new QueryError(message, token.from, Math.max(token.to, token.from + 1));
  };
  const expect = (kind: Token['kind'], message: string): Token => (peek().kind === kind ? next() : fail(message));

  if (peek().kind === 'end') return null;
  const query = parseOr();
  if (peek().kind !== 'end') fail('Expected ‘and’, ‘or’ or the end here.');
  return query;

  function parseOr(): Query {
    const parts = [parseAnd()];
    while (takeWord('or')) parts.push(parseAnd());
    return parts.length === 1 ? (parts[0] as Query) : { kind: 'or', parts };
  }

  function parseAnd(): Query {
    const parts = [parseNot()];
    while (takeWord('and')) parts.push(parseNot());
    return parts.length === 1 ? (parts[0] as Query) : { kind: 'and', parts };
  }

  function parseNot(): Query {
    depth += 1;
    if (depth > deepest) fail('The query is nested too deeply.');
    try {
      if (takeWord('not')) return { kind: 'not', part: parseNot() };
      if (peek().kind !== 'open') return parseComparison();
      next();
      const inner = parseOr();
      expect('close', 'A closing bracket is missing.');
      return inner;
    } finally {
      depth -= 1;
    }
  }

  function parseComparison(): Query {
    const operand = parseOperand();
    if (takeWord('is')) {
      const present = takeWord('not');
      if (!takeWord('null')) fail('Expected ‘null’ after ‘is’.');
      return { kind: 'present', operand, present };
    }
    const negated = takeWord('not');
    if (takeWord('in')) return { kind: 'in', operand, values: parseList(), negated };
    for (const word of ['like', 'ilike'] as const) {
      if (takeWord(word)) return { kind: 'match', operand, pattern: likePattern(expectText(), word === 'ilike'), negated };
    }
    if (negated) fail('Expected ‘in’ or ‘like’ after ‘not’.');
    const operator = expect('operator', 'Expected a comparison here: = != < <= > >= ~ in like is.');
    if (operator.text === '~' || operator.text === '!~') return { kind: 'match', operand, pattern: parsePattern(), negated: operator.text === '!~' };
    const plain = operator.text === '==' ? '=' : operator.text === '<>' ? '!=' : (operator.text as Operator);
    return { kind: 'compare', operand, operator: plain, value: parseLiteral() };
  }

  function parseOperand(): Operand {
    const token = peek();
    const reduction = token.kind === 'word' ? reductions.find((one) => one === token.text.toLowerCase()) : undefined;
    if (reduction && tokens[at + 1]?.kind === 'open') {
      next();
      next();
      const field = parseField();
      expect('close', 'A closing bracket is missing.');
      return { field, reduction };
    }
    return { field: parseField(), reduction: null };
  }

  function parseField(): Field {
    const token = peek();
    if (token.kind !== 'word' && token.kind !== 'quoted')
      fail(token.kind === 'end' ? 'The query ends where a field is expected.' : 'Expected a field here, such as metrics.loss.');
    next();
    const dot = token.text.indexOf('.');
    const prefix = dot > 0 ? token.text.slice(0, dot).toLowerCase() : '';
    const kind = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
    if (kind === undefined) return attribute(token.text, token);
    const name = token.text.slice(dot + 1);
    if (name === '') fail(`A name is missing after ‘${token.text}’.`, token);
    return kind === 'attributes' ? attribute(name, token) : { kind, name };
  }

  function attribute(name: string, token: Token): Field {
    const found = Object.entries(attributes).find(
      ([id, { aliases }]) => id === name.toLowerCase() || aliases.includes(name) || aliases.includes(name.toLowerCase()),
    );
    if (!found)
      return fail(`There is no field ‘${name}’: write metrics.${name}, params.${name}, tags.${name}, or an attribute such as name, status, started.`, token);
    return { kind: 'attributes', name: found[0] };
  }

  function parseLiteral(): Literal {
    const token = peek();
    if (token.kind === 'number') return numberOf(next().text);
    if (token.kind === 'string' || token.kind === 'quoted') return next().text;
    // MLflow takes no bare words; people type them all the same.
    if (token.kind === 'word' && !['and', 'or', 'not'].includes(token.text.toLowerCase())) return next().text;
    return fail(token.kind === 'end' ? 'The query ends where a value is expected.' : 'Expected a value here: a number or "text".');
  }

  function parseList(): readonly Literal[] {
    expect('open', 'Expected ( and a list of values.');
    const values = [parseLiteral()];
    while (peek().kind === 'comma') {
      next();
      values.push(parseLiteral());
    }
    expect('close', 'A closing bracket is missing after the list.');
    return values;
  }

  function expectText(): string {
    const token = peek();
    return token.kind === 'string' ? next().text : fail('Expected "text" here; % stands for anything.');
  }

  function parsePattern(): RegExp {
    const token = peek();
    if (token.kind !== 'regex' && token.kind !== 'string' && token.kind !== 'word') fail('Expected a pattern here: /resnet/ or "resnet".');
    next();
    const flags = [...new Set((token.flags ?? '').replace(/[^imsu]/g, ''))].join('');
    try {
      return new RegExp(token.text, flags);
    } catch {
      return fail('This is not a pattern that can be understood.', token);
    }
  }
}

function numberOf(text: string): number {
  const plain = text.toLowerCase().replace(/^\+/, '');
  if (plain === 'inf' || plain === 'infinity') return Number.POSITIVE_INFINITY;
  if (plain === '-inf' || plain === '-infinity') return Number.NEGATIVE_INFINITY;
  return plain.endsWith('nan') ? Number.NaN : Number(plain);
}

/** SQL's pattern: % is anything, _ is one sign. */
function likePattern(text: string, ignoreCase: boolean): RegExp {
  const source = [...text].map((sign) => (sign === '%' ? '[^]*' : sign === '_' ? '[^]' : sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))).join('');
  return new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u');
}
