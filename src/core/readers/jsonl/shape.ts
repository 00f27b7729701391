// What the first bytes of a JSON file tell: rows or one document, whether a history, and which key plays which part.

import { flatten, isObject } from '../../formats/flatten';
import { gunzipHead, isGzip } from '../../formats/gzip';
import { parseJson } from '../../formats/json';
import { parsePartial } from '../../formats/json-partial';
import { decodeUtf8, withLineFeeds } from '../../formats/text';
import type { Value } from '../../model/values';
import { isHistoryName, isMetricName } from '../_history/columns';
import { type Plan, planOf, type SampledColumn } from '../_history/plan';
import { documentOf } from './document';
import { measuredAs } from './measured';
import { isAxis, isSettingsRow, meaningOf, type Row } from './rows';

export interface JsonShape {
  /** One object a line, or one value in the whole file. */
  readonly layout: 'lines' | 'document';
  readonly plan: Plan;
  /** The first row holds settings. */
  readonly settingsFirst: boolean;
  /** One object is all there is: a first row, or a dump of something else. */
  readonly lone: boolean;
  /** The unpacked first bytes. */
  readonly head: Uint8Array;
}

const sampledRows = 200;

/**
 * @param whole the bytes are the whole file
 * @returns null where it is no history
 */
export function shapeOf(bytes: Uint8Array, whole: boolean, stem: string, named: boolean): JsonShape | null {
  const packed = isGzip(bytes);
  const head = packed ? gunzipHead(bytes) : bytes;
  const text = withLineFeeds(decodeUtf8(head).text);
  const start = /\S/.exec(text)?.[0];
  if (start !== '{' && start !== '[') return null;
  const lines = linesOf(text, whole && !packed);
  const partial = lines && lines.length > 1 ? undefined : parsePartial(text);
  const document = partial === undefined ? null : documentOf(partial, true);
  // One line may be one row, or a document without line feeds: that has rows or curves inside.
  if (lines && !(document && document.curves.length + document.rows.length > 0)) {
    const shape = rowsShape(lines, stem, named);
    return shape && { layout: 'lines', ...shape, lone: start === '{' && lines.length === 1, head };
  }
  if (!document) return null;
  if (document.curves.length > 0) {
    const sounding = document.curves.filter(({ name }) => isMetricName(name)).length;
    const history = named || sounding * 2 >= document.curves.length || (isHistoryName(stem) && sounding > 0);
    return history ? { layout: 'document', plan: emptyPlan, settingsFirst: false, lone: false, head } : null;
  }
  const shape = document.rows.length > 0 ? rowsShape(document.rows, stem, named) : null;
  if (shape) return { layout: 'document', ...shape, lone: false, head };
  return named && Object.keys(document.summary).length > 0 ? { layout: 'document', plan: emptyPlan, settingsFirst: false, lone: false, head } : null;
}

const emptyPlan: Plan = { step: null, time: null, run: null, split: null, long: null, ignored: new Set(), settings: new Set() };

/** The rows of a text of one object a line; null where it is written otherwise. */
function linesOf(text: string, whole: boolean): Row[] | null {
  const lines = text.split('\n');
  const tail = lines.pop() ?? '';
  if (whole || lines.length === 0) lines.push(tail);
  const rows: Row[] = [];
  let bad = 0;
  for (const line of lines.slice(0, sampledRows)) {
    if (line.trim() === '') continue;
    const row = rowsOfLine(line);
    if (row) rows.push(...row);
    else bad++;
  }
  return rows.length > 0 && rows.length >= bad ? rows : null;
}

/** The objects of a line: one, or an array of some. Null where it is no JSON or holds no objects. */
export function rowsOfLine(line: string): Row[] | null {
  try {
    const value = parseJson(line);
    if (isObject(value)) return [value];
    if (Array.isArray(value) && value.length > 0 && value.every(isObject)) return value;
  } catch {}
  return null;
}

function rowsShape(rows: readonly Row[], stem: string, named: boolean): Pick<JsonShape, 'plan' | 'settingsFirst'> | null {
  const settingsFirst = rows[0] !== undefined && isSettingsRow(rows[0], rows[1]);
  const columns = new Map<string, { numbers: number[]; texts: string[] }>();
  for (const row of rows.slice(settingsFirst ? 1 : 0)) {
    const meaning = meaningOf(row);
    if (meaning.kind !== 'points') continue;
    for (const [name, value] of Object.entries(flatten(meaning.row, '/'))) sample(columns, name, value);
  }
  const sampled = [...columns].map(([name, column]): SampledColumn => ({ name, ...column }));
  const plan = planOf(sampled, stem, named);
  return plan && { plan, settingsFirst };
}

function sample(columns: Map<string, { numbers: number[]; texts: string[] }>, name: string, value: Value): void {
  const number = stepText(name, value) ?? measuredAs(name, value);
  if (number === null && typeof value !== 'string') return;
  let column = columns.get(name);
  if (!column) {
    column = { numbers: [], texts: [] };
    columns.set(name, column);
  }
  if (number === null) column.texts.push(value as string);
  else column.numbers.push(number);
}

const stepText = (name: string, value: Value): number | null => (typeof value === 'string' && isAxis(name) && /^\d{1,15}$/.test(value) ? Number(value) : null);
