// The menu bar: every command of the page once, in every platform's order, with keys that never take typing away; and hostile labels.
import { expect, test, vi } from 'vitest';
import { accelerator, type MenuActions, type MenuContent, menuLayout, type Platform } from '../../src/main/menu-layout';
import { commands as registered } from '../../src/renderer/registry/commands';
import { channels } from '../../src/wire/desktop';
import type { MenuCommand } from '../../src/wire/page-words';
import { entriesOf, type FakeItem, settled } from './fake-electron';
import { eventually, fileHere, fromPage, here, start } from './started';

const commands: readonly MenuCommand[] = registered.map(({ id, title, group, keys }) => ({ id, title, group, keys: keys?.[0] ?? null }));
const all = new Set(commands.map(({ id }) => id));
const actions: MenuActions = { command: () => {}, newWindow: () => {}, openRecent: () => {}, clearRecent: () => {}, about: () => {} };

const layout = (platform: Platform, more: Partial<MenuContent> = {}, does: MenuActions = actions): readonly FakeItem[] =>
  menuLayout({ name: 'Diptych', platform, commands, enabled: all, recent: [], home: '/home/me', ...more }, does) as readonly FakeItem[];
const labels = (menu: readonly FakeItem[]): string[] => menu.map(({ label, role }) => label ?? `(${role})`);
const below = (menu: readonly FakeItem[], label: string): readonly FakeItem[] => entriesOf(menu).find((item) => item.label === label)?.submenu ?? [];

test.each(['mac', 'windows', 'linux'] as const)('on %s every command of the page stands there once, under its title', (platform) => {
  const entries = entriesOf(layout(platform)).filter(({ id }) => id !== undefined);
  expect(entries.map(({ id }) => id).sort()).toEqual([...all].sort());
  for (const { id, label } of entries) expect(label).toContain(commands.find((command) => command.id === id)?.title.replaceAll('&', '&&'));
});

test('the menus of the platforms', () => {
  const usual = ['&File', '&Edit', '&View', '&Go', '&Runs', '(windowMenu)', '&Help'];
  expect(labels(layout('linux'))).toEqual(usual);
  expect(labels(layout('windows'))).toEqual(usual);
  expect(labels(layout('mac'))).toEqual(['Diptych', ...usual]);
  expect(labels(below(layout('mac'), 'Diptych'))).toEqual(expect.arrayContaining(['About Diptych', 'Check for updates…', '(services)', '(quit)']));
  expect(labels(below(layout('mac'), '&File'))).not.toContain('(quit)');
  expect(labels(below(layout('linux'), '&File')).at(-1)).toBe('(quit)');
  expect(labels(below(layout('linux'), '&Help')).at(-1)).toBe('About Diptych');
  expect(labels(below(layout('linux'), '&Edit'))).toEqual(expect.arrayContaining(['Undo', 'Redo', '(cut)', '(paste)']));
  expect(labels(below(layout('linux'), '&View'))).toEqual(expect.arrayContaining(['Curves', 'Media', 'Review']));
});

test('keys are shown, and only a Mac’s with Cmd are taken', () => {
  const keyed = entriesOf(layout('linux')).filter(({ id, accelerator: key }) => id !== undefined && key !== undefined);
  expect(keyed.length).toBe(commands.filter(({ keys }) => keys !== null).length);
  expect(keyed.filter(({ registerAccelerator }) => registerAccelerator !== false)).toEqual([]);
  const onMac = entriesOf(layout('mac'));
  const taken = onMac.filter(({ accelerator: key }) => key !== undefined).map(({ accelerator: key }) => key);
  expect(taken.length).toBeGreaterThan(5);
  expect(taken.filter((key) => !key?.includes('CmdOrCtrl+'))).toEqual([]);
  expect(onMac.find(({ id }) => id === 'runs.baseline')?.label).toBe('Make the run baseline  (B)');
});

