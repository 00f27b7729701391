// The life of the desktop program: one instance, one window, one host process, and what the system asks to open.
import { join } from 'node:path';
import * as v from 'valibot';
import { userPaths } from '../host/paths';
import { channels } from '../wire/desktop';
import { WireError } from '../wire/errors';
import { allowedAddress } from '../wire/external';
import { cipherHandlers } from './cipher';
import type { ElectronApi } from './electron-api';
import { createHostProcess } from './host-process';
import { launchPaths } from './launch-paths';
import { applicationMenu } from './menu';
import { registerPageScheme, servePage } from './page';
import { answerPage, hearPage } from './page-messages';
import { printPage } from './print';
import { lockDown } from './walls';
import { openWindow, type ShellWindow } from './window';

/** As `webUtils.getPathForFile` gives it; `text` of `wire/shell-api.ts` is as long. */
const droppedPath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.regex(/^[^\0]*$/));

/** Starts everything; to be called in the program's first turn. */
export function startShell(electron: ElectronApi): void {
  const { app, dialog, Menu, shell } = electron;
  const { data } = userPaths();
  // Electron's own files lie beside ours; with DIPTYCH_HOME that is where the user said.
  app.setPath('userData', join(data, 'electron'));
  const early = launchPaths(process.argv, process.cwd(), app.isPackaged);
  if (!app.requestSingleInstanceLock({ paths: early })) {
    app.quit();
    return;
  }

  app.enableSandbox();
  registerPageScheme(electron);
  let window: ShellWindow | null = null;

  const pick = async (kind: 'folder' | 'file'): Promise<string[]> => {
    const properties = kind === 'folder' ? (['openDirectory', 'multiSelections'] as const) : (['openFile', 'multiSelections'] as const);
    const options = { title: kind === 'folder' ? 'Open folders of runs' : 'Open files of runs', properties: [...properties] };
    const chosen = window ? await dialog.showOpenDialog(window.browserWindow, options) : await dialog.showOpenDialog(options);
    return chosen.canceled ? [] : chosen.filePaths;
  };
  const host = createHostProcess(electron, {
    pick: ({ kind }) => pick(kind),
    ...cipherHandlers(electron),
    printPdf: ({ html, title }) => printPage(electron, html, title),
    openExternal: async ({ url }) => {
      const address = allowedAddress(url);
      if (address === null) throw new WireError('refused', 'This address is not opened.');
      const question = { type: 'question' as const, message: 'Open this address in your browser?', detail: address, buttons: ['Open', 'Cancel'], cancelId: 1 };
      if ((await dialog.showMessageBox(question)).response === 0) await shell.openExternal(address);
      return null;
    },
  });
  /** Paths that are not there any more are not worth a dialog: the page says what it got. */
  const offer = (paths: readonly string[]): void => {
    if (paths.length > 0) host.admit(paths, true).catch((error: Error) => dialog.showErrorBox('This could not be opened', error.message));
    window?.show();
  };

  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (app.isReady()) offer([path]);
    else early.push(path);
  });
  app.on('second-instance', (_event, _words, _cwd, passed) => offer((passed as { paths?: string[] } | undefined)?.paths ?? []));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => host.end());

  hearPage(electron, channels.requestPort, v.undefined(), (_nothing, page) => host.connectPage(page));
  answerPage(electron, channels.sourceOf, droppedPath, async (path) => (await host.admit([path], false))[0] ?? null);

  const open = (): void => {
    window ??= openWindow(electron, join(data, 'window.json'), () => {
      window = null;
    });
  };
  app.on('activate', open);
  void app.whenReady().then(() => {
    lockDown(electron);
    servePage(electron, host);
    Menu.setApplicationMenu(applicationMenu(electron, { open: async (kind) => offer(await pick(kind)) }));
    open();
    offer(early);
  });
}
