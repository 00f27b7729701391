// The page in the desktop's window: gives its commands to the menu bar, does what is chosen there, and says what the shell must know.

import type { DesktopBridge } from '../../wire/desktop';
import type { ShellWord } from '../../wire/page-words';
import { commands } from '../registry/commands';
import { setting as theme } from '../settings/items/theme';
import { setting as updates } from '../settings/items/updates';
import { settingValue } from '../settings/setting';
import type { App } from '../state/app';
import type { Settings } from '../state/settings';
import { isTyping } from './keyboard';

/** How long after a change the menu follows. */
const restMs = 150;

/** Lasts as long as the page. */
export function joinDesktop(app: App, bridge: DesktopBridge): void {
  bridge.onWord((word) => heed(app, word));
  bridge.tell({ kind: 'commands', commands: commands.map(({ id, title, group, keys }) => ({ id, title, group, keys: keys?.[0] ?? null })) });
  const tellEnabled = onlyChanges((ids: readonly string[]) => bridge.tell({ kind: 'enabled', ids }));
  const tellReading = onlyChanges((imports: number) => bridge.tell({ kind: 'reading', imports }));
  const tellTheme = onlyChanges((chosen: 'system' | 'light' | 'dark') => bridge.tell({ kind: 'theme', theme: chosen }));

  // The shell asks: a page has no way out.
  const tellUpdates = onlyChanges((atStart: boolean) => void app.capabilities.updates?.setAtStart(atStart).catch(() => {}));

  const lookEnabled = (): void => tellEnabled(commands.filter(({ enabled }) => enabled?.(app) ?? true).map(({ id }) => id));
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      lookEnabled();
    }, restMs);
  };
  const lookReading = (): void => tellReading(app.importer.store.getState().filter(({ phase }) => phase.kind === 'running').length);
  for (const store of [app.library, app.workspace, app.session, app.navigation.store, app.sources.store, app.importer.store, app.code.store])
    store.subscribe(soon);
  app.importer.store.subscribe(lookReading);
  const lookSettings = (settings: Settings): void => {
    tellTheme(settingValue(settings, theme));
    tellUpdates(settingValue(settings, updates));
  };
  app.settings.subscribe(lookSettings);
  lookEnabled();
  lookReading();
  lookSettings(app.settings.getState());
}

function heed(app: App, word: ShellWord): void {
  if (word.kind === 'newer') {
    const { version, page } = word.release;
    app.toasts.show({
      kind: 'info',
      text: `Diptych ${version} is out.`,
      detail: page,
      ...(app.capabilities.openExternal && {
        action: { label: 'Read about it', run: () => void app.capabilities.openExternal?.({ url: page }).catch(() => {}) },
      }),
    });
    return;
  }
  // In a field, undo and redo are the field's own: the menu takes these keys from it where it has them.
  if (isTyping(document.activeElement) && (word.id === 'shell.undo' || word.id === 'shell.redo')) {
    document.execCommand(word.id === 'shell.undo' ? 'undo' : 'redo');
    return;
  }
  const command = commands.find(({ id }) => id === word.id);
  if (command && (command.enabled?.(app) ?? true)) command.run(app);
}

/** Passes on what is not what it was. */
function onlyChanges<T>(tell: (value: T) => void): (value: T) => void {
  let told: string | null = null;
  return (value) => {
    const text = JSON.stringify(value);
    if (text === told) return;
    told = text;
    tell(value);
  };
}
