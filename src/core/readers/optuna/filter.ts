// A filter over trials in a few words, as a condition in SQL: Optuna has no language of its own for it.

import { SettingsError } from '../../source/tracker';
import type { Has } from '../_sql/has';
import { states } from './trial';

export const filterExample = 'state = COMPLETE and value < 0.2';

const clause = /^(state|number|value)\s*(!=|<>|==?|<=|>=|<|>|\bin\b|\bnot\s+in\b)\s*(.+)$/i;

/**
 * Conditions over a trial `t`, joined by `and`: `state = COMPLETE`, `state in (PRUNED, FAIL)`, `number >= 100`, `value < 0.2` (the first objective).
 * Nothing that was typed becomes part of the SQL but numbers and names of states.
 * @throws SettingsError for what is no such filter
 */
export function filterCondition(filter: string | null, has: Has): string | null {
  const text = filter?.trim();
  if (!text) return null;
  return text
    .split(/\s+and\s+/i)
    .map((part) => conditionOf(part.trim(), has))
    .join(' AND ');
}

function conditionOf(part: string, has: Has): string {
  const [, field = '', typed = '', operand = ''] = clause.exec(part) ?? [];
  const operator = typed.toLowerCase().replace(/\s+/g, ' ').replace('==', '=').replace('!=', '<>');
  if (field.toLowerCase() === 'state') return stateCondition(operator, operand, part);
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(operand.trim()) ? Number(operand) : Number.NaN;
  if (!Number.isFinite(number) || operator.includes('in')) throw wrong(part);
  if (field.toLowerCase() === 'number') {
    if (!has('trials', 'number')) throw new SettingsError('filter', 'This storage is older than numbers of trials: they cannot be asked for.');
    return `t.number ${operator} ${number}`;
  }
  return valueCondition(operator, number, has);
}

function stateCondition(operator: string, operand: string, part: string): string {
  const isList = operator.includes('in');
  const words = operand
    .replace(/^\(|\)$/g, isList ? '' : '$&')
    .split(isList ? ',' : /$^/)
    .map((word) =>
      word
        .trim()
        .replace(/^(['"])(.*)\1$/, '$2')
        .toUpperCase(),
    );
  if (!['=', '<>', 'in', 'not in'].includes(operator) || !words.every((word) => (states as readonly string[]).includes(word))) throw wrong(part);
  return `t.state ${operator === '=' || operator === 'in' ? 'IN' : 'NOT IN'} (${words.map((word) => `'${word}'`).join(', ')})`;
}

/** Infinities are kept beside a number that means nothing. */
function valueCondition(operator: string, number: number, has: Has): string {
  if (!has('trial_values', 'trial_id', 'objective', 'value')) return `t.value ${operator} ${number}`;
  const finite = `v.value ${operator} ${number}`;
  const infinite = operator.startsWith('>') ? "'INF_POS'" : operator.startsWith('<') && operator !== '<>' ? "'INF_NEG'" : "'INF_POS', 'INF_NEG'";
  const among = operator === '=' ? '' : ` OR v.value_type IN (${infinite})`;
  const meets = has('trial_values', 'value_type') ? `(v.value_type = 'FINITE' AND ${finite}${among})` : finite;
  return `EXISTS (SELECT 1 FROM trial_values v WHERE v.trial_id = t.trial_id AND v.objective = 0 AND ${meets})`;
}

const wrong = (part: string): SettingsError =>
  new SettingsError(
    'filter',
    `A filter of Optuna is like ${filterExample}: state, number or value, compared, joined by and. This is none: ${part.slice(0, 80)}.`,
  );
