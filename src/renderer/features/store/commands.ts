// Commands about what is stored.

import type { Command } from '../../registry/commands';
import { backUp, bundleRuns } from './back-up';
import { chooseBackUp } from './restore';

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
    title: 'Back up everything',
    group: 'Store',
    words: 'bundle export save zip runs workspaces settings',
    run: backUp,
  },
  { id: 'store.restore', title: 'Restore a back-up', group: 'Store', words: 'bundle import open zip workspaces settings', run: chooseBackUp },
  {
    id: 'store.bundle-checked',
    title: 'Save checked runs as a bundle',
    group: 'Store',
    words: 'export share zip',
    enabled: (app) => app.workspace.getState().history.now.checked.size > 0,
    run: (app) => bundleRuns(app, [...app.workspace.getState().history.now.checked]),
  },
];
