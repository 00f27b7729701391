// While runs are being read, neither a window nor the program ends without asking.
import type { BrowserWindow } from 'electron';
import { ask } from './dialogs';
import type { ElectronApi } from './electron-api';

/** True when the person agrees; asked once at a time. */
function asker(electron: ElectronApi, button: string): (over: BrowserWindow | null) => Promise<boolean> {
  let asking = false;
  return async (over) => {
    if (asking) return false;
    asking = true;
    try {
      return await ask(electron, over, {
        type: 'question',
        message: 'Runs are still being read.',
        detail: 'Those that were read are kept. The others can be read later: open the same place again.',
        buttons: [button, 'Go on reading'],
        defaultId: 1,
      });
    } finally {
      asking = false;
    }
  };
}

/** @param reading whether an import is under way in the window, and nobody has agreed yet to end it */
export function askBeforeClosing(electron: ElectronApi, window: BrowserWindow, reading: () => boolean): void {
  const mayClose = asker(electron, 'Stop reading and close');
  let agreed = false;
  window.on('close', (event) => {
    if (agreed || !reading()) return;
    event.preventDefault();
    void mayClose(window).then((yes) => {
      if (!yes || window.isDestroyed()) return;
      agreed = true;
      window.close();
    });
  });
}

/** One question for all windows. @returns whether the person has agreed to end the program whatever is being read */
export function askBeforeQuitting(electron: ElectronApi, reading: () => boolean, front: () => BrowserWindow | null): () => boolean {
  const { app } = electron;
  const mayQuit = asker(electron, 'Stop reading and quit');
  let agreed = false;
  app.on('before-quit', (event) => {
    if (agreed || !reading()) return;
    event.preventDefault();
    void mayQuit(front()).then((yes) => {
      if (!yes) return;
      agreed = true;
      app.quit();
    });
  });
  return () => agreed;
}
