// The number of a JSON value where it is one that a curve can hold.

import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';

/** Numbers, big integers and quoted non-finite numbers; booleans are no measurements. */
export const measured = (value: Value | undefined): number | null => (typeof value === 'boolean' || value === undefined ? null : numberOf(value));
