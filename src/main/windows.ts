// All windows: which is in front, what each says of itself, and what the shell says to it.
import type { BrowserWindow, WebContents } from 'electron';
import { channels } from '../wire/desktop';
import type { MenuCommand, PageWord, ShellWord } from '../wire/page-words';
import { askBeforeClosing, askBeforeQuitting } from './closing';
import type { ElectronApi } from './electron-api';
import { mendPage } from './page-trouble';
import { openWindow } from './window';

/** What a page has said of itself. */
export interface PageNotes {
  readonly commands: readonly MenuCommand[];
  readonly enabled: ReadonlySet<string>;
  /** Imports that are under way. */
  readonly reading: number;
}
export const noNotes: PageNotes = { commands: [], enabled: new Set(), reading: 0 };

export interface Windows {
  open(): void;
  /** The window that is used, or was last; null when none is open. */
  front(): BrowserWindow | null;
  /** What the page in front has said. */
  notes(): PageNotes;
  heed(page: WebContents, word: PageWord): void;
  say(word: ShellWord): void;
  /** Brings the front window to the person, or opens one. */
  show(): void;
}

/** @param changed told when another page is in front, or it said something that the menu shows */
export function createWindows(electron: ElectronApi, stateFile: string, changed: () => void): Windows {
  /** Last used last. */
  const open = new Map<BrowserWindow, PageNotes>();
  const front = (): BrowserWindow | null => [...open.keys()].at(-1) ?? null;
  const note = (window: BrowserWindow, part: Partial<PageNotes>): void => {
    const before = open.get(window);
    if (!before) return;
    open.set(window, { ...before, ...part });
    if (window === front()) changed();
  };
  const mayEnd = askBeforeQuitting(electron, () => [...open.values()].some(({ reading }) => reading > 0), front);

  const windows: Windows = {
    open() {
      const window = openWindow(electron, stateFile, front());
      open.set(window, noNotes);
      window.on('focus', () => {
        const notes = open.get(window);
        if (!notes || window === front()) return;
        open.delete(window);
        open.set(window, notes);
        changed();
      });
      window.on('closed', () => {
        open.delete(window);
        changed();
      });
      // A page that is gone reads nothing any more, and one that comes says anew what it can do.
      window.webContents.on('render-process-gone', () => note(window, noNotes));
      mendPage(electron, window);
      askBeforeClosing(electron, window, () => !mayEnd() && (open.get(window)?.reading ?? 0) > 0);
      changed();
    },
    front,
    notes: () => open.get(front() as BrowserWindow) ?? noNotes,
    heed(page, word) {
      const window = [...open.keys()].find(({ webContents }) => webContents === page);
      if (!window) return;
      if (word.kind === 'commands') note(window, { commands: word.commands });
      else if (word.kind === 'enabled') note(window, { enabled: new Set(word.ids) });
      else if (word.kind === 'reading') note(window, { reading: word.imports });
    },
    say: (word) => front()?.webContents.send(channels.word, word),
    show() {
      const window = front();
      if (!window) return windows.open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
  return windows;
}
