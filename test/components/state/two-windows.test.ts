// Two windows on one store: each saves by itself, neither overwrites the other, both show the same. On the real store.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { beforeEach, expect, test, vi } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { keepSaved } from '../../../src/renderer/boot/autosave';
import { setting as digits } from '../../../src/renderer/settings/items/digits';
import { setting as theme } from '../../../src/renderer/settings/items/theme';
import { createIdle } from '../../../src/renderer/state/idle';
import { createLibraryStore } from '../../../src/renderer/state/library';
import { createNavigation } from '../../../src/renderer/state/navigation';
import { createSessionStore } from '../../../src/renderer/state/session';
import { choose, createSettingsStore } from '../../../src/renderer/state/settings';
import { createToasts } from '../../../src/renderer/state/toasts';
import { addTag, emptyWorkspace, parseWorkspace, setNote } from '../../../src/renderer/state/workspace';
import { createWorkspaceStore } from '../../../src/renderer/state/workspace-store';
import type { AppStore } from '../../../src/renderer/storage/contract';
import { openStore } from '../../../src/renderer/storage/dexie-store';
import { databaseName } from '../../../src/renderer/storage/schema';
import { type ChannelLike, joinTabs } from '../../../src/renderer/storage/tabs';

const a = runId('a');
const b = runId('b');
let storage: AppStore;
let channels: ChannelLike[];

beforeEach(async () => {
  channels = [];
  await Dexie.delete(databaseName);
  storage = await openStore();
  return () => storage.close();
});

/** A window with what is stored open in it. */
async function openWindow() {
  const channel: ChannelLike = {
    postMessage: (data) => {
      for (const other of channels) if (other !== channel) other.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>);
    },
    onmessage: null,
  };
  channels.push(channel);
  const location = { hash: '' };
  const workspace = createWorkspaceStore();
  const [stored] = await storage.workspaces();
  if (stored) workspace.getState().open(parseWorkspace(stored));
  const idle = createIdle(
    () => {},
    (callback) => queueMicrotask(callback),
  );
  const toasts = createToasts();
  const app = {
    storage,
    workspace,
    settings: createSettingsStore(),
    tabs: joinTabs(channel),
    navigation: createNavigation({ location, addEventListener: () => {} } as never, 'table'),
    idle,
    toasts,
    library: createLibraryStore(),
    session: createSessionStore(),
  };
  let leave = (): void => {};
  keepSaved(app, (listener) => {
    leave = listener;
  });
  return {
    ...app,
    leave: () => leave(),
    now: () => workspace.getState().history.now,
    change: workspace.getState().change,
    undo: workspace.getState().undo,
    saved: () => vi.waitFor(() => expect(idle.labels()).toEqual([]), { timeout: 20_000 }),
  };
}

const storedWorkspace = async (id = 'default') => parseWorkspace(await storage.workspace(id));

test('what is changed in both at the same moment stays, in both and in the store', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'from one'));
  two.change('tag', addTag([b], 'from two'));
  await Promise.all([one.saved(), two.saved()]);
  await Promise.all([one.saved(), two.saved()]);
  for (const workspace of [one.now(), two.now(), await storedWorkspace()]) {
    expect([workspace.notes, workspace.labels]).toEqual([new Map([[a, 'from one']]), new Map([[b, ['from two']]])]);
  }
});

test('an undo takes back only what was done in this window', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'from one'));
  await one.saved();
  await two.saved();
  two.change('note', setNote(b, 'from two'));
  await two.saved();
  await one.saved();
  expect(one.now().notes.size).toBe(2);
  one.undo();
  await one.saved();
  await two.saved();
  expect(two.now().notes).toEqual(new Map([[b, 'from two']]));
  expect(two.workspace.getState().history.past).toHaveLength(1);
});

test('a page that goes at once has saved, and what the other saved meanwhile is merged with it', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'last word'));
  one.leave();
  two.change('note', setNote(b, 'from two'));
  await two.saved();
  expect((await storedWorkspace()).notes).toEqual(
    new Map([
      [a, 'last word'],
      [b, 'from two'],
    ]),
  );
});

test('another workspace: what was open is saved, what is open is left alone by the other window', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'kept'));
  one.workspace.getState().open(emptyWorkspace('second', 'Second'));
  one.change('note', setNote(a, 'other'));
  await one.saved();
  await two.saved();
  expect((await storedWorkspace()).notes.get(a)).toBe('kept');
  expect((await storedWorkspace('second')).notes.get(a)).toBe('other');
  expect(two.now().notes.get(a)).toBe('kept');
});

test('one that was deleted elsewhere is told of, and the next change saves it again', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'x'));
  await one.saved();
  await two.saved();
  await storage.deleteWorkspace('default');
  one.tabs.saved({ kind: 'workspace', id: 'default' });
  await two.saved();
  expect(two.toasts.store.getState().map(({ text }) => text)).toEqual(['Workspace My workspace was deleted in another window']);
  two.change('note', setNote(b, 'y'));
  await two.saved();
  expect((await storedWorkspace()).notes.size).toBe(2);
});

test('settings are shared, but not what belongs to one window', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  two.settings.setState({ sidebar: 500 });
  one.settings.setState(choose(theme, 'dark'));
  two.settings.setState(choose(digits, 9));
  await Promise.all([one.saved(), two.saved()]);
  await Promise.all([one.saved(), two.saved()]);
  for (const { settings } of [one, two]) expect(settings.getState().chosen).toEqual({ theme: 'dark', digits: 9 });
  expect([one.settings.getState().sidebar, two.settings.getState().sidebar]).toEqual([320, 500]);
});

test('a wipe empties the other window, and nothing comes back', async () => {
  const [one, two] = [await openWindow(), await openWindow()];
  one.change('note', setNote(a, 'x'));
  await one.saved();
  await two.saved();
  two.change('note', setNote(b, 'not saved yet'));
  await storage.wipe();
  one.tabs.saved({ kind: 'wiped' });
  await two.saved();
  two.leave();
  expect(two.now().notes.size).toBe(0);
  expect(await storage.workspaces()).toEqual([]);
});
