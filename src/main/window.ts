// The one window: a page without Node, in a sandbox, where it was last time.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserWindow } from 'electron';
import { builtFile } from '../host/built-files';
import { pageOrigin } from '../wire/desktop';
import type { ElectronApi } from './electron-api';
import { loadWindowState, saveWindowState } from './window-state';

export interface ShellWindow {
  readonly browserWindow: BrowserWindow;
  /** Brings it to the front. */
  show(): void;
}

/** @param stateFile where its place is kept */
export function openWindow({ BrowserWindow, screen }: ElectronApi, stateFile: string, onClosed: () => void): ShellWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const kept = loadWindowState(stateFile, screens);
  const window = new BrowserWindow({
    ...(kept?.bounds ?? { width: 1440, height: 900 }),
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Diptych',
    webPreferences: {
      preload: builtFile('preload/index.cjs') ?? join(dirname(fileURLToPath(import.meta.url)), '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Chromium would fetch a dictionary.
      spellcheck: false,
    },
  });
  if (kept?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  window.on('closed', onClosed);
  void window.loadURL(`${pageOrigin}/`);
  return {
    browserWindow: window,
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
