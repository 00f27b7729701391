// When a number is written with an exponent.

import { choice } from '../setting';

export const setting = choice(
  {
    id: 'exponents',
    title: 'Exponents',
    section: 'numbers',
    order: 20,
    hint: 'When a number is written like 1.2e7.',
    words: 'number format scientific notation threshold',
  },
  'standard',
  [
    { value: 'standard', label: 'Below 0.0001 and from a million' },
    { value: 'early', label: 'Below 0.01 and from ten thousand' },
    { value: 'late', label: 'Below 1e-7 and from a billion' },
    { value: 'always', label: 'Always' },
  ],
);
