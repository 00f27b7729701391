// What axe finds on the page.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { waitIdle } from './idle';

/** Serious and critical violations, each with the first elements that have it. @param part the whole page when left out */
export async function faults(app: Page, part = 'body'): Promise<readonly string[]> {
  await waitIdle(app);
  const { violations } = await new AxeBuilder({ page: app }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary?.slice(0, 300)}`)
          .join(' | ')}`,
    );
}
