// The bounds of imports: they have a dialog of their own.

import { row } from '../setting';

export const setting = row(
  {
    id: 'limits',
    title: 'Limits of imports',
    section: 'import',
    order: 10,
    hint: 'Sizes and counts that a folder may ask of this computer.',
    words: 'size depth entries archive',
  },
  { kind: 'open', label: 'Change…', overlay: 'limits' },
);
