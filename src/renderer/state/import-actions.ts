// The ways in: drop, pick, samples. Each uses the host where it can and the page's own worker where not.

import type { SourceRef } from '../../wire/host-api';
import { importDrop } from '../workers/drop-channel';
import { type Drop, dropOf, dropOfFiles } from '../workers/dropped';
import { sampleDrop } from '../workers/samples';
import type { App } from './app';
import { keepCode, reviewDrop, reviewSources } from './code-actions';

type Doors = Pick<App, 'capabilities' | 'code' | 'importer' | 'navigation' | 'session' | 'settings' | 'toasts'>;

/** What a person wants of what they give: its runs read, or its code reviewed. */
export type Wish = 'runs' | 'code';

const nameOf = (names: readonly string[]): string => (names.length <= 2 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`);

/** Reads sources of the host. */
export function importSources(app: Doors, sources: readonly SourceRef[], wish: Wish = 'runs'): void {
  if (wish === 'code') {
    reviewSources(app, sources);
    return;
  }
  if (sources.length === 0 || !app.capabilities.importSources) return;
  const channel = app.capabilities.importSources(sources, app.settings.getState().limits);
  app.importer.start(nameOf(sources.map((source) => source.label)), channel, { kind: 'sources', sources });
}

/** Takes what was dropped. Must be called while the event is handled. */
export function importDropped(app: Doors, data: DataTransfer, wish: Wish = 'runs'): void {
  const { sourceOfFile } = app.capabilities;
  const drop = dropOf(data.items);
  const files = [...data.files];
  if (drop.roots.length === 0) {
    app.toasts.show({ kind: 'bad', text: 'Nothing in this drop can be read.', detail: 'Drop files or folders from your file manager.' });
    return;
  }
  const here = (): void => takeDrop(app, drop, wish);
  if (!sourceOfFile) {
    here();
    return;
  }
  Promise.all(files.map((file) => sourceOfFile(file)))
    .then((found) => {
      const sources = found.filter((source) => source !== null);
      if (sources.length === files.length) importSources(app, sources, wish);
      else here();
    })
    .catch(here);
}

function takeDrop(app: Doors, drop: Drop, wish: Wish): void {
  if (drop.roots.length === 0) return;
  const label = nameOf(drop.roots.map((root) => root.name));
  if (wish === 'code') {
    reviewDrop(app, label, drop);
    return;
  }
  const { passed, offer } = keepCode(drop);
  app.importer.start(label, importDrop(passed, app.settings.getState().limits), offer);
}

/** Lets the user choose, by the desktop's dialog, the host's folders, or the browser's own dialog. */
export function openPicker(app: Doors, kind: 'folder' | 'file', wish: Wish = 'runs'): void {
  const { pick, browse } = app.capabilities;
  if (pick) {
    pick(kind)
      .then((sources) => importSources(app, sources, wish))
      .catch((error: unknown) => app.toasts.show({ kind: 'bad', text: 'The dialog could not be opened.', detail: String(error) }));
  } else if (browse) app.session.setState({ overlay: wish === 'code' ? 'code-picker' : 'host-picker' });
  else openBrowserDialog(app, kind, wish);
}

function openBrowserDialog(app: Doors, kind: 'folder' | 'file', wish: Wish): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (kind === 'folder') input.webkitdirectory = true;
  input.addEventListener('change', () => takeDrop(app, dropOfFiles([...(input.files ?? [])]), wish));
  input.click();
}

/** Reads the bundled samples. */
export function importSamples(app: Doors): void {
  app.importer.start('Samples', importDrop(sampleDrop(), {}));
}
