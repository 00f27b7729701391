// The dialog of settings by key, and every setting by name.

import type { Command } from '../../registry/commands';
import { settingList } from '../../settings';

export const commands: readonly Command[] = [
  {
    id: 'settings.open',
    title: 'Settings',
    group: 'Settings',
    keys: ['mod+,'],
    words: 'preferences options configuration',
    run: (app) => app.session.setState({ overlay: 'settings', setting: null }),
  },
  ...settingList
    .filter(({ control }) => control.kind !== 'open' && control.kind !== 'command')
    .map(
      ({ meta }): Command => ({
        id: `settings.${meta.id}`,
        title: meta.title,
        group: 'Settings',
        words: `settings ${meta.words ?? ''}`,
        enabled: (app) => meta.needs === undefined || app.capabilities[meta.needs] !== undefined,
        run: (app) => app.session.setState({ overlay: 'settings', setting: meta.id }),
      }),
    ),
];
