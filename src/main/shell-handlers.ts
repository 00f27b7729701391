// What only the shell can do for the host: dialogs, printing, the browser, the system's key.
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { WireError } from '../wire/errors';
import { allowedAddress } from '../wire/external';
import type { Handlers } from '../wire/peer';
import type { shellApi } from '../wire/shell-api';
import { cipherHandlers } from './cipher';
import { ask } from './dialogs';
import type { ElectronApi } from './electron-api';
import { printPage } from './print';
import type { Recent } from './recent';

const titles = { folder: 'Open folders of runs', file: 'Open files of runs' } as const;

/** @param front the window that dialogs belong to */
export function shellHandlers(electron: ElectronApi, recent: Recent, front: () => BrowserWindow | null): Handlers<typeof shellApi> {
  const { dialog, shell } = electron;
  return {
    ...cipherHandlers(electron),
    async pick({ kind }) {
      const options: OpenDialogOptions = { title: titles[kind], properties: [kind === 'folder' ? 'openDirectory' : 'openFile', 'multiSelections'] };
      // The dialog begins where the last one opened from.
      const [last] = recent.paths;
      if (last !== undefined) options.defaultPath = last;
      const window = front();
      const { canceled, filePaths } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
      if (canceled) return [];
      recent.add(filePaths);
      return filePaths;
    },
    printPdf: ({ html, title }) => printPage(electron, html, title),
    async openExternal({ url }) {
      const address = allowedAddress(url);
      if (address === null) throw new WireError('refused', 'This address is not opened.');
      const question = { type: 'question' as const, message: 'Open this address in your browser?', detail: address, buttons: ['Open', 'Cancel'] as const };
      if (await ask(electron, front(), question)) await shell.openExternal(address);
      return null;
    },
  };
}

/** The host ended again and again: whether it is to be started once more. */
export const askToStartHost = (electron: ElectronApi, over: BrowserWindow | null): Promise<boolean> =>
  ask(electron, over, {
    type: 'error',
    message: 'The part of Diptych that reads files stops again and again.',
    detail: 'Something that it is given to read may be more than it can take. Runs that were read are kept.',
    buttons: ['Start it again', 'Leave it'],
  });