test('no two commands have the same first key', () => {
  const keys = commands.filter((command) => command.keys !== null).map((command) => accelerator(command.keys as string));
  // The keys of tabs are digits, those of Curves and Media count only there.
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test.each([
  ['shift+mod+z', 'Shift+CmdOrCtrl+Z'],
  ['mod+arrowleft', 'CmdOrCtrl+Left'],
  ['?', '?'],
  ['[', '['],
  ['escape', 'Esc'],
  ['f5', 'F5'],
  ['no such key', null],
  ['é', null],
  ['', null],
])('%s as Electron writes it', (keys, expected) => {
  expect(accelerator(keys)).toBe(expected);
});

test('a group that nobody foresaw becomes a submenu of View', () => {
  const menu = layout('linux', { commands: [{ id: 'x.y', title: 'Do it', group: 'New things', keys: null }], enabled: new Set() });
  expect(below(menu, 'New things')).toMatchObject([{ id: 'x.y', label: 'Do it', enabled: false }]);
});

test('hostile titles and paths are text of one line, and nothing in them is underlined', () => {
  const titles = ['a & b', 'line\nbreak\u202e', '', 'x'.repeat(500)];
  const menu = layout('linux', {
    commands: titles.map((title, at) => ({ id: `x.${at}`, title, group: 'Runs', keys: null })),
    recent: ['/home/me/runs & more', '/home/mean', `/data/${'deep/'.repeat(60)}end`],
  });
  const shown = labels(below(menu, '&Runs'));
  expect(shown.slice(0, 3)).toEqual(['a && b', 'line break', '(no name)']);
  expect(shown[3]).toHaveLength(80);
  const recent = labels(below(menu, 'Open Recent'));
  expect(recent.slice(0, 2)).toEqual(['~/runs && more', '/home/mean']);
  expect(recent[2]).toMatch(/^….*\/end$/);
});

test('without a page there is still a menu', () => {
  for (const platform of ['mac', 'linux'] as const) {
    const menu = layout(platform, { commands: [], enabled: new Set() });
    expect(labels(menu)).toEqual(expect.arrayContaining(['&File', '&Edit', '&View']));
    expect(labels(menu)).not.toContain('&Go');
  }
});

const tell = (started: ReturnType<typeof start>, word: unknown, window = 0): unknown =>
  started.handler(`ipc ${channels.tell}`)(fromPage(undefined, started.seen.windows[window]?.webContents), word);

test('what is picked is done by the page in front, and what can be done follows it', async () => {
  const started = start();
  const { ready, seen } = started;
  await ready();
  tell(started, { kind: 'commands', commands });
  tell(started, { kind: 'enabled', ids: ['import.folder'] });
  await settled();
  const entry = (id: string) => entriesOf(seen.menu).find((item) => item.id === id);
  expect([entry('import.folder')?.enabled, entry('shell.undo')?.enabled]).toEqual([true, false]);
  entry('import.folder')?.click?.();
  expect(seen.windows[0]?.webContents.words).toEqual([{ kind: 'command', id: 'import.folder' }]);

  // Only what can be done changed: the bar is not made anew, which would close an open menu.
  const before = seen.menusBuilt;
  tell(started, { kind: 'enabled', ids: ['shell.undo'] });
  await settled();
  expect([entry('import.folder')?.enabled, entry('shell.undo')?.enabled, seen.menusBuilt]).toEqual([false, true, before]);

  entriesOf(seen.menu)
    .find(({ label }) => label === 'New Window')
    ?.click?.();
  tell(started, { kind: 'commands', commands }, 1);
  tell(started, { kind: 'enabled', ids: ['import.folder'] }, 1);
  await settled();
  expect([entry('import.folder')?.enabled, entry('shell.undo')?.enabled]).toEqual([true, false]);
  seen.windows[0]?.focus();
  await settled();
  expect([entry('import.folder')?.enabled, entry('shell.undo')?.enabled]).toEqual([false, true]);
});

test('what was opened is kept over starts, newest first, opened again from the menu, and taken off when it is gone', async () => {
  const [one, two] = ['one', 'two'].map(fileHere) as [string, string];
  process.argv = ['diptych', one];
  const first = start({ dialogPaths: [two] });
  await first.ready();
  const host = first.host();
  expect(await host.call('pick', { kind: 'folder' })).toEqual([two]);
  expect(first.seen.openDialogs).toMatchObject([{ defaultPath: one }]);
  // Dropped again: it moves to the top and does not stand there twice.
  expect(await first.handler(`ipc ${channels.sourceOf}`)(fromPage(), one)).toMatchObject({ path: one });
  expect(first.seen.recent).toEqual([one, two, one]);

  process.argv = ['diptych'];
  const next = start();
  await next.ready();
  await settled();
  const recent = () => labels(below(next.seen.menu, 'Open Recent'));
  expect(recent()).toEqual([one, two, '(undefined)', 'Clear List']);
  below(next.seen.menu, 'Open Recent')[1]?.click?.();
  await settled();
  next.host();
  await eventually(() => expect(next.admitted).toMatchObject([{ paths: [two], offer: true }]));
  expect(recent().slice(0, 2)).toEqual([two, one]);

  const { rmSync } = await vi.importActual<typeof import('node:fs')>('node:fs');
  rmSync(one);
  below(next.seen.menu, 'Open Recent')[1]?.click?.();
  await settled();
  expect(next.seen.boxes).toMatchObject([{ message: 'There is nothing here to open', detail: one }]);
  expect(recent()).toEqual([two, '(undefined)', 'Clear List']);
  entriesOf(next.seen.menu)
    .find(({ label }) => label === 'Clear List')
    ?.click?.();
  await settled();
  expect([recent(), next.seen.recent]).toEqual([['Nothing yet'], []]);
  expect(here()).not.toBe('');
});
