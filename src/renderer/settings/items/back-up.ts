// Everything into one file.

import { row } from '../setting';

export const setting = row(
  {
    id: 'back-up',
    title: 'Back up',
    section: 'data',
    order: 20,
    hint: 'All runs with points and files, all workspaces and these settings, in one file.',
    words: 'export save bundle',
  },
  { kind: 'command', label: 'Back up…', command: 'store.back-up' },
);
