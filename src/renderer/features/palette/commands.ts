// Opens the palette and the list of keys.

import type { Command } from '../../registry/commands';

export const commands: readonly Command[] = [
  {
    id: 'palette.open',
    title: 'All commands',
    group: 'Help',
    keys: ['mod+k', 'shift+mod+p'],
    run: (app) => app.session.setState(({ overlay }) => ({ overlay: overlay === 'palette' ? null : 'palette' })),
  },
  { id: 'palette.keys', title: 'Keys', group: 'Help', keys: ['?'], words: 'shortcuts keyboard help', run: (app) => app.session.setState({ overlay: 'keys' }) },
];
