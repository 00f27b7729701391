// The menu bar of the program, made anew when the page in front says other commands, has others enabled, or something else was opened.
import { homedir } from 'node:os';
import type { ElectronApi } from './electron-api';
import { type MenuActions, type MenuContent, menuLayout, type Platform } from './menu-layout';

const platforms: Readonly<Record<string, Platform>> = { darwin: 'mac', win32: 'windows' };

/** @returns to be called when something of it has changed; many calls in one turn make one menu */
export function keepMenu({ app, Menu }: ElectronApi, content: () => Pick<MenuContent, 'commands' | 'enabled' | 'recent'>, actions: MenuActions): () => void {
  let built = '';
  let waiting = false;
  const build = (): void => {
    waiting = false;
    const { commands, enabled, recent } = content();
    const structure = JSON.stringify([commands, recent]);
    const menu = Menu.getApplicationMenu();
    if (structure === built && menu) {
      for (const { id } of commands) {
        const item = menu.getMenuItemById(id);
        if (item) item.enabled = enabled.has(id);
      }
      return;
    }
    built = structure;
    const platform = platforms[process.platform] ?? 'linux';
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuLayout({ name: app.name, platform, home: homedir(), commands, enabled, recent }, actions)));
  };
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(build);
  };
}
