// Opens the bounds of imports.

import type { Command } from '../../registry/commands';

export const commands: readonly Command[] = [
  {
    id: 'limits.open',
    title: 'Limits of imports',
    group: 'Import',
    words: 'settings size depth entries archive zip too large bounds',
    run: (app) => app.session.setState({ overlay: 'limits' }),
  },
];
