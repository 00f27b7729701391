// Notes and tags by key and palette.

import type { Command } from '../../registry/commands';
import { currentRun, editWords } from '../../state/run-actions';

export const commands: readonly Command[] = [
  {
    id: 'words.edit',
    title: 'Note and tags of the run',
    group: 'Runs',
    keys: ['t'],
    words: 'comment label annotate',
    enabled: (app) => currentRun(app) !== null || app.navigation.store.getState().kind === 'run',
    run: (app) => {
      const route = app.navigation.store.getState();
      const id = route.kind === 'run' ? [...app.library.getState().runs.keys()].find((one) => one === route.run) : currentRun(app);
      if (id) editWords(app, [id]);
    },
  },
  {
    id: 'words.tag-checked',
    title: 'Tag checked runs',
    group: 'Runs',
    words: 'label bulk',
    enabled: (app) => app.workspace.getState().history.now.checked.size > 0,
    run: (app) => editWords(app, [...app.workspace.getState().history.now.checked]),
  },
];
