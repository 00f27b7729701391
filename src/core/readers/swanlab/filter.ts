// Filters of SwanLab as its client takes them: a list of rules, all of which must hold (swanlab.Api.runs, 0.10).

import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import type { Value } from '../../model/values';
import { SettingsError } from '../../source/tracker';

export interface Filter {
  readonly key: string;
  readonly type: string;
  readonly op: string;
  readonly value: readonly Value[];
  readonly active: true;
}

const types: ReadonlySet<Value> = new Set(['STABLE', 'CONFIG', 'SCALAR']);
const operators: ReadonlySet<Value> = new Set(['EQ', 'NEQ', 'GTE', 'LTE', 'IN', 'NOT IN', 'CONTAIN']);

/** Null for none. @throws SettingsError for what is no list of rules */
export function parseFilter(filter: string | null): readonly Filter[] | null {
  const text = filter?.trim();
  if (!text) return null;
  let rules: Value;
  try {
    rules = parseJson(text);
  } catch {
    rules = null;
  }
  const found = (Array.isArray(rules) ? (rules as readonly Value[]) : [rules]).map(ruleOf);
  if (found.length === 0 || found.includes(null)) {
    throw new SettingsError(
      'filter',
      `A filter of SwanLab is a list of rules such as {"type": "CONFIG", "key": "lr", "op": "EQ", "value": ["0.1"]}; types are ${listed(types)}, operators ${listed(operators)}.`,
    );
  }
  return found.filter((rule) => rule !== null);
}

const listed = (words: ReadonlySet<Value>): string => [...words].join(', ');

function ruleOf(rule: Value): Filter | null {
  if (!isObject(rule)) return null;
  const { key, type = null, op = null, value = null } = rule;
  if (typeof key !== 'string' || typeof type !== 'string' || typeof op !== 'string' || !types.has(type) || !operators.has(op) || !Array.isArray(value))
    return null;
  return { key, type, op, value, active: true };
}
