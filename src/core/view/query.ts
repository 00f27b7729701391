// Runs a query over runs. What a run does not have matches nothing, not even `!=`; only `is null` finds it.

import { normalise, numeric } from '../compare/same-value';
import type { Direction, Run } from '../model/run';
import { attributes, type Cell, fieldId, readField } from './fields';
import { type Literal, type Operand, type Operator, parseQuery, type Query } from './query-parse';
import { QueryError } from './query-tokens';

export type Compiled =
  | { readonly ok: true /** Null: the query is empty and takes every run. */; readonly query: Query | null; test(run: Run): boolean }
  | { readonly ok: false; readonly message: string; readonly from: number; readonly to: number };

export interface QueryContext {
  /** What better means for a metric, where the user set it. */
  readonly directions?: ReadonlyMap<string, Direction>;
}

/** A query, ready to test runs; or what is wrong with it and where. */
export function compileQuery(text: string, context: QueryContext = {}): Compiled {
  try {
    const query = parseQuery(text);
    return { ok: true, query, test: (run) => query === null || matches(query, run, context) };
  } catch (error) {
    if (error instanceof QueryError) return { ok: false, message: error.message, from: error.from, to: error.to };
    throw error;
  }
}

function matches(query: Query, run: Run, context: QueryContext): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matches(part, run, context));
    case 'or':
      return query.parts.some((part) => matches(part, run, context));
    case 'not':
      return !matches(query.part, run, context);
    case 'present':
      return (read(run, query.operand, context) !== undefined) === query.present;
    case 'compare':
      return compare(read(run, query.operand, context), query.operator, query.value, query.operand);
    case 'in': {
      const cell = read(run, query.operand, context);
      return cell !== undefined && query.values.some((value) => compare(cell, '=', value, query.operand)) !== query.negated;
    }
    case 'match': {
      const cell = read(run, query.operand, context);
      return cell !== undefined && query.pattern.test(textOf(cell)) !== query.negated;
    }
  }
}

function read(run: Run, { field, reduction }: Operand, { directions }: QueryContext): Cell {
  const direction = field.kind === 'metrics' ? directions?.get(field.name) : undefined;
  return readField(run, field, { ...(reduction ? { reduction } : {}), ...(direction ? { direction } : {}) });
}

/** Longer texts are tested by their beginning: a pattern must not be able to hang the page. */
const longestText = 4096;
const textOf = (cell: Cell): string =>
  (typeof cell === 'string' ? cell : typeof cell === 'object' ? JSON.stringify(cell, plain) : String(cell)).slice(0, longestText);
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Numbers by size, also where a tracker keeps them as text; else text by its letters; MLflow's FINISHED is finished. */
function compare(cell: Cell, operator: Operator, value: Literal, operand: Operand): boolean {
  if (cell === undefined) return false;
  const literal = literalFor(value, operand);
  const left = numeric(cell);
  const right = typeof literal === 'number' ? literal : numeric(literal);
  if (left !== null && right !== null) return ordered(left, right, operator, Number.isNaN(left) && Number.isNaN(right));
  if (typeof literal === 'number') return operator === '!=';
  if (operand.field.kind === 'attributes' && operand.field.name === 'status') {
    return ordered(textOf(cell).toLowerCase(), statusWords[literal.toLowerCase()] ?? literal.toLowerCase(), operator);
  }
  if (typeof cell === 'boolean') return ordered(String(cell), String(normalise(literal)), operator);
  return ordered(textOf(cell), literal, operator);
}

const statusWords: Readonly<Record<string, string>> = { completed: 'finished', success: 'finished', crashed: 'failed', scheduled: 'running' };

/** A date for a time, so that `started > "2024-05-01"` works beside MLflow's milliseconds. */
function literalFor(value: Literal, { field }: Operand): Literal {
  if (typeof value === 'number' || field.kind !== 'attributes' || attributes[field.name]?.type !== 'time') return value;
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00` : value);
  return Number.isNaN(time) ? value : time;
}

function ordered<T extends string | number>(left: T, right: T, operator: Operator, bothNan = false): boolean {
  switch (operator) {
    case '=':
      return left === right || bothNan;
    case '!=':
      return left !== right && !bothNan;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** A condition for a query, written so that the parser reads it back: for filtering by a click. */
export function conditionText(field: Parameters<typeof fieldId>[0], cell: Cell): string {
  const name = quoteField(fieldId(field));
  if (cell === undefined) return `${name} is null`;
  const value = normalise(cell);
  return `${name} = ${typeof value === 'number' && !Number.isNaN(value) ? numberText(value) : `"${textOf(cell).replace(/[\\"]/g, '\\$&')}"`}`;
}

const numberText = (value: number): string => (value === Number.POSITIVE_INFINITY ? 'inf' : value === Number.NEGATIVE_INFINITY ? '-inf' : String(value));

/** A field's name as a query needs it: in backticks where it holds blanks or signs. */
export function quoteField(id: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_./:@-]*$/u.test(id)) return id;
  const dot = id.indexOf('.');
  return `${id.slice(0, dot + 1)}\`${id.slice(dot + 1).replaceAll('`', '``')}\``;
}

/** The query and one more condition. */
export const andCondition = (query: string, condition: string): string =>
  query.trim() === '' ? condition : `${/\bor\b/i.test(query) ? `(${query})` : query.trim()} and ${condition}`;
