// How dates are written.

import { choice } from '../setting';

export const setting = choice({ id: 'dates', title: 'Dates', section: 'numbers', order: 40, words: 'date format iso day month' }, 'iso', [
  { value: 'iso', label: '2026-11-25 14:30:00' },
  { value: 'words', label: '25 Nov 2026 14:30:00' },
]);
