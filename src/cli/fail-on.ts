// The gate of verbs that review: `--fail-on high|medium|low`.

import type { Severity } from '../core/base/issues';
import { severityWords } from '../core/base/issues';
import { UsageError } from './exit';
import { nearestTo } from './spelling';
import type { VerbArgs } from './verb';

const order: readonly Severity[] = ['critical', 'warn', 'note', 'info'];
const words = ['high', 'medium', 'low'];

/** The least severity that fails; null where there is no gate. @throws UsageError for another word */
export function failOnOf(args: VerbArgs): Severity | null {
  const text = args.text('fail-on');
  if (text === undefined) return null;
  const found = order.find((severity) => severityWords[severity] === text);
  if (!found || found === 'info') throw new UsageError(`--fail-on takes high, medium or low, not '${text}'`, nearestTo(text, words));
  return found;
}

export const isAtLeast = (severity: Severity, least: Severity): boolean => order.indexOf(severity) <= order.indexOf(least);
