// Reads the Curves tab: which panels there are, how many points each says it draws, and whether anything is drawn.
import { expect, type Page } from '@playwright/test';
import { scrollThrough } from './scroll';

export interface PanelSeen {
  /** What the badge tells, in full. */
  readonly badge: string;
  /** Pixels that have a colour, not only a grey. */
  readonly coloured: number;
}

/** All panels by name. */
export async function readPanels(page: Page): Promise<ReadonlyMap<string, PanelSeen>> {
  const panels = new Map<string, PanelSeen>();
  const charts = page.getByRole('region', { name: 'Charts', exact: true });
  await scrollThrough(charts, async () => {
    const inSight = charts.getByRole('region');
    // Every panel in sight says at last what it drew.
    await expect(inSight.getByRole('button', { name: /^Points drawn of those logged: (?!An overview)/ })).toHaveCount(await inSight.count());
    const seen = await charts.evaluate((element) => {
      // Reading a chart's own canvas would slow it from then on: its picture is copied to this one.
      const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      return [...element.querySelectorAll('section[aria-label]')].map((panel) => ({
        name: panel.getAttribute('aria-label') ?? '',
        badge: panel.querySelector('[aria-label^="Points drawn"]')?.getAttribute('aria-label') ?? '',
        coloured: [...panel.querySelectorAll('canvas')].reduce((sum, canvas) => {
          if (!copy || canvas.width * canvas.height === 0) return sum;
          copy.canvas.width = canvas.width;
          copy.canvas.height = canvas.height;
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          let coloured = 0;
          for (let at = 0; at < data.length; at += 4) {
            const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
            if (alpha > 100 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) coloured += 1;
          }
          return sum + coloured;
        }, 0),
      }));
    });
    for (const { name, ...rest } of seen) panels.set(name, rest);
  });
  return panels;
}
