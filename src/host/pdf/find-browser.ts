// Finds a browser of the Chromium family, for printing and for the end-to-end tests: the user's choice first, then what is installed.
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { bundledBrowser } from './bundled-browser';

export interface Browser {
  readonly path: string;
  readonly origin: 'chosen' | 'installed' | 'bundled' | 'playwright';
  /** Added to the environment it is started with. */
  readonly env: Readonly<Record<string, string>>;
}

export interface BrowserSearch {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

/**
 * All that can be had, best first: `DIPTYCH_CHROMIUM`, an installed Chrome, Chromium or Edge, the one that the development
 * packages carry (unpacked on first use), Playwright's own. Looked up one by one, since unpacking takes seconds.
 */
export async function* browsers({ env = process.env, platform = process.platform }: BrowserSearch = {}): AsyncGenerator<Browser> {
  const chosen = env.DIPTYCH_CHROMIUM;
  if (chosen) {
    // A choice is a choice: when it is not there, no other is taken in silence.
    if (isProgram(chosen)) yield { path: chosen, origin: 'chosen', env: {} };
    return;
  }
  for (const path of installedPaths(env, platform)) if (isProgram(path) && !isConfined(path)) yield { path, origin: 'installed', env: {} };
  const bundled = await bundledBrowser(platform);
  if (bundled) yield { ...bundled, origin: 'bundled' };
  const playwright = playwrightBrowser();
  if (playwright) yield { path: playwright, origin: 'playwright', env: {} };
}

/** The best browser, or null. */
export async function findBrowser(search: BrowserSearch = {}): Promise<Browser | null> {
  for await (const browser of browsers(search)) return browser;
  return null;
}

function installedPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) => apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((folder) => folder !== undefined);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A snap sees another /tmp than ours: the file to print would not be there for it. */
function isConfined(path: string): boolean {
  return path.startsWith('/snap/') || realpathSync(path).endsWith('/snap') || (path.endsWith('/chromium-browser') && existsSync('/snap/bin/chromium'));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only in a checkout: the package is for development. */
function playwrightBrowser(): string | null {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core') as { chromium: { executablePath(): string } };
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
