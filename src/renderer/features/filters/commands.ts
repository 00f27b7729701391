// Saved filters by the palette.

import type { Command } from '../../registry/commands';

export const commands: readonly Command[] = [
  {
    id: 'filters.open',
    title: 'Saved filters',
    group: 'Runs',
    words: 'query name save default manage',
    enabled: (app) => app.library.getState().runs.size > 0,
    run: (app) => app.session.setState({ overlay: 'filters' }),
  },
];
