// What goes wrong: the host process or a page dies, the program is to end in the middle. Nothing that was read is lost, and the person is told.
import { execFileSync } from 'node:child_process';
import type { ElectronApplication, Page } from '@playwright/test';
import { waitIdle } from '../e2e/support/idle';
import { manyRuns, wholePoints } from '../e2e/support/many-runs';
import { pointsOf, storedRuns } from '../e2e/support/stored-run';
import { answerDialogs, askedBy, expect, pickFromMenu, quit, shownText, test } from './support/desktop';

const count = 40;
const points = 20_000;

/** Waits until the import has stored something, but not all. @returns how many runs that were */
async function underWay(page: Page): Promise<number> {
  await expect.poll(async () => (await storedRuns(page)).length, { intervals: [20] }).toBeGreaterThan(0);
  return (await storedRuns(page)).length;
}

async function expectAllWhole(page: Page): Promise<void> {
  await expect.poll(async () => (await storedRuns(page)).length, { timeout: 100_000 }).toBe(count);
  await waitIdle(page);
  expect((await storedRuns(page)).filter((run) => pointsOf(run) !== wholePoints(points))).toEqual([]);
}

/** The host process of a program: a child of it, whatever it is called there. */
function hostOf(app: ElectronApplication): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const parents = new Set([app.process().pid]);
  for (const line of lines) {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!parents.has(Number(parent))) continue;
    if (/host-process\.mjs|NodeService/.test(command)) return Number(pid);
    // Electron may stand behind a process of its own.
    if (!command.includes('--type=')) parents.add(Number(pid));
  }
  throw new Error('there is no host process');
}

test('a host process that dies in the middle of an import is started again, told of, and the import goes on', async ({ start }, info) => {
  const folder = manyRuns(info.outputPath('store'), count, points);
  const { app, page } = await start();
  await answerDialogs(app, { open: [folder] });
  await pickFromMenu(app, 'import.folder');
  expect(await underWay(page)).toBeLessThan(count);
  const killed = hostOf(app);
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => shownText(page), { intervals: [50] }).toContain('was started again');
  expect(hostOf(app)).not.toBe(killed);
  await expectAllWhole(page);
  // Nobody had to do anything.
  expect(await askedBy(app)).toEqual(['Open folders of runs']);
});

test('a page that dies is offered to be loaded again, and has its runs', async ({ start }) => {
  const { app, page } = await start();
  await pickFromMenu(app, 'import.samples');
  await expect.poll(() => shownText(page)).toMatch(/\d+ runs added/);
  await waitIdle(page);
  const before = (await storedRuns(page)).map(({ id }) => id).sort();
  await answerDialogs(app, { button: 'Load it again' });
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as Electron.WebContents;
    // Once this call has been answered.
    setTimeout(() => process.kill(contents.getOSProcessId(), 'SIGKILL'), 50);
  });
  await expect.poll(() => askedBy(app)).toEqual(['This window stopped working.']);
  // The test's own hold on the page died with it: main is asked.
  const stored = (): Promise<number> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const rows = (window as Electron.BrowserWindow).webContents.executeJavaScript(
        "document.documentElement.dataset.idle === 'true' ? document.querySelectorAll('[role=grid] [role=row]').length : 0",
      );
      // Asked of a page that is just coming, it may never be answered.
      return await Promise.race([rows, new Promise<number>((late) => setTimeout(late, 2000, 0))]);
    });
  await expect.poll(stored).toBeGreaterThan(2);
  await quit(app);
  const again = await start();
  expect((await storedRuns(again.page)).map(({ id }) => id).sort()).toEqual(before);
});

test('quitting in the middle of an import asks; whoever goes on reading gets all, whoever stops loses no whole run and keeps no half one', async ({
  start,
}, info) => {
  const folder = manyRuns(info.outputPath('store'), count, points);
  const { app, page } = await start();
  await answerDialogs(app, { open: [folder], button: 'Go on reading' });
  await pickFromMenu(app, 'import.folder');
  await underWay(page);
  await app.evaluate(({ app: program }) => program.quit());
  await expect.poll(() => askedBy(app)).toEqual(['Open folders of runs', 'Runs are still being read.']);
  // It goes on; asked again, it is to end.
  await answerDialogs(app, { button: 'Stop reading and quit' });
  const seen = (await storedRuns(page)).length;
  expect(seen).toBeLessThan(count);
  await quit(app);

  const again = await start();
  const kept = await storedRuns(again.page);
  expect(kept.length).toBeGreaterThanOrEqual(seen);
  expect(kept.length).toBeLessThan(count);
  expect(kept.filter((run) => pointsOf(run) !== wholePoints(points))).toEqual([]);
  await answerDialogs(again.app, { open: [folder] });
  await pickFromMenu(again.app, 'import.folder');
  await expectAllWhole(again.page);
  // With nothing under way nothing is asked.
  await quit(again.app);
});
