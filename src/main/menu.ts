// The menu bar: opening, and what every program has. Everything else is in the page's own palette.
import type { Menu, MenuItemConstructorOptions } from 'electron';
import type { ElectronApi } from './electron-api';

export interface MenuActions {
  open(kind: 'folder' | 'file'): Promise<void>;
}

export function applicationMenu({ app, Menu }: ElectronApi, actions: MenuActions): Menu {
  const isMac = process.platform === 'darwin';
  const mac: MenuItemConstructorOptions[] = isMac ? [{ label: app.name, role: 'appMenu' }] : [];
  return Menu.buildFromTemplate([
    ...mac,
    {
      label: '&File',
      submenu: [
        { label: 'Open folder …', accelerator: 'CmdOrCtrl+O', click: () => void actions.open('folder') },
        { label: 'Open file …', accelerator: 'CmdOrCtrl+Shift+O', click: () => void actions.open('file') },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    // Undo and redo stay the page's: it has an undo of its own beyond text fields.
    { label: '&Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        { type: 'separator' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
  ]);
}
