// No view has a serious fault that axe can find, in light and in dark.
import { faults } from './support/faults';
import { fixture } from './support/fixture';
import { checkRuns, importDrop, importPanel, openRun, openTab, tabNames } from './support/frame';
import { expect, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('start', async ({ app }) => {
      expect(await faults(app)).toEqual([]);
    });

    test('run list, import panel and palette', async ({ app }) => {
      await importDrop(app, [fixture('tensorboard/truncated')]);
      await importPanel(app)
        .getByRole('button', { name: /on what was read/ })
        .click();
      expect.soft(await faults(app), 'import panel').toEqual([]);
      await app.keyboard.press('Control+k');
      expect.soft(await faults(app), 'palette').toEqual([]);
    });

    test('tabs', async ({ app }) => {
      // Eight views in one import, each looked through by axe.
      test.slow();
      await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
      await checkRuns(app, ['lr=0.1', 'lr=0.5']);
      for (const tab of tabNames) {
        await openTab(app, tab);
        expect.soft(await faults(app, 'main'), tab).toEqual([]);
      }
    });

    test('run page', async ({ app }) => {
      await importDrop(app, [fixture('mlflow-file/sweep-2.14')]);
      await openRun(app, 'lr=0.1');
      expect.soft(await faults(app), 'page').toEqual([]);
      for (const section of await app.getByRole('tablist', { name: 'About this run' }).getByRole('tab').all()) {
        await section.click();
        expect.soft(await faults(app, '[role=tabpanel]'), (await section.textContent()) ?? '').toEqual([]);
      }
    });
  });
}
