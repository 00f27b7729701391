// Saves workspace and settings by itself, shortly after the last change and before the page goes.

import type { App } from '../state/app';

const restMs = 400;

/** Starts saving; lasts as long as the page. */
export function keepSaved({ workspace, settings, storage, navigation, idle, toasts }: App): void {
  const saveWorkspace = later(
    () => storage.putWorkspace(workspace.getState().history.now),
    () => toasts.show({ kind: 'bad', text: 'The workspace could not be saved.', detail: 'The store is full or closed.' }),
  );
  const saveSettings = later(
    () => storage.putSetting('settings', settings.getState()),
    () => {},
  );
  workspace.subscribe((state, before) => {
    if (state.history.now !== before.history.now) saveWorkspace.soon();
  });
  settings.subscribe(saveSettings.soon);
  navigation.store.subscribe((route) => {
    if (route.kind === 'tab') settings.setState({ tab: route.tab });
  });
  addEventListener('pagehide', () => {
    saveWorkspace.now();
    saveSettings.now();
  });

  function later(save: () => Promise<void>, failed: () => void): { soon(): void; now(): void } {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let end: (() => void) | null = null;
    const now = (): void => {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      save()
        .catch(failed)
        .finally(() => {
          if (timer !== null) return;
          end?.();
          end = null;
        });
    };
    const soon = (): void => {
      if (timer !== null) clearTimeout(timer);
      end ??= idle.begin('save');
      timer = setTimeout(now, restMs);
    };
    return { soon, now };
  }
}
