// The frame of the window: tabs, run list, imports, messages.
import type { Locator, Page } from '@playwright/test';
import { drop } from './drop';
import { waitIdle } from './idle';

export type TabName = 'Table' | 'Curves' | 'Differences' | 'Effects' | 'Health' | 'Reproducibility' | 'Report' | 'Media' | 'Review' | 'Code';
export const tabNames: readonly TabName[] = ['Table', 'Curves', 'Differences', 'Effects', 'Health', 'Reproducibility', 'Report', 'Media', 'Review'];

export async function openTab(page: Page, name: TabName): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
  await waitIdle(page);
}

export const runList = (page: Page): Locator => page.getByRole('grid', { name: 'Run list' });
export const importPanel = (page: Page): Locator => page.getByRole('region', { name: 'Imports' });
export const messages = (page: Page): Locator => page.getByRole('region', { name: 'Messages' });

/** Ids of the runs in the list, from the top; lists longer than the window are cut. */
export function listedRuns(page: Page): Promise<string[]> {
  return runList(page)
    .locator('a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).hash.replace('#/run/', '')));
}

/** Checks runs by name in the list on the left, and no others. */
export async function checkRuns(page: Page, names: readonly string[]): Promise<void> {
  const none = page.getByRole('button', { name: 'Uncheck all' });
  if (await none.isVisible()) await none.click();
  for (const name of names)
    await runList(page)
      .getByRole('checkbox', { name: `Check ${name}`, exact: true })
      .click();
  await waitIdle(page);
}

/** Drops and waits until all of it is read. */
export async function importDrop(page: Page, paths: readonly string[]): Promise<void> {
  await drop(page, paths);
  await waitIdle(page);
}

/** Opens the page of a run from the list. */
export async function openRun(page: Page, name: string): Promise<void> {
  await runList(page).getByRole('link', { name, exact: true }).click();
  await page.getByRole('tablist', { name: 'About this run' }).waitFor();
  await waitIdle(page);
}
