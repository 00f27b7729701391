// Waiting for the app's own word that nothing is in flight: never for time.
import type { Page } from '@playwright/test';

/** Waits until the app says it is idle and still says so a frame later, when what was just asked for has begun. */
export async function waitIdle(page: Page): Promise<void> {
  // The loop runs in the page: a predicate that is asked from outside would be asked between two frames, or not awaited.
  await page.evaluate(async () => {
    const idle = (): boolean => document.documentElement.dataset.idle === 'true';
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    for (;;) {
      await frame();
      if (!idle()) continue;
      await frame();
      if (idle()) return;
    }
  });
}
