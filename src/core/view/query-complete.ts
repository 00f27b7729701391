// What could come next in a query: fields, comparisons, values.

import { attributes } from './fields';
import { quoteField } from './query';
import { QueryError, type Token, tokenize } from './query-tokens';

export interface Suggestion {
  /** What is put in. */
  readonly text: string;
  /** What it is: "param", "metric", "comparison", "value". */
  readonly note: string;
}

export interface Completion {
  /** What the suggestion replaces: [from, to) of the text. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

export interface Vocabulary {
  /** Field ids of all runs: `params.lr`, … */
  readonly fields: readonly string[];
  /** Values that a field has, most frequent first. */
  readonly values: (field: string) => readonly string[];
}

const comparisons = ['=', '!=', '<', '<=', '>', '>=', '~', 'in', 'like', 'is null', 'is not null'];
const most = 30;

/** Suggestions at a place in the text. */
export function completeQuery(text: string, cursor: number, vocabulary: Vocabulary): Completion {
  const tokens = tokensBefore(text, cursor);
  const under = tokens.at(-1);
  const touching = under && under.to === cursor && (under.kind === 'word' || under.kind === 'quoted' || under.kind === 'string') ? under : null;
  const before = touching ? tokens.slice(0, -1) : tokens;
  const typed = touching ? text.slice(touching.from, cursor) : '';
  const from = touching ? touching.from : cursor;
  return { from, to: cursor, suggestions: candidates(before, vocabulary).filter(fits(typed)).slice(0, most) };
}

/** Tokens up to the cursor; an unfinished quote counts as the token that is being typed. */
function tokensBefore(text: string, cursor: number): readonly Token[] {
  const head = text.slice(0, cursor);
  try {
    return tokenize(head).slice(0, -1);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    try {
      const rest = head.slice(error.from).replace(/^["'`/]/, '');
      return [...tokenize(head.slice(0, error.from)).slice(0, -1), { kind: 'string', text: rest, from: error.from, to: cursor }];
    } catch {
      return [];
    }
  }
}

function candidates(before: readonly Token[], { fields, values }: Vocabulary): readonly Suggestion[] {
  const last = before.at(-1);
  const isJoin = last?.kind === 'word' && /^(and|or|not)$/i.test(last.text);
  if (!last || isJoin || (last.kind === 'open' && !inList(before))) return fieldSuggestions(fields);
  const inside = inList(before);
  if (last.kind === 'operator' || inside) {
    const field = [...before].reverse().find((token) => (token.kind === 'word' && !/^(in|not|and|or)$/i.test(token.text)) || token.kind === 'quoted');
    return field ? values(fieldName(field.text)).map((value) => ({ text: literal(value), note: 'value' })) : [];
  }
  const beforeLast = before.at(-2);
  const isField = (last.kind === 'word' || last.kind === 'quoted') && beforeLast?.kind !== 'operator';
  if (isField) return comparisons.map((text) => ({ text, note: 'comparison' }));
  return ['and', 'or'].map((text) => ({ text, note: 'both or either' }));
}

/** True between the brackets of `in (…)`. */
function inList(before: readonly Token[]): boolean {
  const open = before.findLastIndex((token) => token.kind === 'open' || token.kind === 'close');
  return open > 0 && before[open]?.kind === 'open' && before[open - 1]?.text.toLowerCase() === 'in';
}

const notes: Readonly<Record<string, string>> = { params: 'param', metrics: 'metric', tags: 'tag', summary: 'summary', attributes: 'attribute' };

const fieldSuggestions = (fields: readonly string[]): readonly Suggestion[] => [
  ...Object.keys(attributes).map((name) => ({ text: name, note: 'attribute' })),
  ...fields.filter((id) => !id.startsWith('attributes.')).map((id) => ({ text: quoteField(id), note: notes[id.slice(0, id.indexOf('.'))] ?? '' })),
];

const fieldName = (text: string): string => (Object.hasOwn(attributes, text) ? `attributes.${text}` : text);

const literal = (value: string): string => (/^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`);

/** All that holds what was typed, in any case, what begins with it first. */
const fits = (typed: string) => {
  const wanted = typed.replace(/["'`]/g, '').toLowerCase();
  return ({ text }: Suggestion): boolean => text.replace(/["'`]/g, '').toLowerCase().includes(wanted);
};
