// Commands of the frame: undo, redo, theme, tabs, the run list's panel.

import type { Command } from '../../registry/commands';
import { tabs } from '../../registry/tabs';
import { setting as themeSetting } from '../../settings/items/theme';
import { choose } from '../../state/settings';

const theme = (choice: (typeof themeSetting)['standard'], title: string): Command => ({
  id: `shell.theme-${choice}`,
  title,
  group: 'View',
  words: 'dark light mode colours',
  run: (app) => app.settings.setState(choose(themeSetting, choice)),
});

export const commands: readonly Command[] = [
  {
    id: 'shell.undo',
    title: 'Undo',
    group: 'Workspace',
    keys: ['mod+z'],
    enabled: (app) => app.workspace.getState().history.past.length > 0,
    run: (app) => app.workspace.getState().undo(),
  },
  {
    id: 'shell.redo',
    title: 'Redo',
    group: 'Workspace',
    keys: ['shift+mod+z', 'mod+y'],
    enabled: (app) => app.workspace.getState().history.future.length > 0,
    run: (app) => app.workspace.getState().redo(),
  },
  {
    id: 'shell.sidebar',
    title: 'Show or hide the run list',
    group: 'View',
    keys: ['['],
    run: (app) => app.settings.setState(({ sidebarOpen }) => ({ sidebarOpen: !sidebarOpen })),
  },
  theme('system', 'Theme: as the system'),
  theme('light', 'Theme: light'),
  theme('dark', 'Theme: dark'),
  ...tabs.map(
    ({ meta }): Command => ({
      id: `shell.tab-${meta.id}`,
      title: `Go to ${meta.title}`,
      group: 'Go to',
      ...(meta.key === undefined ? {} : { keys: [meta.key] }),
      run: (app) => app.navigation.toTab(meta.id),
    }),
  ),
];
