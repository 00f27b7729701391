// The one composition root: puts stores, storage and workers together. No feature is named here.

import { epochMs } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import { refOf } from '../queries/run-refs';
import type { App } from '../state/app';
import { createCode } from '../state/code';
import { createHealth } from '../state/health';
import { createIdle } from '../state/idle';
import { createLibraryStore, withoutRuns, withRuns } from '../state/library';
import { createNavigation } from '../state/navigation';
import { rolesIn } from '../state/roles';
import { createSessionStore } from '../state/session';
import { createSettingsStore, parseSettings } from '../state/settings';
import { createSources } from '../state/sources';
import { createToasts } from '../state/toasts';
import { admitRuns, parseWorkspace } from '../state/workspace';
import { createWorkspaceStore } from '../state/workspace-store';
import type { AppStore } from '../storage/contract';
import { explainStoreError } from '../storage/problems';
import { joinTabs } from '../storage/tabs';
import { startAnalysis } from '../workers/analysis-start';
import { createImporter } from '../workers/importer';
import { startReview } from '../workers/review-client';
import { startStoreWorker } from '../workers/store-client';
import { changedRuns, createAdmit } from './admit';
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
  const storeWorker = startStoreWorker();
  const tabs = joinTabs();
  const admit = createAdmit({
    shown: () => library.getState().runs.size,
    show: (written) => {
      const changed = changedRuns(written);
      library.setState(withRuns(changed));
      tabs.changed(changed.map((run) => run.id));
      workspace.getState().change('import', admitRuns(written.map(({ run }) => run.id)), { undoable: false });
    },
    begin: idle.begin,
    later: setTimeout,
  });
  const importer = createImporter({
    write: storeWorker.write,
    admit,
    ended: (state) => {
      const record = { id: crypto.randomUUID(), label: state.label, at: epochMs(Date.now()), runs: state.runs, issues: state.issues.map(({ issue }) => issue) };
      if (state.runs.length > 0) idle.track('import record', storage.putImport(record)).catch(() => {});
    },
    begin: idle.begin,
    now: () => performance.now(),
    explain: explainStoreError,
  });
  tabs.onChanged((ids) => {
    idle
      .track('other tab', Promise.all(ids.map((id) => storage.run(id))))
      .then((found) => {
        library.setState(withoutRuns(ids.filter((_, at) => found[at] === null)));
        const runs = found.filter((run) => run !== null);
        library.setState(withRuns(runs));
        workspace.getState().change('other tab', admitRuns(runs.map((run) => run.id)), { undoable: false });
      })
      .catch(() => {});
  });
  const analysis = startAnalysis(idle.begin);
  const health = createHealth({
    runs: () => library.getState().runs,
    first: () => workspace.getState().history.now.visible,
    roles: () => rolesIn(workspace.getState().history.now),
    refOf,
    ask: (wish) => analysis.ask(wish),
  });
  const toasts = createToasts();
  const sources = createSources({
    capabilities,
    storage,
    library,
    workspace,
    tabs,
    idle,
    toasts,
    settings,
    importer,
    write: storeWorker.write,
    admit,
    explain: explainStoreError,
    now: Date.now,
  });
  return {
    capabilities,
    storage,
    storeWorker,
    tabs,
    importer,
    sources,
    analysis,
    health,
    code: createCode({ start: startReview, begin: idle.begin, refOf, roles: () => rolesIn(workspace.getState().history.now) }),
    library,
    workspace,
    session: createSessionStore(),
    settings,
    navigation: createNavigation(window, 'table'),
    idle,
    toasts,
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
  await app.sources.load();
  keepSaved(app);
  keepJudged(app);
}

/** Judges in the background what comes in or changes, from now on. */
function keepJudged({ library, workspace, health }: App): void {
  library.subscribe((now, before) => {
    if (now.runs !== before.runs) health.refresh();
  });
  workspace.subscribe((now, before) => {
    if (rolesIn(now.history.now) !== rolesIn(before.history.now)) health.refresh();
  });
  health.refresh();
}
