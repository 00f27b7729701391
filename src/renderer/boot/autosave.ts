// Saves workspace and settings by itself, shortly after the last change and before the page goes; takes over what other windows saved.

import type { App } from '../state/app';
import { forgetAll } from '../state/forget';
import { later } from '../state/later';
import { mergeChanges, same } from '../state/merge';
import { ofWindow, parseSettings, type Settings } from '../state/settings';
import { parseWorkspace, type Workspace } from '../state/workspace';

type Saving = Pick<App, 'workspace' | 'settings' | 'storage' | 'tabs' | 'navigation' | 'idle' | 'toasts' | 'library' | 'session'>;

/**
 * Starts saving and listening; lasts as long as the page.
 * @param onLeave calls back when the page goes
 */
export function keepSaved(app: Saving, onLeave: (leave: () => void) => void = (leave) => addEventListener('pagehide', leave)): void {
  const { navigation, settings } = app;
  const workspace = keepWorkspace(app);
  const own = keepSettings(app);
  navigation.store.subscribe((route) => {
    if (route.kind === 'tab') settings.setState({ tab: route.tab });
  });
  app.tabs.onSaved((what) => {
    if (what.kind === 'settings') own.look();
    else if (what.kind === 'workspace') workspace.look(what.id);
    else forgetAll(app);
  });
  onLeave(() => {
    workspace.leave();
    own.leave();
  });
}

/** What windows share is merged in the store, in one transaction: nobody overwrites what another wrote meanwhile. */
function keepWorkspace({ workspace, storage, idle, toasts, tabs }: Saving) {
  /** What this window and the store last agreed on. */
  let base = workspace.getState().opened;
  const timer = later(idle, () => save(workspace.getState().history.now, base));

  async function save(mine: Workspace, from: Workspace): Promise<void> {
    let merged = mine;
    let written = false;
    try {
      await storage.updateWorkspace(mine.id, (there) => {
        const theirs = there === undefined ? from : parseWorkspace(there);
        merged = mergeChanges(from, mine, theirs);
        written = there === undefined || !same(merged, theirs);
        return written ? merged : null;
      });
    } catch {
      toasts.show({ kind: 'bad', text: 'The workspace could not be saved.', detail: 'The store is full or closed.' });
      return;
    }
    if (written) tabs.saved({ kind: 'workspace', id: mine.id });
    agree(mine, merged);
  }

  /** @param mine what was here when the store was asked: what changed since stays */
  function agree(mine: Workspace, stored: Workspace): void {
    if (workspace.getState().history.now.id !== stored.id) return;
    base = stored;
    if (stored !== mine) workspace.getState().adopt(mine, stored);
  }

  workspace.subscribe((state, before) => {
    if (state.opened !== before.opened) {
      // What was open before is saved as it stands; what is open now is as the store has it.
      if (timer.cancel() && !state.discarded) idle.track('save', save(before.history.now, base)).catch(() => {});
      base = state.opened;
      if (state.history.now !== state.opened) timer.soon();
    } else if (state.history.now !== before.history.now) timer.soon();
  });
  if (workspace.getState().history.now !== base) timer.soon();

  return {
    look: (id: string): void => {
      const mine = workspace.getState().history.now;
      if (mine.id !== id) return;
      idle
        .track('other tab', storage.workspace(id))
        .then((there) => {
          if (workspace.getState().history.now.id !== id) return;
          if (there === undefined)
            toasts.show({ kind: 'info', text: `Workspace ${mine.name} was deleted in another window`, detail: 'The next change here saves it again.' });
          else {
            const stored = parseWorkspace(there);
            const now = workspace.getState().history.now;
            const merged = mergeChanges(base, now, stored);
            base = stored;
            if (merged !== now) workspace.getState().adopt(now, merged);
          }
        })
        .catch(() => {});
    },
    leave: (): void => {
      // No time to ask: what others saved has been heard of, and they merge what is written here.
      if (timer.cancel()) storage.putWorkspace(workspace.getState().history.now).catch(() => {});
    },
  };
}

function keepSettings({ settings, storage, idle, tabs }: Saving) {
  let base = settings.getState();
  const timer = later(idle, save);

  async function save(): Promise<void> {
    const mine = settings.getState();
    let merged = mine;
    let told = false;
    try {
      await storage.updateSetting('settings', (there) => {
        const theirs = there === undefined ? base : parseSettings(there);
        merged = { ...mergeChanges(base, mine, theirs), ...ofWindow(mine) };
        told = there === undefined || !same({ ...merged, ...ofWindow(theirs) }, theirs);
        return merged;
      });
    } catch {
      return;
    }
    if (told) tabs.saved({ kind: 'settings' });
    agree(mine, merged);
  }

  function agree(mine: Settings, stored: Settings): void {
    const now = settings.getState();
    const next = { ...mergeChanges(mine, now, stored), ...ofWindow(now) };
    base = next;
    if (!same(next, now)) settings.setState(next, true);
  }

  settings.subscribe((now) => {
    if (now !== base) timer.soon();
  });
  return {
    look: (): void => {
      idle
        .track('other tab', storage.setting('settings'))
        .then((there) => {
          if (there === undefined) return;
          const now = settings.getState();
          const stored = parseSettings(there);
          const next = { ...mergeChanges(base, now, stored), ...ofWindow(now) };
          base = { ...stored, ...ofWindow(now) };
          if (!same(next, now)) settings.setState(next, true);
        })
        .catch(() => {});
    },
    leave: (): void => {
      if (timer.cancel()) storage.putSetting('settings', settings.getState()).catch(() => {});
    },
  };
}
