// Runs on their way into the app's store and out of it again: import through host and page, warm start, first paint of curves.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { type Installed, install, takeLongTasks } from './app';
import { cached, writeTensorboard } from './generate';

/** 10 million points: 100 runs × 10 curves × 10,000. */
const shape = { runs: 100, tags: 10, steps: 10_000, seed: 1 };
const points = shape.runs * shape.tags * shape.steps;
/** Judged: what a user waits for. Seconds for 10 million points from disk into the store, then milliseconds after opening. */
const targets = { importSeconds: 60, bytesPerPoint: 24, tableMs: 3000, curvesMs: 3000 } as const;
const rounds = 3;

const folder = (): string => cached(`tensorboard-${shape.runs}-${shape.tags}-${shape.steps}-1`, (to) => writeTensorboard(to, shape));

test('10 million points come into the store', async () => {
  const installed = await install();
  try {
    const began = performance.now();
    const { page, close } = await installed.open([folder()]);
    await page.getByRole('region', { name: 'Imports' }).getByText(`${shape.runs} runs added`).waitFor({ timeout: 600_000 });
    await waitIdle(page);
    const seconds = (performance.now() - began) / 1000;
    const longTasks = await takeLongTasks(page);
    const stored = (await storedRuns(page as never)).reduce((sum, run) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
    await close();
    const bytes = installed.storedBytes();
    console.log(
      `import: ${seconds.toFixed(1)} s, ${(points / seconds / 1000).toFixed(0)} thousand points/s, ${(bytes / 2 ** 20).toFixed(0)} MB on disk (${(bytes / points).toFixed(1)} bytes per point), longest task of the page ${Math.max(0, ...longTasks).toFixed(0)} ms`,
    );
    expect(stored).toBe(points);
    const { tableMs, packsMs, curvesMs } = await reopened(installed);
    console.log(`opened again ${rounds} times: table after ${list(tableMs)}; 100 curves read after ${list(packsMs)}; Curves tab drawn after ${list(curvesMs)}`);
    expect(seconds).toBeLessThanOrEqual(targets.importSeconds);
    expect(bytes / points).toBeLessThanOrEqual(targets.bytesPerPoint);
    expect(median(tableMs)).toBeLessThanOrEqual(targets.tableMs);
    expect(median(curvesMs)).toBeLessThanOrEqual(targets.curvesMs);
  } finally {
    installed.remove();
  }
});

/** Starts everything anew several times; each time a browser that has nothing of the store in memory. */
async function reopened(installed: Installed): Promise<{ tableMs: number[]; packsMs: number[]; curvesMs: number[] }> {
  const times = { tableMs: [] as number[], packsMs: [] as number[], curvesMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const first = await installed.open();
    await waitIdle(first.page);
    times.tableMs.push((await first.tableMs()) ?? Number.NaN);
    const began = performance.now();
    await first.page.getByRole('tab', { name: 'Curves', exact: true }).click();
    await waitIdle(first.page);
    times.curvesMs.push(performance.now() - began);
    await first.page.getByRole('tab', { name: 'Table', exact: true }).click();
    await waitIdle(first.page);
    await first.close();
    const second = await installed.open();
    await waitIdle(second.page);
    times.packsMs.push(await readRows(second.page));
    await second.close();
  }
  return times;
}

/** One row of curves of each of 100 runs straight from the database: what a panel of 100 curves cannot be quicker than. */
const readRows = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const began = performance.now();
    const database = await asked(indexedDB.open('diptych'));
    const packs = database.transaction('packs').objectStore('packs');
    const keys = await asked(packs.getAllKeys(null, 100));
    await Promise.all(keys.map((key) => asked(packs.get(key))));
    database.close();
    return performance.now() - began;
  });

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const list = (values: readonly number[]): string => `${median(values).toFixed(0)} ms (${values.map((value) => value.toFixed(0)).join(', ')})`;
