// Opens the user's browser at an address that must not be seen by others on this machine.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The file is needed only until the browser has read it. */
const fileMs = 60_000;

/**
 * Opens `address` through a file that only the user can read: a program's arguments can be read by everybody.
 * @returns false where there is no screen or no browser to be started
 */
export async function openBrowser(address: string, folder: string, platform = process.platform, env = process.env): Promise<boolean> {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  const file = join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${address}"><title>Diptych</title>`, { mode: 0o600 });
  const remove = (): void => rmSync(file, { force: true });
  setTimeout(remove, fileMs).unref();
  process.once('exit', remove);
  const [command, args] = opener(platform, pathToFileURL(file).href);
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}

function opener(platform: NodeJS.Platform, url: string): [string, string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
