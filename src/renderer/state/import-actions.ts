// The ways in: drop, pick, samples. Each uses the host where it can and the page's own worker where not.

import type { SourceRef } from '../../wire/host-api';
import { importDrop } from '../workers/drop-channel';
import { dropOf, dropOfFiles } from '../workers/dropped';
import { sampleDrop } from '../workers/samples';
import type { App } from './app';

type Doors = Pick<App, 'capabilities' | 'importer' | 'session' | 'settings' | 'sources' | 'toasts'>;

const nameOf = (names: readonly string[]): string => (names.length <= 2 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`);

/** Reads sources of the host. */
export function importSources(app: Doors, sources: readonly SourceRef[]): void {
  if (sources.length === 0 || !app.capabilities.importSources) return;
  const listener = app.sources.reading(sources);
  app.importer.start(nameOf(sources.map((source) => source.label)), app.capabilities.importSources(sources, app.settings.getState().limits), listener);
}

/** Reads what was dropped. Must be called while the event is handled. */
export function importDropped(app: Doors, data: DataTransfer): void {
  const { sourceOfFile } = app.capabilities;
  const drop = dropOf(data.items);
  const files = [...data.files];
  if (drop.roots.length === 0) {
    app.toasts.show({ kind: 'bad', text: 'Nothing in this drop can be read.', detail: 'Drop files or folders from your file manager.' });
    return;
  }
  const here = (): void => {
    app.importer.start(nameOf(drop.roots.map((root) => root.name)), importDrop(drop, app.settings.getState().limits));
  };
  if (!sourceOfFile) {
    here();
    return;
  }
  Promise.all(files.map((file) => sourceOfFile(file)))
    .then((found) => {
      const sources = found.filter((source) => source !== null);
      if (sources.length === files.length) importSources(app, sources);
      else here();
    })
    .catch(here);
}

/** Lets the user choose, by the desktop's dialog, the host's folders, or the browser's own dialog. */
export function openPicker(app: Doors, kind: 'folder' | 'file'): void {
  const { pick, browse } = app.capabilities;
  if (pick) {
    pick(kind)
      .then((sources) => importSources(app, sources))
      .catch((error: unknown) => app.toasts.show({ kind: 'bad', text: 'The dialog could not be opened.', detail: String(error) }));
  } else if (browse) app.session.setState({ overlay: 'host-picker' });
  else openBrowserDialog(app, kind);
}

function openBrowserDialog(app: Doors, kind: 'folder' | 'file'): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (kind === 'folder') input.webkitdirectory = true;
  input.addEventListener('change', () => {
    const drop = dropOfFiles([...(input.files ?? [])]);
    if (drop.roots.length > 0) app.importer.start(nameOf(drop.roots.map((root) => root.name)), importDrop(drop, app.settings.getState().limits));
  });
  input.click();
}

/** Reads the bundled samples. */
export function importSamples(app: Doors): void {
  app.importer.start('Samples', importDrop(sampleDrop(), {}));
}
