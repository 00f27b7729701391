// Comet's query expressions, as its Python client writes them, and the rules that its server takes for them (comet_ml.query, 3.58.8).

import { type JsonObject, textOf } from '../../formats/http-json';
import { SettingsError } from '../../source/tracker';

interface Rule {
  readonly id: string;
  readonly field: string;
  readonly type: string;
  readonly operator: string;
  readonly value: string | number | null | readonly string[];
  readonly source: string;
}

export interface Rules {
  readonly condition: 'AND' | 'OR';
  readonly rules: readonly (Rule | Rules)[];
  readonly valid: true;
}

type Leaf = Omit<Rule, 'id' | 'type'>;

/** Nothing is negated any more: `~` has been moved into the operators. */
export type Condition = Leaf | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

const sources: Readonly<Record<string, string>> = {
  Metric: 'metrics',
  Parameter: 'params',
  Metadata: 'metadata',
  Environment: 'env_details',
  Other: 'log_other',
  Tag: 'tag',
};
const comparisons: Readonly<Record<string, string>> = {
  '==': 'equal',
  '!=': 'not_equal',
  '<': 'less',
  '<=': 'less_or_equal',
  '>': 'greater',
  '>=': 'greater_or_equal',
};
const methods: Readonly<Record<string, string>> = { contains: 'contains', startswith: 'begins_with', endswith: 'ends_with', between: 'between' };
const opposites: Readonly<Record<string, string>> = { less: 'greater_or_equal', greater_or_equal: 'less', greater: 'less_or_equal', less_or_equal: 'greater' };
const token = /\s*(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|==|!=|<=|>=|[<>&|~().,]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z]\w*)/iy;
const deepest = 100;

/** @throws SettingsError for what is no expression; null for none */
export function parseFilter(filter: string | null): Condition | null {
  const text = filter?.trim();
  if (!text) return null;
  return new Parser(text).whole();
}

class Parser {
  readonly #tokens: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    token.lastIndex = 0;
    for (let end = 0; end < text.length; ) {
      const found = token.exec(text);
      if (!found) throw this.#none(text.slice(end).trim().slice(0, 40));
      this.#tokens.push(found[0].trim());
      end = token.lastIndex;
    }
  }

  whole(): Condition {
    const found = this.#any(false);
    if (this.#at < this.#tokens.length) throw this.#none(this.#tokens[this.#at] ?? '');
    return found;
  }

  #any(negated: boolean): Condition {
    const parts = [this.#all(negated)];
    while (this.#take('|')) parts.push(this.#all(negated));
    return parts.length === 1 ? (parts[0] as Condition) : negated ? { all: parts } : { any: parts };
  }

  #all(negated: boolean): Condition {
    const parts = [this.#one(negated)];
    while (this.#take('&')) parts.push(this.#one(negated));
    return parts.length === 1 ? (parts[0] as Condition) : negated ? { any: parts } : { all: parts };
  }

  #one(negated: boolean): Condition {
    if (++this.#depth > deepest) throw this.#none('so many parentheses');
    try {
      if (this.#take('~')) return this.#one(!negated);
      if (this.#take('(')) {
        const inner = this.#any(negated);
        this.#need(')');
        return inner;
      }
      return this.#leaf(negated);
    } finally {
      this.#depth--;
    }
  }

  #leaf(negated: boolean): Leaf {
    const word = this.#next();
    const source = Object.hasOwn(sources, word) ? (sources[word] as string) : null;
    if (source === null) throw this.#none(word);
    this.#need('(');
    const field = this.#string();
    this.#need(')');
    const leaf = source === 'tag' ? { operator: 'equal', value: field } : this.#take('.') ? this.#method() : this.#comparison();
    return { field, source, ...leaf, operator: negated ? opposite(leaf.operator) : leaf.operator };
  }

  #method(): Pick<Leaf, 'operator' | 'value'> {
    const word = this.#next();
    const operator = Object.hasOwn(methods, word) ? (methods[word] as string) : null;
    if (operator === null) throw this.#none(word);
    this.#need('(');
    let value: Leaf['value'];
    if (operator === 'between') {
      const low = this.#number();
      this.#need(',');
      value = [low, this.#number()].map(String);
    } else value = this.#string();
    this.#need(')');
    return { operator, value };
  }

  #comparison(): Pick<Leaf, 'operator' | 'value'> {
    const sign = this.#next();
    const operator = Object.hasOwn(comparisons, sign) ? (comparisons[sign] as string) : null;
    if (operator === null) throw this.#none(sign);
    const word = this.#tokens[this.#at] ?? '';
    const isEqual = operator === 'equal' || operator === 'not_equal';
    const empty = isEqual && (word === 'None' ? 'null' : word === '""' || word === "''" ? 'empty' : null);
    if (empty) {
      this.#at++;
      return { operator: operator === 'equal' ? `is_${empty}` : `is_not_${empty}`, value: null };
    }
    if (word === 'True' || word === 'False') {
      this.#at++;
      return { operator, value: word === 'True' ? 1 : 0 };
    }
    return { operator, value: /^["']/.test(word) ? this.#string() : this.#number() };
  }

  #string(): string {
    const word = this.#next();
    if (!/^["']/.test(word)) throw this.#none(word);
    return word.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  #number(): number {
    const word = this.#next();
    const value = Number(word);
    if (word === '' || Number.isNaN(value)) throw this.#none(word);
    return value;
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #take(sign: string): boolean {
    const found = this.#tokens[this.#at] === sign;
    if (found) this.#at++;
    return found;
  }

  #need(sign: string): void {
    const word = this.#next();
    if (word !== sign) throw this.#none(word);
  }

  #none(word: string): SettingsError {
    const where = word === '' ? 'It ends too early' : `${word} is not understood`;
    return new SettingsError('filter', `${where}: a filter of Comet is an expression such as (Metric("loss") < 0.2) & Tag("baseline").`);
  }
}

function opposite(operator: string): string {
  const known = opposites[operator];
  if (known !== undefined) return known;
  if (operator.startsWith('is_')) return operator.startsWith('is_not_') ? operator.replace('is_not_', 'is_') : operator.replace('is_', 'is_not_');
  return operator.startsWith('not_') ? operator.slice('not_'.length) : `not_${operator}`;
}

/**
 * What the server is asked. The types are those that the project's columns have.
 * @returns null where nothing can match: a name is asked for that the project does not know, as the official client takes it
 */
export function rulesOf(condition: Condition, columns: readonly JsonObject[]): Rules | null {
  const types = new Map(columns.map(({ name, source, type }) => [`${textOf(source)}\0${textOf(name)}`, textOf(type) ?? 'string']));
  const found = treeOf(condition, types);
  return found === null || 'condition' in found ? found : { condition: 'AND', rules: [found], valid: true };
}

function treeOf(condition: Condition, types: ReadonlyMap<string, string>): Rule | Rules | null {
  if ('field' in condition) {
    const type = condition.source === 'tag' ? 'string' : types.get(`${condition.source}\0${condition.field}`);
    return type === undefined ? null : { id: condition.field, ...condition, type };
  }
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => treeOf(part, types));
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || (isAll && known.length < parts.length)) return null;
  // Rules beside groups stand in a group of their own.
  const isMixed = known.some((part) => 'condition' in part);
  const rules = known.map((part) => (isMixed && !('condition' in part) ? ({ condition: 'AND', rules: [part], valid: true } as const) : part));
  return { condition: isAll ? 'AND' : 'OR', rules, valid: true };
}
