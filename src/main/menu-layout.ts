// The menu bar as data: the page's own commands by their groups, and what every program has, in the order of the platform.
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../wire/page-words';

export type Platform = 'mac' | 'windows' | 'linux';

/** What the shell itself does. */
export interface MenuActions {
  /** Runs a command of the page in front. */
  command(id: string): void;
  newWindow(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  about(): void;
}

export interface MenuContent {
  readonly name: string;
  readonly platform: Platform;
  readonly commands: readonly MenuCommand[];
  readonly enabled: ReadonlySet<string>;
  /** Paths, last opened first. */
  readonly recent: readonly string[];
  /** The person's own folder, which paths are shown below. */
  readonly home: string;
}

type Item = MenuItemConstructorOptions;

/** Groups of the page that have a menu; every other one is a submenu of View. */
const menuOf: Readonly<Record<string, 'file' | 'edit' | 'view' | 'go' | 'runs' | 'help'>> = {
  Import: 'file',
  Store: 'file',
  Workspace: 'edit',
  View: 'view',
  'Go to': 'go',
  Runs: 'runs',
  Help: 'help',
};
/** Commands that every program of a Mac has in its own menu. */
const inMacMenu: ReadonlySet<string> = new Set(['settings.open', 'updates.check']);
const line: Item = { type: 'separator' };

/** The whole menu bar. */
export function menuLayout(content: MenuContent, actions: MenuActions): Item[] {
  const { commands, platform } = content;
  const isMac = platform === 'mac';
  const shown = isMac ? commands.filter(({ id }) => !inMacMenu.has(id)) : commands;
  const of = (menu: (typeof menuOf)[string]): Item[] =>
    groupsOf(shown.filter(({ group }) => menuOf[group] === menu)).flatMap(([, some], at) => [...(at > 0 ? [line] : []), ...some.map(item)]);
  const item = (command: MenuCommand): Item => commandItem(command, content, actions);
  const others = groupsOf(shown.filter(({ group }) => menuOf[group] === undefined));
  const menu = (label: string, items: readonly Item[]): Item[] => (items.length > 0 ? [{ label, submenu: [...items] }] : []);

  return [
    ...(isMac ? [macMenu(content, commands.filter(({ id }) => inMacMenu.has(id)).map(item), actions)] : []),
    ...menu('&File', [
      { label: 'New Window', accelerator: 'CmdOrCtrl+N', click: actions.newWindow },
      recentMenu(content, actions),
      line,
      ...of('file'),
      line,
      { role: 'close' },
      ...(isMac ? [] : [{ role: 'quit' as const }]),
    ]),
    // Undo and redo are the page's, which heeds the field that is being typed in.
    ...menu('&Edit', [...of('edit'), line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]),
    ...menu('&View', [
      ...of('view'),
      line,
      ...others.map(([group, some]): Item => ({ label: plain(group), submenu: some.map(item) })),
      line,
      { role: 'reload' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ]),
    ...menu('&Go', of('go')),
    ...menu('&Runs', of('runs')),
    { role: 'windowMenu' },
    ...menu('&Help', [...of('help'), ...(isMac ? [] : [line, { label: `About ${plain(content.name)}`, click: actions.about }])]),
  ];
}

function macMenu({ name }: MenuContent, own: readonly Item[], { about }: MenuActions): Item {
  const roles = (['services', 'hide', 'hideOthers', 'unhide', 'quit'] as const).map((role): Item => ({ role }));
  return { label: name, submenu: [{ label: `About ${plain(name)}`, click: about }, line, ...own, line, ...roles] };
}

function recentMenu({ recent, home }: MenuContent, { openRecent, clearRecent }: MenuActions): Item {
  const entries = recent.map((path): Item => ({ label: plain(shortPath(path, home)), click: () => openRecent(path) }));
  const items = entries.length > 0 ? [...entries, line, { label: 'Clear List', click: clearRecent }] : [{ label: 'Nothing yet', enabled: false }];
  return { label: 'Open Recent', submenu: items };
}

/**
 * The page hears its keys itself, so elsewhere the menu only shows them. On a Mac a key that is shown is a key that is taken, from text
 * fields too: there keys without Cmd stand in the label.
 */
function commandItem({ id, title, keys }: MenuCommand, { enabled, platform }: MenuContent, { command }: MenuActions): Item {
  const shown = keys === null ? null : accelerator(keys);
  const item: Item = { id, label: plain(title), enabled: enabled.has(id), click: () => command(id) };
  if (shown === null) return item;
  if (platform !== 'mac') return { ...item, accelerator: shown, registerAccelerator: false };
  return shown.includes('CmdOrCtrl+') ? { ...item, accelerator: shown } : { ...item, label: `${plain(title)}  (${shown})` };
}

const names: Readonly<Record<string, string>> = {
  mod: 'CmdOrCtrl',
  shift: 'Shift',
  alt: 'Alt',
  arrowup: 'Up',
  arrowdown: 'Down',
  arrowleft: 'Left',
  arrowright: 'Right',
  escape: 'Esc',
  enter: 'Return',
  ' ': 'Space',
};

/** The page's `shift+mod+z` in Electron's words; null for what those cannot say. */
export function accelerator(keys: string): string | null {
  const parts = keys.toLowerCase().split('+');
  const words = parts.map((part) => names[part] ?? (/^(f\d{1,2}|[\x21-\x7e])$/.test(part) ? part.toUpperCase() : null));
  return words.includes(null) ? null : words.join('+');
}

function groupsOf(commands: readonly MenuCommand[]): readonly (readonly [string, readonly MenuCommand[]])[] {
  const groups = new Map<string, MenuCommand[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

const longest = 80;
/** Text as it is: `&` would underline the letter behind it, and a name of many lines or of none would break the menu. */
function plain(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim() || '(no name)';
  return (flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat).replaceAll('&', '&&');
}

/** A long path keeps its end, which tells it apart. */
function shortPath(path: string, home: string): string {
  const below = home !== '' && path.startsWith(home) && /^[\\/]/.test(path.slice(home.length)) ? `~${path.slice(home.length)}` : path;
  return below.length > longest ? `…${below.slice(-(longest - 1))}` : below;
}
