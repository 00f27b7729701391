// Significant digits of shortened numbers.

import * as v from 'valibot';
import { defineSetting } from '../setting';

const [least, most] = [2, 15];

export const setting = defineSetting({
  meta: {
    id: 'digits',
    title: 'Significant digits',
    section: 'numbers',
    order: 10,
    hint: 'On the screen and in reports. Copies, CSV and JSON always hold every digit.',
    words: 'number format precision decimals rounding',
  },
  standard: 5,
  schema: v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
  control: { kind: 'number', least, most },
});
