// In whose time dates are written.

import { choice } from '../setting';

export const setting = choice({ id: 'zone', title: 'Time zone', section: 'numbers', order: 30, words: 'date time utc local' }, 'local', [
  { value: 'local', label: 'Of this computer' },
  { value: 'utc', label: 'UTC' },
]);
