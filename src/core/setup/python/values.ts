// Literals of Python as plain values.

import { parseNumber } from '../../formats/numbers';
import { fieldOf, type Syntax } from './syntax';

/** What an expression is, as far as it can be told without running it. */
export type PyValue = string | number | boolean | null | readonly PyValue[] | { readonly [key: string]: PyValue } | typeof unknown;

/** It depends on what only a run would show. */
export const unknown = Symbol('unknown');

/** Bounds what a generated table in code costs. */
const mostItems = 2_000;

/**
 * The value of a literal expression.
 * @param name gives the value of a name, where it can be followed
 */
export function literalOf(node: Syntax, text: string, name: (node: Syntax) => PyValue = () => unknown): PyValue {
  const word = text.slice(node.from, node.to);
  switch (node.type) {
    case 'integer':
    case 'float':
      return numberOf(word);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'none':
      return null;
    case 'string':
      return stringOf(node, text);
    case 'concatenated_string': {
      const parts = node.children.map((part) => literalOf(part, text, name));
      return parts.every((part) => typeof part === 'string') ? parts.join('') : unknown;
    }
    case 'parenthesized_expression':
      return node.children[0] ? literalOf(node.children[0], text, name) : unknown;
    case 'unary_operator': {
      const argument = fieldOf(node, 'argument');
      const value = argument ? literalOf(argument, text, name) : unknown;
      if (typeof value !== 'number') return unknown;
      return word.startsWith('-') ? -value : word.startsWith('+') ? value : unknown;
    }
    case 'not_operator': {
      const argument = fieldOf(node, 'argument');
      const value = argument ? literalOf(argument, text, name) : unknown;
      return typeof value === 'boolean' ? !value : unknown;
    }
    case 'list':
    case 'tuple':
    case 'set':
      return node.children.length > mostItems ? unknown : node.children.filter(({ type }) => type !== 'comment').map((item) => literalOf(item, text, name));
    case 'dictionary':
      return dictionaryOf(node, text, name);
    case 'binary_operator':
      return arithmetic(node, text, name);
    case 'identifier':
    case 'attribute':
    case 'subscript':
    case 'call':
      return name(node);
    default:
      return unknown;
  }
}

/** Digits with underscores, other bases, `1.` and `1e3`. */
function numberOf(word: string): PyValue {
  const digits = word.replaceAll('_', '').toLowerCase();
  if (/^0[xob]/.test(digits)) return Number(digits);
  return /[jl]$/.test(digits) ? unknown : (parseNumber(digits) ?? unknown);
}

/** A plain or raw string without interpolation; escapes other than quotes and backslashes stay as written. */
function stringOf(node: Syntax, text: string): PyValue {
  if (node.children.some(({ type }) => type === 'interpolation')) return unknown;
  return node.children
    .filter(({ type }) => type === 'string_content')
    .map(({ from, to }) => text.slice(from, to))
    .join('')
    .replace(/\\([\\'"])/g, '$1');
}

function dictionaryOf(node: Syntax, text: string, name: (node: Syntax) => PyValue): PyValue {
  if (node.children.length > mostItems) return unknown;
  const entries: [string, PyValue][] = [];
  for (const pair of node.children) {
    if (pair.type === 'comment') continue;
    const [key, value] = [fieldOf(pair, 'key'), fieldOf(pair, 'value')];
    const label = key ? literalOf(key, text, name) : unknown;
    // A `**more` or a computed key: what is known of the rest still counts.
    if (!value || (typeof label !== 'string' && typeof label !== 'number')) continue;
    entries.push([String(label), literalOf(value, text, name)]);
  }
  return Object.fromEntries(entries);
}

function arithmetic(node: Syntax, text: string, name: (node: Syntax) => PyValue): PyValue {
  const [left, operator, right] = [fieldOf(node, 'left'), fieldOf(node, 'operator'), fieldOf(node, 'right')];
  if (!left || !operator || !right) return unknown;
  const [a, b] = [literalOf(left, text, name), literalOf(right, text, name)];
  if (typeof a !== 'number' || typeof b !== 'number') return unknown;
  switch (text.slice(operator.from, operator.to)) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '**':
      return a ** b;
    default:
      return unknown;
  }
}
