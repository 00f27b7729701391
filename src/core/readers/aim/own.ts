// What the reader of repositories and the connection to a server say of Aim.

import type { ReaderMeta } from '../../source/reader';

export const aim = {
  id: 'aim',
  family: 'aim',
  tracker: { name: 'Aim', short: 'Aim' },
  records: { commit: 'optional', packages: 'optional', command: 'optional', config: 'optional', end: 'auto' },
} as const satisfies Partial<ReaderMeta>;
