// Runs get into the page by both ways: read by the host from a named folder, read by the page from a real drop.
import { drop } from './support/drop';
import { fixture } from './support/fixture';
import { waitIdle } from './support/idle';
import { storedRows } from './support/store';
import { expect, test } from './support/test';

interface RunRow {
  readonly run: { readonly format: string; readonly series: readonly { readonly count: number }[] };
}

const summary = (rows: readonly RunRow[]) =>
  rows.map(({ run }) => `${run.format} ${run.series.length} series, ${run.series.reduce((sum, { count }) => sum + count, 0)} points`).sort();

test.describe('a folder named at the start', () => {
  test.use({ paths: [fixture('mlflow-file/sweep-2.14')] });

  test('is read by the host and stored by the page, and is still there after a reload', async ({ app }) => {
    const stored = summary(await storedRows<RunRow>(app, 'runs'));
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.every((line) => line.startsWith('mlflow-file '))).toBe(true);
    await app.reload();
    await waitIdle(app);
    expect(summary(await storedRows<RunRow>(app, 'runs'))).toEqual(stored);
  });
});

test.describe('the same folder', () => {
  test.use({ paths: [fixture('mlflow-file/sweep-2.14')] });

  test('dropped as well gives no second copy, and the page reads the same as the host', async ({ app }) => {
    const before = summary(await storedRows<RunRow>(app, 'runs'));
    await drop(app, [fixture('mlflow-file/sweep-2.14')]);
    await waitIdle(app);
    expect(summary(await storedRows<RunRow>(app, 'runs'))).toEqual(before);
  });
});

test('a dropped folder is read by the page', async ({ app }) => {
  await drop(app, [fixture('mlflow-file/sweep-2.14')]);
  await waitIdle(app);
  expect((await storedRows<RunRow>(app, 'runs')).length).toBeGreaterThan(1);
});
