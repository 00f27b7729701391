// Drops real files and folders on the page, as the system does: with entries that can be walked, unlike a made-up event.
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';

/** @param paths of files or folders @param at where on the page; the middle when left out */
export async function drop(page: Page, paths: readonly string[], at?: { readonly x: number; readonly y: number }): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  const { x, y } = at ?? { x: size.width / 2, y: size.height / 2 };
  const data = { items: [], files: paths.map((path) => resolve(path)), dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
