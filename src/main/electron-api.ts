// The part of Electron that the shell uses, handed in: so that the shell is tested without Electron.
import type * as Electron from 'electron';

export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'protocol'
  | 'screen'
  | 'safeStorage'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;
