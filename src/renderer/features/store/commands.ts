// Commands about what is stored.

import type { Command } from '../../registry/commands';
import { backUp } from './back-up';

export const commands: readonly Command[] = [
  {
    id: 'store.open',
    title: 'Stored runs, bin and space',
    group: 'Store',
    words: 'usage disk quota trash wipe delete everything restore',
    run: (app) => app.session.setState({ overlay: 'store' }),
  },
  {
    id: 'store.back-up',
    title: 'Back up all runs',
    group: 'Store',
    words: 'bundle export save zip',
    enabled: (app) => app.library.getState().runs.size > 0,
    run: (app) => backUp(app, [...app.library.getState().runs.keys()]),
  },
  {
    id: 'store.bundle-checked',
    title: 'Save checked runs as a bundle',
    group: 'Store',
    words: 'export share zip',
    enabled: (app) => app.workspace.getState().history.now.checked.size > 0,
    run: (app) => backUp(app, [...app.workspace.getState().history.now.checked]),
  },
];
