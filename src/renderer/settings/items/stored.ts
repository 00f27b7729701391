// What is stored, the bin, and the way to delete all of it.

import { row } from '../setting';

export const setting = row(
  {
    id: 'stored',
    title: 'Stored runs, bin and space',
    section: 'data',
    order: 10,
    hint: 'How much is stored; empty the bin; delete everything.',
    words: 'usage disk wipe',
  },
  { kind: 'open', label: 'Show…', overlay: 'store' },
);
