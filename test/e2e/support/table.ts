// Reads the Table tab as a person would: heads, and the full values behind the cells.
import type { Page } from '@playwright/test';
import { scrollThrough } from './scroll';

/** `param lr` or `metric val/loss` → full text, by the run's id. */
export type TableCells = ReadonlyMap<string, ReadonlyMap<string, string>>;

export async function readTable(page: Page): Promise<TableCells> {
  const grid = page.getByRole('grid', { name: 'Table of runs' });
  const table = new Map<string, Map<string, string>>();
  await scrollThrough(grid, async () => {
    const cells = await grid.evaluate((element) => {
      const heads = new Map(
        [...element.querySelectorAll('[role=columnheader]')].map((head) => {
          const button = head.querySelector('button');
          const kind = button?.firstElementChild?.textContent?.split(' · ')[0]?.trim() ?? '';
          return [head.getAttribute('aria-colindex'), `${kind} ${button?.title ?? ''}`.trim()];
        }),
      );
      return [...element.querySelectorAll('[role=row]')].flatMap((row) => {
        const id = row.querySelector('a')?.hash.replace('#/run/', '');
        if (!id) return [];
        return [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].flatMap((cell) => {
          const head = heads.get(cell.getAttribute('aria-colindex'));
          // A shortened cell has the whole value for a title.
          return head ? [{ id, head, text: cell.title || (cell.querySelector('span:not([aria-hidden])')?.textContent ?? '') }] : [];
        });
      });
    });
    for (const { id, head, text } of cells) table.set(id, (table.get(id) ?? new Map<string, string>()).set(head, text));
  });
  return table;
}
