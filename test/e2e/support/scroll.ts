// Reads all of a virtual list: what is out of sight does not exist, so it is scrolled through.
import type { Locator } from '@playwright/test';
import { waitIdle } from './idle';

/**
 * Scrolls an element through and collects at every stop.
 * @param collect reads what is in sight; the same thing may be read at several stops
 */
export async function scrollThrough(scroller: Locator, collect: () => Promise<void>): Promise<void> {
  const { across, down } = await scroller.evaluate((element) => {
    const stops = (whole: number, seen: number): number[] => Array.from({ length: Math.ceil(whole / (seen / 2)) }, (_, at) => (at * seen) / 2);
    return { across: stops(element.scrollWidth, element.clientWidth), down: stops(element.scrollHeight, element.clientHeight) };
  });
  for (const top of down) {
    for (const left of across) {
      await scroller.evaluate((element, [x, y]) => element.scrollTo({ left: x, top: y, behavior: 'instant' }), [left, top] as const);
      await waitIdle(scroller.page());
      await collect();
    }
  }
  await scroller.evaluate((element) => element.scrollTo({ left: 0, top: 0, behavior: 'instant' }));
  await waitIdle(scroller.page());
}
