// Commands about what was read: how it stands, refresh, follow.

import type { Command } from '../../registry/commands';
import type { App } from '../../state/app';

const listOf = (app: App) => app.sources.store.getState().list;
const canRefresh = (app: App): boolean => app.capabilities.importSources !== undefined && listOf(app).some(({ following }) => following === null);

export const commands: readonly Command[] = [
  {
    id: 'sources.open',
    title: 'Sources: refresh and follow…',
    group: 'Import',
    words: 'watch live reload update growing changed gone folder',
    run: (app) => app.session.setState({ overlay: 'sources' }),
  },
  {
    id: 'sources.refresh',
    title: 'Refresh all sources',
    group: 'Import',
    keys: ['shift+mod+l'],
    words: 'reload update reread changed',
    enabled: canRefresh,
    run: (app) => {
      for (const { ref, following } of listOf(app)) if (following === null) void app.sources.refresh(ref.id);
    },
  },
  {
    id: 'sources.follow',
    title: 'Follow the source that was read last',
    group: 'Import',
    words: 'watch live training growing tail',
    enabled: (app) => app.capabilities.followSource !== undefined && listOf(app)[0]?.following === null,
    run: (app) => {
      const [last] = listOf(app);
      if (last) void app.sources.follow(last.ref.id);
    },
  },
  {
    id: 'sources.stop',
    title: 'Stop following',
    group: 'Import',
    words: 'watch live end',
    enabled: (app) => listOf(app).some(({ following }) => following !== null),
    run: (app) => {
      for (const { ref, following } of listOf(app)) if (following) app.sources.stop(ref.id);
    },
  },
];
