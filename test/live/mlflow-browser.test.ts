// In a real browser against a real MLflow: connect, read 50 runs, stop the server, reload; start it again, refresh, follow.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listedRuns, openTab, runList } from '../e2e/support/frame';
import { waitIdle } from '../e2e/support/idle';
import { storedRuns } from '../e2e/support/stored-run';
import { pythonOf } from './environments';
import { startedMlflow } from './mlflow-started';
import { inPage } from './page';

const home = mkdtempSync(join(tmpdir(), 'diptych-connected-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Logs `count` runs of 20 steps through the client, or one point of the run named `growing`. */
const logging = `
import sys, mlflow
from mlflow.entities import Metric, Param
mlflow.set_tracking_uri(sys.argv[1])
client = mlflow.tracking.MlflowClient()
found = client.get_experiment_by_name("connected")
experiment = found.experiment_id if found else client.create_experiment("connected")
if sys.argv[2] == "grow":
    run = client.search_runs([experiment], "attributes.run_name = 'growing'")[0]
    client.log_metric(run.info.run_id, "loss", float(sys.argv[3]), step=int(sys.argv[4]))
else:
    for at in range(int(sys.argv[2])):
        run = client.create_run(experiment, run_name=sys.argv[3] + (str(at) if at else ""))
        client.log_batch(run.info.run_id, [Metric("loss", 1 / (step + 1), 1_700_000_000_000 + step, step) for step in range(20)], [Param("lr", str(at))])
        if sys.argv[3] != "growing":
            client.set_terminated(run.info.run_id)
`;

const python = pythonOf('mlflow');
test.skipIf(python === null)(
  'fifty runs are there without their server; a refresh brings the new one, and a run that goes on grows on the screen',
  async () => {
    if (python === null) return;
    const mlflow = await startedMlflow({ python, cwd: join(home, 'server') });
    const log = (...words: readonly string[]): void => {
      const ran = spawnSync(python, ['-c', logging, mlflow.url, ...words], { encoding: 'utf8', env: { ...process.env, HOME: home } });
      expect(ran.status, ran.stderr).toBe(0);
    };
    log('50', 'run');

    await inPage(1600, async (page) => {
      const dialog = page.getByRole('dialog');
      await page.keyboard.press('Control+Shift+K');
      await dialog.getByRole('textbox', { name: 'Address' }).fill(mlflow.url);
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await dialog.getByRole('checkbox', { name: 'connected' }).click();
      await dialog.getByRole('button', { name: 'Read all that are found' }).click();
      await waitIdle(page);
      const imports = page.getByRole('region', { name: 'Imports' });
      await imports.getByText('50 runs added').waitFor();

      await mlflow.stop();
      await page.reload();
      await waitIdle(page);
      expect((await listedRuns(page)).length).toBe(50);
      await runList(page).getByRole('link', { name: 'run', exact: true }).click();
      await page.getByRole('tablist', { name: 'About this run' }).waitFor();
      await waitIdle(page);
      await page.goBack();
      await openTab(page, 'Curves');
      await page.getByRole('region', { name: 'loss', exact: true }).waitFor();

      await mlflow.start();
      log('1', 'growing');
      await page.keyboard.press('Control+Shift+L');
      await waitIdle(page);
      await imports.getByText('1 run added', { exact: false }).waitFor();
      expect((await listedRuns(page)).length).toBe(51);

      await page.keyboard.press('Control+K');
      await page.keyboard.type('Follow the source that was read last');
      await page.keyboard.press('Enter');
      await waitIdle(page);
      const began = Date.now();
      log('grow', '0.125', '20');
      const points = async (): Promise<number> => (await storedRuns(page)).find(({ name }) => name === 'growing')?.series[0]?.count ?? 0;
      await expect.poll(points, { timeout: 60_000 }).toBe(21);
      console.log(
        `connected: 50 runs read, 51 after a refresh; a new point of a followed run was in the page ${Date.now() - began} ms after its client was started`,
      );
    });
  },
  420_000,
);
