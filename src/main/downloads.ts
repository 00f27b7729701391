// What the page gives as a file: the system's dialog asks where to, beginning where the last one went.
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { showError } from './dialogs';
import type { ElectronApi } from './electron-api';
import type { SettingsFile } from './settings';

/** What kinds of files are called in the dialog. */
const kinds: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  html: 'Web page',
  md: 'Markdown',
  csv: 'Table (CSV)',
  json: 'JSON',
  svg: 'Drawing (SVG)',
  png: 'Picture (PNG)',
  zip: 'Bundle (ZIP)',
};

export function askWhereToSave(electron: ElectronApi, settings: SettingsFile): void {
  const { app, session } = electron;
  session.defaultSession.on('will-download', (event, item) => {
    // A wall has refused it.
    if (event.defaultPrevented) return;
    const name = item.getFilename();
    const kept = settings.now().saveFolder;
    const folder = kept !== null && existsSync(kept) ? kept : app.getPath('downloads');
    const extension = extname(name).slice(1).toLowerCase();
    const filters = extension === '' ? [] : [{ name: kinds[extension] ?? extension.toUpperCase(), extensions: [extension] }];
    item.setSaveDialogOptions({ title: `Save ${name}`, defaultPath: join(folder, name), filters: [...filters, { name: 'All files', extensions: ['*'] }] });
    item.once('done', (_done, state) => {
      if (state === 'completed') settings.change({ saveFolder: dirname(item.getSavePath()) });
      else if (state === 'interrupted')
        showError(electron, null, `${name} could not be saved`, 'Is the disk full, or may nothing be written there? Save it somewhere else.');
    });
  });
}
