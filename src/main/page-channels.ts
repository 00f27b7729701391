// What the page may ask of the shell beside its host: every message comes from our own page and is checked, else it is not heard.
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { channels, pageOrigin } from '../wire/desktop';
import { pageWord } from '../wire/page-words';
import type { ElectronApi } from './electron-api';
import type { HostProcess } from './host-process';
import type { Recent } from './recent';
import type { SettingsFile } from './settings';
import type { Updates } from './updates';
import type { Windows } from './windows';

interface Parts {
  readonly host: HostProcess;
  readonly recent: Recent;
  readonly settings: SettingsFile;
  readonly updates: Updates;
  readonly windows: Windows;
}

export function hearPages({ ipcMain, nativeTheme }: ElectronApi, { host, recent, settings, updates, windows }: Parts): void {
  const isPage = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => event.senderFrame?.url.startsWith(`${pageOrigin}/`) ?? false;

  ipcMain.on(channels.requestPort, (event) => {
    if (isPage(event)) host.connectPage(event.sender);
  });
  ipcMain.on(channels.tell, (event, message: unknown) => {
    const word = v.safeParse(pageWord, message);
    if (!isPage(event) || !word.success) return;
    if (word.output.kind === 'theme') {
      nativeTheme.themeSource = word.output.theme;
      if (settings.now().theme !== word.output.theme) settings.change({ theme: word.output.theme });
    } else windows.heed(event.sender, word.output);
  });
  ipcMain.handle(channels.sourceOf, async (event, path: unknown) => {
    if (!isPage(event) || typeof path !== 'string') return null;
    const source = await host.admit(path);
    if (source) recent.add([source.path]);
    return source;
  });
  ipcMain.handle(channels.updateState, (event) => (isPage(event) ? updates.state() : null));
  ipcMain.handle(channels.updateAtStart, (event, on: unknown) => (isPage(event) && typeof on === 'boolean' ? updates.setAtStart(on) : null));
  ipcMain.handle(channels.updateCheck, (event) => (isPage(event) ? updates.check() : null));
}
