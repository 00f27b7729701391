// The ways in: drop, pick, samples. Each uses the host where it can and the page's own worker where not.

import type { SourceRef } from '../../wire/host-api';
import { importDrop, startIngest } from '../workers/drop-channel';
import { type Drop, dropAgain, dropOf, dropOfFiles, keptDrop } from '../workers/dropped';
import type { ImportOrigin, ImportState } from '../workers/importer';
import { sampleDrop } from '../workers/samples';
import type { App } from './app';
import { isOf } from './code';
import { joinRuns, offerCode, reviewDrop, reviewSources } from './code-actions';

type Doors = Pick<App, 'capabilities' | 'code' | 'importer' | 'library' | 'navigation' | 'session' | 'settings' | 'sources' | 'storage' | 'toasts'>;

/** What a person wants of what they give: its runs read, or its code reviewed. */
export type Wish = 'runs' | 'code';

const nameOf = (names: readonly string[]): string => (names.length <= 2 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`);

/** Told of an import that ended well: its state is final. */
type Ended = (state: ImportState) => void;

/** Reads sources of the host. Those that were told how to be read are read so, each by its own mapping. */
export function importSources(app: Doors, sources: readonly SourceRef[], ended: Ended = () => {}): void {
  const { importSources: read } = app.capabilities;
  if (!read) return;
  const { limits, mappings } = app.settings.getState();
  for (const mapping of new Set(sources.map(({ id }) => mappings[id]))) {
    const alike = sources.filter(({ id }) => mappings[id] === mapping);
    const listener = app.sources.reading(alike);
    const id = app.importer.start(nameOf(alike.map(({ label }) => label)), read(alike, limits, mapping === undefined ? {} : { mapping }), {
      ...listener,
      origin: { kind: 'host', sources: alike },
      ended: (phase) => {
        listener.ended?.(phase);
        tellEnded(app, id, ended);
      },
    });
  }
}

/** Reads files of a drop, by a mapping where one is given. */
export function importFiles(app: Doors, drop: Drop, mapping?: string, ended: Ended = () => {}): void {
  const { drop: keeping, kept } = keptDrop(drop);
  const channel = importDrop(keeping, app.settings.getState().limits, startIngest, mapping);
  const id = app.importer.start(nameOf(drop.roots.map(({ name }) => name)), channel, {
    origin: { kind: 'drop', drop: kept },
    ended: () => tellEnded(app, id, ended),
  });
}

function tellEnded(app: Doors, id: number, ended: Ended): void {
  const state = app.importer.store.getState().find((one) => one.id === id);
  if (state?.phase.kind !== 'done') return;
  offerCode(app, state);
  ended(state);
}

/** Reads the runs that lie where the code under review does, and judges the code with them. */
export function readRunsOfCode(app: Doors, origin: ImportOrigin): void {
  const join = (state: ImportState): void => {
    if (isOf(app.code.store.getState(), origin)) joinRuns(app, state.runs);
  };
  if (origin.kind === 'host') importSources(app, origin.sources, join);
  else importFiles(app, dropAgain(origin.drop), undefined, join);
}

/** Takes sources of the host, as they are wanted. */
export function takeSources(app: Doors, sources: readonly SourceRef[], wish: Wish): void {
  if (wish === 'code') reviewSources(app, sources);
  else importSources(app, sources);
}

function takeDrop(app: Doors, drop: Drop, wish: Wish): void {
  if (drop.roots.length === 0) return;
  if (wish === 'code') reviewDrop(app, drop);
  else importFiles(app, drop);
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
      if (sources.length === files.length) takeSources(app, sources, wish);
      else here();
    })
    .catch(here);
}

/** Lets the user choose, by the desktop's dialog, the host's folders, or the browser's own dialog. */
export function openPicker(app: Doors, kind: 'folder' | 'file', wish: Wish = 'runs'): void {
  const { pick, browse } = app.capabilities;
  if (pick) {
    pick(kind)
      .then((sources) => takeSources(app, sources, wish))
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
