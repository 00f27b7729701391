// A large table, scrolled both ways in the built page: no task may hold up the page for long.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { waitIdle } from '../e2e/support/idle';
import { install, takeLongTasks } from './app';
import { cached, type WandbShape, writeWandb } from './generate';

/** Milliseconds that a task may take while 2,000 runs × 300 columns are scrolled. */
const longestTask = 100;

/** How the table is moved: pixels in each frame, so many frames. */
const moves = {
  'down, gently': { top: 60, left: 0, frames: 180 },
  'across, gently': { top: 0, left: 60, frames: 180 },
  // Every frame shows other rows, or other columns, than the one before.
  'down, a screen per frame': { top: 700, left: 0, frames: 60 },
  'across, a screen per frame': { top: 0, left: 1000, frames: 60 },
} as const;

interface Scrolled {
  /** Milliseconds from one frame to the next, in order of length. */
  readonly frames: readonly number[];
  readonly longTasks: readonly number[];
}

/** Moves the table to and fro, one step in each frame. */
async function scroll(page: Page, move: (typeof moves)[keyof typeof moves]): Promise<Scrolled> {
  await takeLongTasks(page);
  const frames = await page.evaluate(async ({ top, left, frames: count }) => {
    const grid = document.querySelector('[aria-label="Table of runs"]');
    if (!grid) throw new Error('there is no table');
    const next = (): Promise<number> => new Promise((shown) => requestAnimationFrame(shown));
    const between: number[] = [];
    let before = await next();
    for (let at = 0; at < count; at++) {
      const way = at < count / 2 ? 1 : -1;
      grid.scrollBy({ top: way * top, left: way * left, behavior: 'instant' });
      const now = await next();
      between.push(now - before);
      before = now;
    }
    return between;
  }, move);
  await waitIdle(page);
  return { frames: frames.sort((a, b) => a - b), longTasks: await takeLongTasks(page) };
}

/** Imports the runs, opens the table anew, moves it. @returns the longest task of all moves, in ms; 0 where none was noticed */
async function measure(title: string, folder: string, columns: number): Promise<number> {
  const installed = await install();
  try {
    const filling = await installed.open([folder]);
    await waitIdle(filling.page);
    const importing = await takeLongTasks(filling.page);
    await filling.close();
    const { page, tableMs, close } = await installed.open();
    await waitIdle(page);
    const opening = await takeLongTasks(page);
    const grid = page.getByRole('grid', { name: 'Table of runs' });
    expect(Number(await grid.getAttribute('aria-colcount'))).toBeGreaterThanOrEqual(columns);
    const lines = [
      `${title}: the table shows after ${ms((await tableMs()) ?? Number.NaN)}; longest task while importing ${longest(importing)}, while opening ${longest(opening)}`,
    ];
    let worst = 0;
    for (const [name, move] of Object.entries(moves)) {
      const { frames, longTasks } = await scroll(page, move);
      worst = Math.max(worst, ...longTasks);
      const at = (share: number): string => ms(frames[Math.min(frames.length - 1, Math.floor(frames.length * share))] ?? Number.NaN);
      lines.push(
        `  ${name.padEnd(28)}frames: median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}; longest task ${longest(longTasks)} (${longTasks.length} over 50 ms)`,
      );
    }
    console.log(lines.join('\n'));
    await close();
    return worst;
  } finally {
    installed.remove();
  }
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const longest = (tasks: readonly number[]): string => (tasks.length === 0 ? 'under 50 ms' : ms(Math.max(...tasks)));
const generated = (name: string, shape: WandbShape): string => cached(`table-${name}-1`, (to) => writeWandb(to, shape));

test('2,000 runs × 300 columns scroll without a long task', async () => {
  const folder = generated('2000', { runs: 2000, keys: 150, params: 150, steps: 3, seed: 1 });
  expect(await measure('2,000 × 300', folder, 300)).toBeLessThanOrEqual(longestTask);
});

test('10,000 runs × 12,000 columns, for the record', async () => {
  const folder = generated('10000', { runs: 10_000, keys: 20, params: 20, steps: 1, seed: 1, of: { keys: 6000, params: 6000 } });
  await measure('10,000 × 12,000', folder, 12_000);
});
