// MLflow's filter language, as far as it asks for metrics, params, tags, names and statuses, as a condition in SQL.

import { SettingsError } from '../../source/tracker';
import type { Has } from '../_sql/has';

export const filterExample = "metrics.loss < 0.2 and params.optimizer = 'adam'";

export interface Condition {
  readonly text: string;
  readonly parameters: readonly (string | number)[];
}

const quoted = /`([^`]+)`|"([^"]+)"|([\w./-]+)/.source;
const clause = new RegExp(
  `^\\s*(?:(metrics?|params?|parameters?|tags?|attributes?|attr|run)\\.)?(?:${quoted})\\s*(!=|<=|>=|=|<|>|\\blike\\b)\\s*('(?:[^']|'')*'|"[^"]*"|[-+]?[\\d.]+(?:e[-+]?\\d+)?)\\s*(?:\\band\\b|$)`,
  'i',
);
const columns: Readonly<Record<string, string>> = {
  status: 'status',
  run_name: 'name',
  name: 'name',
  user_id: 'user_id',
  start_time: 'start_time',
  end_time: 'end_time',
};

/**
 * Conditions over `runs`, joined by `and`.
 * @throws SettingsError for what is no such filter
 */
export function filterCondition(filter: string | null, has: Has): Condition | null {
  let rest = filter?.trim() ?? '';
  if (rest === '') return null;
  const texts: string[] = [];
  const parameters: (string | number)[] = [];
  while (rest !== '') {
    const found = clause.exec(rest);
    if (!found) throw wrong(rest);
    const [whole, group = 'attributes', ticked, doubled, plain, operator = '', operand = ''] = found;
    const one = conditionOf(group.toLowerCase(), ticked ?? doubled ?? plain ?? '', operator.toUpperCase(), operand, has);
    if (!one) throw wrong(rest);
    texts.push(one.text);
    parameters.push(...one.parameters);
    rest = rest.slice(whole.length).trim();
    if (rest === '' && /\band\s*$/i.test(whole)) throw wrong(whole);
  }
  return { text: texts.join(' AND '), parameters };
}

function conditionOf(group: string, key: string, typed: string, operand: string, has: Has): Condition | null {
  const isText = /^['"]/.test(operand);
  const value = isText ? operand.slice(1, -1).replaceAll("''", "'") : Number(operand);
  const operator = typed === '!=' ? '<>' : typed;
  if (typeof value === 'number' && (!Number.isFinite(value) || operator === 'LIKE')) return null;
  if (group.startsWith('metric')) {
    if (isText) return null;
    const isNan = has('latest_metrics', 'is_nan') ? ' AND NOT m.is_nan' : '';
    const text = `EXISTS (SELECT 1 FROM latest_metrics m WHERE m.run_uuid = runs.run_uuid AND m."key" = ?${isNan} AND m.value ${operator} ${value})`;
    return has('latest_metrics', 'key', 'value', 'run_uuid') ? { text, parameters: [key] } : null;
  }
  if (group.startsWith('param') || group.startsWith('tag')) {
    const table = group.startsWith('param') ? 'params' : 'tags';
    if (!isText || !['=', '<>', 'LIKE'].includes(operator)) return null;
    return { text: `EXISTS (SELECT 1 FROM ${table} p WHERE p.run_uuid = runs.run_uuid AND p."key" = ? AND p.value ${operator} ?)`, parameters: [key, value] };
  }
  const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
  if (column === undefined || isText === column.endsWith('_time') || (isText && !['=', '<>', 'LIKE'].includes(operator))) return null;
  return isText ? { text: `runs.${column} ${operator} ?`, parameters: [value] } : { text: `runs.${column} ${operator} ${value}`, parameters: [] };
}

const wrong = (part: string): SettingsError =>
  new SettingsError(
    'filter',
    `A filter is like ${filterExample}: metrics, params, tags or attributes, compared by =, !=, <, <=, >, >= or LIKE, joined by and. This is none: ${part.slice(0, 80)}.`,
  );
