// Stopping half-way: what was read stays whole, what was there before stays too.
import type { Page } from '@playwright/test';
import { drop } from './support/drop';
import { fixture } from './support/fixture';
import { importDrop, importPanel, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { manyRuns, wholePoints } from './support/many-runs';
import { pointsOf, storedRuns } from './support/stored-run';
import { expect, test } from './support/test';

const runs = 80;
const points = 6000;

/** Drops the folder and comes back when some of its runs are listed and more are being read. */
async function dropAndCatch(app: Page, folder: string): Promise<void> {
  await drop(app, [folder]);
  await expect(
    runList(app)
      .getByRole('link', { name: /^copy \d/ })
      .first(),
  ).toBeVisible();
}

test('cancel ends an import promptly and leaves whole runs', async ({ app }, info) => {
  test.slow();
  const folder = manyRuns(info.outputPath('large'), runs, points);
  await dropAndCatch(app, folder);
  const asked = Date.now();
  await importPanel(app).getByRole('button', { name: 'Cancel' }).click();
  await expect(importPanel(app).getByRole('status')).toHaveText('Cancelled');
  await waitIdle(app);
  expect(Date.now() - asked, 'milliseconds from the click to rest').toBeLessThan(5000);

  const kept = await storedRuns(app);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(runs);
  expect(kept.filter((run) => pointsOf(run) !== wholePoints(points))).toEqual([]);
  await expect(importPanel(app)).toContainText(`${kept.length} run${kept.length === 1 ? '' : 's'} added before that`);

  // Read to the end, the folder says by itself that nothing of the first part was cut.
  await importPanel(app).getByRole('button', { name: 'Close' }).click();
  await importDrop(app, [folder]);
  await expect(importPanel(app).getByRole('status')).toHaveText(`${runs - kept.length} runs added, ${kept.length} unchanged`);
  expect(await storedRuns(app)).toHaveLength(runs);
});

test('a reload in the middle of an import loses nothing that was there', async ({ app }, info) => {
  await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
  const before = await storedRuns(app);
  await dropAndCatch(app, manyRuns(info.outputPath('large'), runs, points));
  const seen = await runList(app)
    .getByRole('link', { name: /^copy \d/ })
    .allTextContents();
  await app.reload();
  await waitIdle(app);

  const after = await storedRuns(app);
  expect(after.filter(({ format, name }) => format === 'mlflow-file' && !name?.startsWith('copy '))).toEqual(before);
  const came = after.filter(({ name }) => name?.startsWith('copy '));
  expect(came.map(({ name }) => name)).toEqual(expect.arrayContaining(seen));
  expect(came.filter((run) => pointsOf(run) !== wholePoints(points))).toEqual([]);
});
