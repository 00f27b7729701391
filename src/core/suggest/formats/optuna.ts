// Suggestions as Python code that queues them in an Optuna study.

import type { Value } from '../../model/values';
import { commentLines } from '../comment';
import type { SuggestionFormat } from '../format';

export const format: SuggestionFormat = {
  meta: { id: 'optuna', title: 'Optuna enqueue_trial' },
  text: (suggestions) =>
    suggestions.length === 0
      ? ''
      : `# Names must be those of trial.suggest_…; a value outside its range is refused by Optuna.\n${suggestions
          .map(
            ({ params, kind, why }) =>
              `${commentLines(why)}study.enqueue_trial(${pythonLiteral(params)}, user_attrs={"diptych": ${pythonLiteral(kind)}}, skip_if_exists=${kind === 'replicate' ? 'False' : 'True'})\n`,
          )
          .join('')}`,
};

/** A value as a Python expression. JSON's escapes are Python's; a lone surrogate is written as one too. */
export function pythonLiteral(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
    return Number.isNaN(value) ? 'float("nan")' : value > 0 ? 'float("inf")' : 'float("-inf")';
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Value) => pythonLiteral(item)).join(', ')}]`;
  const members = Object.entries(value as { readonly [key: string]: Value });
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`).join(', ')}}`;
}
