// A page that crashed or hangs: the person is told and offered to load it again. What was stored is stored.
import type { BrowserWindow } from 'electron';
import { ask } from './dialogs';
import type { ElectronApi } from './electron-api';

export function mendPage(electron: ElectronApi, window: BrowserWindow): void {
  const { webContents } = window;
  let asking = false;
  let ending = false;
  const once = async (question: Parameters<typeof ask>[2], yes: () => void, no: () => void): Promise<void> => {
    if (asking) return;
    asking = true;
    const agreed = await ask(electron, window, question);
    asking = false;
    if (!window.isDestroyed()) (agreed ? yes : no)();
  };
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (ending || reason === 'clean-exit') return;
    const memory = reason === 'oom' ? ' It needed more memory than there is; fewer runs at a time may help.' : '';
    void once(
      {
        type: 'error',
        message: 'This window stopped working.',
        detail: `Runs that were read are kept.${memory}`,
        buttons: ['Load it again', 'Close the window'],
      },
      () => webContents.reload(),
      () => window.destroy(),
    );
  });
  window.on('unresponsive', () => {
    const question = {
      type: 'warning' as const,
      message: 'This window does not answer.',
      detail: 'It may be busy with something large. Runs that were read are kept in any case.',
      buttons: ['Load it again', 'Wait'] as const,
      defaultId: 1,
    };
    const endAndReload = (): void => {
      ending = true;
      webContents.once('did-finish-load', () => {
        ending = false;
      });
      webContents.forcefullyCrashRenderer();
      webContents.reload();
    };
    void once(question, endAndReload, () => {});
  });
}
