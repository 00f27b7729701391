// The number of a JSON value where it is one that a curve can hold.

import { numberOf, parseNumber } from '../../formats/numbers';
import type { Value } from '../../model/values';
import { isMetricName } from '../_history/columns';

/** Numbers, big integers and quoted non-finite numbers; booleans are no measurements. */
export const measured = (value: Value | undefined): number | null => (typeof value === 'boolean' || value === undefined ? null : numberOf(value));

/** Also a quoted number, as fairseq writes them all, where the name sounds like a metric. */
export function measuredAs(name: string, value: Value | undefined): number | null {
  const number = measured(value);
  return number === null && typeof value === 'string' && isMetricName(name) ? parseNumber(value) : number;
}
