// Starts the desktop program as a user would, with a home of its own; the page is driven by script, since old Chromiums know no newer way.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { waitIdle } from '../../e2e/support/idle';

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

interface Start {
  readonly paths?: readonly string[];
  readonly switches?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Fixtures {
  readonly home: string;
  /** Starts the program with what is named on its command line. */
  readonly start: (...paths: readonly string[]) => Promise<Desktop>;
  /** The same with more switches and variables. */
  readonly startWith: (more: Start) => Promise<Desktop>;
  /** Starts it once more beside the first. @returns its exit code */
  readonly startSecond: (...paths: readonly string[]) => Promise<number | null>;
}

const wordsFor = (paths: readonly string[], switches: readonly string[] = []): string[] => [
  process.env.DIPTYCH_TEST_APP ?? '',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...switches,
  ...paths,
];
const environment = (home: string): Record<string, string> =>
  ({ ...process.env, DIPTYCH_HOME: home, DIPTYCH_TEST_NODE: process.execPath }) as Record<string, string>;
const executablePath = process.env.DIPTYCH_TEST_ELECTRON ?? '';

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter.
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'diptych-desktop-'));
    await use(home);
    // What Electron started may live on for a moment.
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  },
  start: ({ startWith }, use) => use((...paths) => startWith({ paths })),
  startWith: async ({ home }, use) => {
    const started: ChildProcess[] = [];
    const trouble: string[] = [];
    await use(async ({ paths = [], switches = [], env = {} }) => {
      const app = await _electron.launch({
        executablePath,
        args: wordsFor(paths, switches),
        env: { ...environment(home), ...env },
        // The system's own, not one that the tool puts in its place.
        colorScheme: null,
      });
      started.push(app.process());
      app.on('window', (page) => {
        page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
        page.on('request', (request) => {
          if (!/^(app:\/\/diptych\/|blob:app:\/\/diptych\/|data:)/.test(request.url())) trouble.push(`request to ${request.url()}`);
        });
      });
      return { app, page: await ready(await app.firstWindow()) };
    });
    for (const child of started) await end(child);
    expect(trouble, 'errors of the page, and requests to elsewhere').toEqual([]);
  },
  startSecond: async ({ home }, use) => {
    const children: ChildProcess[] = [];
    await use((...paths) => {
      const child = spawn(executablePath, wordsFor(paths), { env: environment(home), stdio: 'ignore' });
      children.push(child);
      return new Promise((ended) => child.once('exit', ended));
    });
    for (const child of children) child.kill();
  },
});

/** The page, once it can be used. */
export async function ready(page: Page): Promise<Page> {
  await page.waitForURL('app://diptych/**');
  await waitIdle(page);
  return page;
}

/** Ends a program whatever it is doing: a dialog that nobody answers must not hold up the tests. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGKILL');
  return ended;
}

/** Quits as the menu does, and waits until the program has ended. */
export async function quit(app: ElectronApplication): Promise<void> {
  const ended = app.waitForEvent('close');
  await app.evaluate(({ app: program }) => setImmediate(() => program.quit())).catch(() => {});
  await ended;
}

/** Clicks what has a role or tag and exactly this text, and waits until the app has done its work. */
export async function click(page: Page, selector: string, text: string): Promise<void> {
  await expect.poll(() => find(page, selector, text, false), { message: `${selector} '${text}'` }).toBe(true);
  await find(page, selector, text, true);
  await waitIdle(page);
}

const find = (page: Page, selector: string, text: string, press: boolean): Promise<boolean> =>
  page.evaluate(
    ([what, words, act]) => {
      const found = [...document.querySelectorAll<HTMLElement>(what)].find((one) => one.textContent?.trim() === words && !one.hasAttribute('disabled'));
      if (act) found?.click();
      return found !== undefined;
    },
    [selector, text, press] as const,
  );

/** Answers the system's dialogs from now on, and keeps what they ask. @param button of message boxes; those that lack it stay open */
export const answerDialogs = (app: ElectronApplication, answers: { readonly open?: readonly string[]; readonly button?: string }): Promise<void> =>
  app.evaluate(({ dialog }, { open = [], button = '' }) => {
    const kept = globalThis as unknown as { asked: string[] };
    kept.asked ??= [];
    Object.assign(dialog, {
      async showOpenDialog(...args: readonly unknown[]) {
        kept.asked.push((args.at(-1) as { title: string }).title);
        return { canceled: open.length === 0, filePaths: open };
      },
      async showMessageBox(...args: readonly unknown[]) {
        const { message, buttons } = args[args.length - 1] as { message: string; buttons: string[] };
        kept.asked.push(message);
        const response = buttons.indexOf(button);
        // Nobody answers at once.
        return new Promise((answer) => {
          if (response >= 0) setTimeout(() => answer({ response }), 100);
        });
      },
    });
  }, answers);

/** What the dialogs asked, in order. */
export const askedBy = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => (globalThis as unknown as { asked?: string[] }).asked ?? []);

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly accelerator: string;
  readonly enabled: boolean;
  /** Labels of the menus that it is in. */
  readonly below: readonly string[];
}

/** All entries of the menu bar. */
export const menuOf = (app: ElectronApplication): Promise<readonly MenuEntry[]> =>
  app.evaluate(({ Menu }) => {
    const walk = (menu: Electron.Menu | null | undefined, below: readonly string[]): MenuEntry[] =>
      (menu?.items ?? []).flatMap((item) => [
        { id: String(item.id ?? ''), label: item.label, accelerator: String(item.accelerator ?? ''), enabled: item.enabled, below },
        ...walk(item.submenu, [...below, item.label]),
      ]);
    return walk(Menu.getApplicationMenu(), []);
  });

/** Picks an entry of the menu bar by its id or label, as soon as it is there. */
export async function pickFromMenu(app: ElectronApplication, name: string): Promise<void> {
  await expect.poll(async () => (await menuOf(app)).some(({ id, label, enabled }) => enabled && (id === name || label === name))).toBe(true);
  await app.evaluate(({ Menu }, wanted) => {
    const find = (menu: Electron.Menu | null | undefined): Electron.MenuItem | undefined =>
      (menu?.items ?? []).map((item) => (item.id === wanted || item.label === wanted ? item : find(item.submenu))).find(Boolean);
    find(Menu.getApplicationMenu())?.click();
  }, name);
}

/** What the page shows as text. */
export const shownText = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

export { expect };
