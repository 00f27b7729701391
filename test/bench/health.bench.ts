// All rules over 100 runs × 20 curves × 10,000 points in the built page: findings come while the page stays free.
import { expect, test } from 'vitest';
import { waitIdle } from '../e2e/support/idle';
import { install, takeLongTasks } from './app';
import { cached, type TensorboardShape, writeTensorboard } from './generate';

/** A quarter of the runs is not a number from three quarters on, another quarter gets worse from the middle on. */
const shape: TensorboardShape = {
  runs: 100,
  tags: 20,
  steps: 10_000,
  seed: 1,
  bend: (value, { run, step }) => (run % 4 === 0 && step > 7500 ? Number.NaN : run % 4 === 1 && step > 5000 ? value * (1 + (step - 5000) / 1000) : value),
};
/** Milliseconds that a task of the page may take while runs are judged, listed and walked. */
const longestTask = 150;

test('100 runs are judged without a long task of the page', async () => {
  const folder = cached(`sick-tensorboard-${shape.runs}-${shape.tags}-${shape.steps}-1`, (to) => writeTensorboard(to, shape));
  const installed = await install();
  try {
    const filling = await installed.open([folder]);
    await filling.page.getByRole('region', { name: 'Imports' }).getByText(`${shape.runs} runs added`).waitFor({ timeout: 600_000 });
    await waitIdle(filling.page);
    await filling.close();
    const { page, close } = await installed.open();
    await waitIdle(page);
    await page.getByRole('checkbox', { name: /^Check all/ }).click();
    await takeLongTasks(page);
    const began = performance.now();
    await page.getByRole('tab', { name: 'Health', exact: true }).click();
    await page.getByRole('option').first().waitFor({ timeout: 120_000 });
    await page.getByText('judging, ').waitFor({ state: 'hidden', timeout: 600_000 });
    await waitIdle(page);
    const judgedMs = performance.now() - began;
    const judging = await takeLongTasks(page);
    const list = page.getByRole('listbox', { name: 'Findings' });
    await list.focus();
    for (let at = 0; at < 40; at++) await page.keyboard.press('ArrowDown');
    await waitIdle(page);
    const walking = await takeLongTasks(page);
    await page.getByRole('tab', { name: 'Curves', exact: true }).click();
    await waitIdle(page);
    const curves = await takeLongTasks(page);
    console.log(
      `100 × 20 × 10,000 judged in the page after ${(judgedMs / 1000).toFixed(1)} s; longest task while judging ${worst(judging)} ms, walking findings ${worst(walking)} ms, drawing curves with marks ${worst(curves)} ms`,
    );
    await close();
    expect(worst(judging)).toBeLessThanOrEqual(longestTask);
    expect(worst(walking)).toBeLessThanOrEqual(longestTask);
  } finally {
    installed.remove();
  }
});

const worst = (tasks: readonly number[]): number => Math.round(Math.max(0, ...tasks));
