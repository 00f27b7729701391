// Waiting for the app's own word that nothing is in flight: never for time.
import type { Page } from '@playwright/test';

/** Waits until the app says it is idle and still says so two frames later, when what was just asked for has begun. */
export async function waitIdle(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const idle = (): boolean => document.documentElement.dataset.idle === 'true';
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    await frame();
    if (!idle()) return false;
    await frame();
    return idle();
  });
}
