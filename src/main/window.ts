// A window: a page without Node, in a sandbox, where it was last time.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserWindow } from 'electron';
import { builtFile } from '../host/built-files';
import { pageOrigin } from '../wire/desktop';
import type { ElectronApi } from './electron-api';
import { type Box, loadWindowState, saveWindowState } from './window-state';

/** The page's own ground (`--bg` of its tokens), so that a window does not flash before its page is there. */
const grounds = { light: '#ffffff', dark: '#14171b' };
/** A further window stands this much lower and to the right. */
const step = 28;

/** @param stateFile where its place is kept @param beside the window that it is opened from */
export function openWindow({ BrowserWindow, nativeTheme, screen }: ElectronApi, stateFile: string, beside: BrowserWindow | null): BrowserWindow {
  const main = screen.getPrimaryDisplay();
  const screens = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map((display) => display.workArea);
  const kept = loadWindowState(stateFile, screens);
  const window = new BrowserWindow({
    ...(beside ? moved(beside.getNormalBounds()) : (kept?.bounds ?? { width: 1440, height: 900 })),
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Diptych',
    backgroundColor: nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light,
    webPreferences: {
      preload: builtFile('preload/index.cjs') ?? join(dirname(fileURLToPath(import.meta.url)), '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries come from the network.
      spellcheck: false,
    },
  });
  if (kept?.maximized && !beside) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

const moved = ({ x, y, width, height }: Box): Box => ({ x: x + step, y: y + step, width, height });
