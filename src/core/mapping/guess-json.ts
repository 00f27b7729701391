// JSON that no reader took for a history: rows of objects, one a line or in one document, and lists of numbers by name.

import { flatten, isObject } from '../formats/flatten';
import { parseJson } from '../formats/json';
import { parsePartial } from '../formats/json-partial';
import { numberOf } from '../formats/numbers';
import type { Value } from '../model/values';
import type { FoundGuess } from './guess';
import { stepAmong } from './guess-table';
import { type Mapping, plainMapping, stepOf } from './mapping';

const certainty = 0.5;
const fewestRows = 2;
const sampled = 200;

/** At most one guess. */
export function guessJson(text: string, whole: boolean): readonly FoundGuess[] {
  const start = /\S/.exec(text.slice(0, 1000))?.[0];
  if (start !== '{' && start !== '[') return [];
  const lines = rowsOfLines(text, whole);
  if (lines.length >= fewestRows) return given(lines, { ...plainMapping, format: 'jsonl' });
  const document = parsePartial(text);
  const place = document === undefined ? null : rowsPlace(document, '');
  return place ? given(place.rows, { ...plainMapping, format: 'json', rows: place.key === '' ? null : place.key }) : [];
}

function rowsOfLines(text: string, whole: boolean): readonly Value[] {
  const lines = text.split('\n').slice(0, sampled);
  if (!whole && lines.length < sampled) lines.pop();
  return lines.flatMap((line) => {
    try {
      const value = parseJson(line);
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

/** The first list of objects, or object of lists of numbers, from the outside in. */
export function rowsPlace(value: Value, key: string, depth = 4): { readonly key: string; readonly rows: readonly Value[] } | null {
  if (Array.isArray(value)) {
    const rows = value.filter(isObject);
    return rows.length >= fewestRows ? { key, rows: rows.slice(0, sampled) } : null;
  }
  if (!isObject(value) || depth === 0) return null;
  const rows = listsAsRows(value);
  if (rows.length >= fewestRows) return { key, rows: rows.slice(0, sampled) };
  for (const [name, inner] of Object.entries(value)) {
    const found = rowsPlace(inner, key === '' ? name : `${key}/${name}`, depth - 1);
    if (found) return found;
  }
  return null;
}

/** `{"loss": [2, 1], "acc": [0, 1]}` → a row for each position; empty where there are no lists of numbers. */
export function listsAsRows(value: Value): readonly Value[] {
  const lists = Object.entries(flatten(value, '/')).filter((entry): entry is [string, readonly Value[]] => isNumbers(entry[1]));
  const length = lists.reduce((most, [, list]) => Math.max(most, list.length), 0);
  return Array.from({ length }, (_, at) => Object.fromEntries(lists.flatMap(([name, list]) => (at < list.length ? [[name, list[at]!]] : []))));
}

const isNumbers = (value: Value): boolean =>
  Array.isArray(value) &&
  value.some((item) => numberOf(item) !== null) &&
  value.every((item) => item === null || (numberOf(item) !== null && typeof item !== 'boolean'));

function given(rows: readonly Value[], mapping: Mapping): readonly FoundGuess[] {
  const flat = rows.map((row) => flatten(row, '/'));
  const names = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  const columns = names
    .map((name) => ({ name, values: flat.flatMap((row) => (name in row ? [typeof row[name] === 'boolean' ? null : numberOf(row[name])] : [])) }))
    .filter(({ values }) => values.some((value) => value !== null));
  if (columns.length === 0) return [];
  const step = stepAmong(columns);
  if (columns.length === (step === null ? 0 : 1)) return [];
  const title = mapping.format === 'json' ? 'JSON document' : 'Lines of JSON';
  return [{ id: 'json', title, score: certainty, mapping: { ...mapping, label: title, step: step === null ? null : stepOf(step) } }];
}
