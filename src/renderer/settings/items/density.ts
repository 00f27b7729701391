// How high the rows of list and table are.

import { choice } from '../setting';

export const setting = choice({ id: 'density', title: 'Rows', section: 'look', order: 30, words: 'table density compact height spacing' }, 'standard', [
  { value: 'compact', label: 'Compact' },
  { value: 'standard', label: 'Standard' },
  { value: 'roomy', label: 'Roomy' },
]);

/** Heights in pixels; a target of 24 px stays reachable in each (WCAG 2.2, 2.5.8). */
export const rowHeights = { compact: 24, standard: 28, roomy: 36 } as const;
