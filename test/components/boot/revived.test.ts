// An import that loses its host is read on by the next one, once; a menu follows what the page can do.
import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { joinDesktop } from '../../../src/renderer/boot/desktop';
import { keepReading } from '../../../src/renderer/boot/revived';
import { commands } from '../../../src/renderer/registry/commands';
import { setting as theme } from '../../../src/renderer/settings/items/theme';
import { setting as updates } from '../../../src/renderer/settings/items/updates';
import type { App } from '../../../src/renderer/state/app';
import { choose, createSettingsStore } from '../../../src/renderer/state/settings';
import { createImporter } from '../../../src/renderer/workers/importer';
import type { DesktopBridge } from '../../../src/wire/desktop';
import { createEventStream } from '../../../src/wire/events';
import type { SourceRef } from '../../../src/wire/host-api';
import type { ImportChannel, ImportEvent } from '../../../src/wire/imports';
import type { PageWord } from '../../../src/wire/page-words';

const source: SourceRef = { id: 'abc', label: 'runs', path: '/runs', kind: 'folder' };
const settle = () => new Promise((done) => setTimeout(done, 5));
afterEach(() => vi.unstubAllGlobals());

/** An app that imports over channels which the test holds. */
function appOver(revives: boolean) {
  const streams: ReturnType<typeof createEventStream<ImportEvent>>[] = [];
  const importSources = (): ImportChannel => {
    const stream = createEventStream<ImportEvent>();
    streams.push(stream);
    return { events: stream.events, fetchBatch: async () => new Uint8Array(), cancel: () => stream.end() };
  };
  const importer = createImporter({
    write: async () => [],
    admit: () => {},
    ended: () => {},
    begin: () => () => {},
    now: () => 0,
    explain: () => ({ message: '', tip: '' }),
  });
  const app = {
    capabilities: { importSources, revives },
    importer,
    settings: createSettingsStore(),
    sources: { reading: () => ({}) },
    code: { offer: () => {} },
  } as unknown as App;
  keepReading(app);
  const start = (): void => void importer.start('runs', importSources(), { origin: { kind: 'host', sources: [source] } });
  const end = async (at: number, event: ImportEvent): Promise<void> => {
    streams[at]?.push(event);
    streams[at]?.end();
    await settle();
  };
  return { importer, streams, start, end, phases: () => importer.store.getState().map(({ phase }) => phase.kind) };
}
const lost: ImportEvent = { kind: 'failed', message: 'The connection was lost.', tip: '', lost: true };
const done: ImportEvent = { kind: 'done', runs: 1, points: 1, bytes: 1, ms: 1 };

test('an import that lost its host is started again in its place', async () => {
  const { start, end, streams, phases } = appOver(true);
  start();
  await end(0, lost);
  expect([streams.length, phases()]).toEqual([2, ['running']]);
  await end(1, done);
  expect(phases()).toEqual(['done']);
  // Another day, another host.
  start();
  await end(2, lost);
  expect([streams.length, phases()]).toEqual([4, ['done', 'running']]);
});

test('one that loses the second host, too, is left with its message', async () => {
  const { start, end, streams, phases } = appOver(true);
  start();
  await end(0, lost);
  await end(1, lost);
  expect([streams.length, phases()]).toEqual([2, ['failed']]);
});

test('what failed otherwise, or has no other host to go to, is not started again', async () => {
  const one = appOver(true);
  one.start();
  await one.end(0, { kind: 'failed', message: 'damaged', tip: '' });
  const other = appOver(false);
  other.start();
  await other.end(0, lost);
  expect([one.streams.length, other.streams.length, one.phases(), other.phases()]).toEqual([1, 1, ['failed'], ['failed']]);
});

test('the desktop hears of every command, of what can be done, of imports and of the theme, each when it changes', async () => {
  vi.stubGlobal('document', { activeElement: null });
  vi.stubGlobal('HTMLElement', class {});
  const told: PageWord[] = [];
  const atStart: boolean[] = [];
  let heed: Parameters<DesktopBridge['onWord']>[0] = () => {};
  const store = <T>(value: T) => createStore<T>(() => value);
  const overlay = createStore<{ overlay: string | null }>(() => ({ overlay: null }));
  const { importer, start, end } = appOver(false);
  const app = {
    capabilities: { updates: { setAtStart: async (on: boolean) => void atStart.push(on) } },
    importer,
    settings: createSettingsStore(),
    library: createStore(() => ({ runs: new Map<string, object>() })),
    workspace: store({ history: { past: [], future: [], now: { checked: new Set(), grouping: { kind: 'none' } } } }),
    session: overlay,
    navigation: { store: store({ kind: 'tab', tab: 'table', place: [] }), toTab: () => {} },
    sources: { store: store({ list: [] }) },
    code: { store: store({ kind: 'none' }) },
  } as unknown as App;
  const bridge = {
    tell: (word: PageWord) => void told.push(word),
    onWord(listener: typeof heed) {
      heed = listener;
    },
  } as unknown as DesktopBridge;
  joinDesktop(app, bridge);
  expect(told.map(({ kind }) => kind)).toEqual(['commands', 'enabled', 'reading', 'theme']);
  expect(told[0]).toMatchObject({ commands: commands.map(({ id, title }) => ({ id, title })) });
  const ids = told[1]?.kind === 'enabled' ? told[1].ids : [];
  expect(ids).toContain('import.folder');
  expect(ids).not.toContain('runs.next');

  told.length = 0;
  start();
  await end(0, done);
  app.settings.setState(choose(theme, 'dark'));
  app.settings.setState(choose(updates, true));
  app.settings.setState({ sidebar: 400 });
  expect(told).toEqual([
    { kind: 'reading', imports: 1 },
    { kind: 'reading', imports: 0 },
    { kind: 'theme', theme: 'dark' },
  ]);
  expect(atStart).toEqual([false, true]);
  told.length = 0;
  app.library.setState({ runs: new Map([['a', {} as never]]) } as never);
  await vi.waitFor(() => expect(told).toMatchObject([{ kind: 'enabled', ids: expect.arrayContaining(['runs.next']) }]));

  heed({ kind: 'command', id: 'palette.open' });
  expect(overlay.getState().overlay).toBe('palette');
  // What cannot be done now, or does not exist, is not done.
  heed({ kind: 'command', id: 'shell.undo' });
  heed({ kind: 'command', id: 'no.such' });
});
