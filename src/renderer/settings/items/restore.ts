// Everything back out of such a file.

import { row } from '../setting';

export const setting = row(
  { id: 'restore', title: 'Restore', section: 'data', order: 30, hint: 'Adds what a back-up holds; what is here stays.', words: 'import back-up bundle' },
  { kind: 'command', label: 'Open a back-up…', command: 'store.restore' },
);
