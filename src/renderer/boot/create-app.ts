// The one composition root: puts stores, storage and workers together. No feature is named here.

import type { Run } from '../../core/model/run';
import { pointCacheOf } from '../queries/use-points';
import type { App } from '../state/app';
import { createIdle } from '../state/idle';
import { createLibraryStore, withRuns } from '../state/library';
import { createNavigation } from '../state/navigation';
import { createSessionStore } from '../state/session';
import { createSettingsStore, parseSettings } from '../state/settings';
import { createToasts } from '../state/toasts';
import { admitRuns, parseWorkspace } from '../state/workspace';
import { createWorkspaceStore } from '../state/workspace-store';
import type { AppStore } from '../storage/contract';
import { explainStoreError } from '../storage/problems';
import { createImporter, type Written } from '../workers/importer';
import { startStoreWorker } from '../workers/store-client';
import { keepSaved } from './autosave';
import type { Capabilities } from './capabilities';

/** Builds the app over an open store; `fill` then loads what is in it. */
export function createApp(storage: AppStore, capabilities: Capabilities): App {
  const idle = createIdle(
    (isIdle, labels) => {
      document.documentElement.dataset.idle = String(isIdle);
      document.documentElement.dataset.busyWith = labels.join(' ');
    },
    (callback) => requestAnimationFrame(callback),
  );
  const library = createLibraryStore();
  const workspace = createWorkspaceStore();
  const settings = createSettingsStore();
  const writer = startStoreWorker();
  const admit = (written: readonly Written[]): void => {
    const changed = written.filter(({ outcome }) => outcome !== 'unchanged').map(({ run }) => run);
    for (const run of changed) pointCacheOf(storage).drop(run.id);
    library.setState(withRuns(changed));
    workspace.getState().change('import', admitRuns(written.map(({ run }) => run.id)), { undoable: false });
  };
  const importer = createImporter({
    write: writer.write,
    admit,
    ended: () => {},
    begin: idle.begin,
    now: () => performance.now(),
    explain: explainStoreError,
  });
  return {
    capabilities,
    storage,
    importer,
    library,
    workspace,
    session: createSessionStore(),
    settings,
    navigation: createNavigation(window, 'table'),
    idle,
    toasts: createToasts(),
  };
}

/** Loads settings, the workspace that was open last, and all runs; from then on what is arranged saves itself. */
export async function fillApp(app: App): Promise<void> {
  const { storage, settings, workspace, library } = app;
  const [stored, workspaces] = await Promise.all([storage.setting('settings'), storage.workspaces()]);
  settings.setState(parseSettings(stored), true);
  const open = workspaces.find((one) => one.id === settings.getState().workspace) ?? workspaces[0];
  if (open) workspace.getState().open(parseWorkspace(open));
  if (location.hash === '') app.navigation.toTab(settings.getState().tab);
  const runs: readonly Run[] = await storage.runs();
  library.setState({ status: { kind: 'ready' }, runs: new Map(runs.map((run) => [run.id, run])) });
  workspace.getState().change('open', admitRuns(runs.map((run) => run.id)), { undoable: false });
  keepSaved(app);
}
