// Light or dark.

import { choice } from '../setting';

export const setting = choice({ id: 'theme', title: 'Theme', section: 'look', order: 10 }, 'system', [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]);
