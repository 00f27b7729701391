// The life of the desktop program: one instance, its windows, one host process, and what the system asks to open.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { userPaths } from '../host/paths';
import { showError } from './dialogs';
import { askWhereToSave } from './downloads';
import type { ElectronApi } from './electron-api';
import { createHostProcess } from './host-process';
import { launchPaths } from './launch-paths';
import { keepMenu } from './menu';
import { stayOffline } from './offline';
import { registerPageScheme, servePage } from './page';
import { hearPages } from './page-channels';
import { createRecent } from './recent';
import { createSettings } from './settings';
import { askToStartHost, shellHandlers } from './shell-handlers';
import { createUpdates } from './updates';
import { lockDown } from './walls';
import { createWindows } from './windows';

/** Starts everything; to be called in the program's first turn. */
export function startShell(electron: ElectronApi): void {
  const { app, nativeTheme } = electron;
  const { data } = userPaths();
  // Electron's own files lie beside ours; with DIPTYCH_HOME that is where the user said.
  app.setPath('userData', join(data, 'electron'));
  const early = launchPaths(process.argv, process.cwd(), app.isPackaged);
  if (!app.requestSingleInstanceLock({ paths: early })) {
    app.quit();
    return;
  }

  app.enableSandbox();
  stayOffline(electron);
  registerPageScheme(electron);
  const settings = createSettings(join(data, 'desktop.json'));
  const recent = createRecent(electron, join(data, 'recent.json'), () => menuChanged());
  const windows = createWindows(electron, join(data, 'window.json'), () => menuChanged());
  const updates = createUpdates(electron, settings, windows);
  const host = createHostProcess(electron, shellHandlers(electron, recent, windows.front), () => askToStartHost(electron, windows.front()));

  const offer = (paths: readonly string[]): void => {
    windows.show();
    const there = paths.filter((path) => existsSync(path));
    const gone = paths.filter((path) => !there.includes(path));
    for (const path of gone) recent.remove(path);
    if (gone.length > 0) showError(electron, windows.front(), 'There is nothing here to open', gone.join('\n'));
    if (there.length === 0) return;
    recent.add(there);
    host
      .offer(there, windows.front()?.webContents ?? null)
      .catch((error: Error) => showError(electron, windows.front(), 'This could not be opened', error.message));
  };
  const menuChanged = keepMenu(electron, () => ({ ...windows.notes(), recent: recent.paths }), {
    command: (id) => windows.say({ kind: 'command', id }),
    newWindow: windows.open,
    openRecent: (path) => offer([path]),
    clearRecent: recent.clear,
    about: () => app.showAboutPanel(),
  });

  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (app.isReady()) offer([path]);
    else early.push(path);
  });
  app.on('second-instance', (_event, _words, _cwd, passed) => offer((passed as { paths?: string[] } | undefined)?.paths ?? []));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', windows.show);
  app.on('will-quit', host.end);
  hearPages(electron, { host, recent, settings, updates, windows });

  void app.whenReady().then(() => {
    nativeTheme.themeSource = settings.now().theme;
    lockDown(electron);
    servePage(electron, host);
    askWhereToSave(electron, settings);
    offer(early);
    updates.checkAtStart();
  });
}
