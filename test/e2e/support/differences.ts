// Reads the Differences tab: its rows by section.
import type { Page } from '@playwright/test';
import { scrollThrough } from './scroll';

/** Keys of the rows that are shown, by section (`Params`, `Metrics` …). */
export async function readDifferences(page: Page): Promise<ReadonlyMap<string, readonly string[]>> {
  const table = page.getByRole('table', { name: 'Differences' });
  const rows = new Map<number, { readonly section?: string; readonly key?: string }>();
  await scrollThrough(table, async () => {
    const seen = await table.evaluate((element) =>
      [...element.querySelectorAll('[role=row][aria-rowindex]')].map((row) => {
        const [title, count] = row.querySelectorAll('button[aria-expanded] span');
        const section = count?.textContent?.endsWith(' differ') ? title?.textContent : undefined;
        const key = row.querySelector('[role=rowheader][title]')?.getAttribute('title') ?? undefined;
        return { at: Number(row.getAttribute('aria-rowindex')), ...(section ? { section } : {}), ...(key === undefined ? {} : { key }) };
      }),
    );
    for (const { at, ...rest } of seen) rows.set(at, rest);
  });
  const sections = new Map<string, string[]>();
  let open = '';
  for (const [, { section, key }] of [...rows].sort(([a], [b]) => a - b)) {
    if (section !== undefined) open = section;
    if (section !== undefined || key !== undefined) sections.set(open, [...(sections.get(open) ?? []), ...(key === undefined ? [] : [key])]);
  }
  return sections;
}
