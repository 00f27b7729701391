// Pictures of every view for people to look at, light and dark, in two sizes: in test-results, never compared by a machine.
import { checkRuns, importDrop, importPanel, openRun, openTab, tabNames } from './support/frame';
import { waitIdle } from './support/idle';
import { mixedCases, mixedFolder } from './support/mixed';
import { expect, test } from './support/test';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of sizes) {
    test.describe(`${colorScheme} ${viewport.width}`, () => {
      test.use({ colorScheme, viewport });

      test('views', async ({ app }, info) => {
        const shoot = async (name: string): Promise<void> => {
          await waitIdle(app);
          const picture = await app.screenshot({ path: info.outputPath(`${name}.png`) });
          // Nothing of the frame is pushed out of the window.
          expect(await app.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true);
          expect(picture.length, name).toBeGreaterThan(10_000);
        };
        await shoot('start');
        await importDrop(app, [mixedFolder(info, [...mixedCases, 'tensorboard/truncated'])]);
        await importPanel(app)
          .getByRole('button', { name: /on what was read/ })
          .click();
        await shoot('import');
        await importPanel(app).getByRole('button', { name: 'Close' }).click();
        for (const tab of tabNames) {
          if (tab === 'Differences') await checkRuns(app, ['lr=0.1', 'lr=0.5', 'lr-0.1']);
          await openTab(app, tab);
          await shoot(tab.toLowerCase());
        }
        await openRun(app, 'lr=0.1');
        await shoot('run');
        await app.keyboard.press('Control+k');
        await shoot('palette');
      });
    });
  }
}
