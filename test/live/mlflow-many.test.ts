// Ten thousand runs on a real MLflow server: listed, filtered and chosen in the page, as fast as pages come.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli } from '../cli/context';
import { waitIdle } from '../e2e/support/idle';
import { pythonOf } from './environments';
import { startedMlflow } from './mlflow-started';
import { inPage } from './page';

const home = mkdtempSync(join(tmpdir(), 'diptych-many-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const count = 10_000;

/** One run is logged by MLflow's client; the server's own tables then hold it ten thousand times, under other ids, names and times. */
const fill = `
import sqlite3, sys, mlflow
from mlflow.entities import Metric, Param
client = mlflow.tracking.MlflowClient(sys.argv[1])
experiment = client.create_experiment("many")
run = client.create_run(experiment, run_name="run 0").info.run_id
client.log_batch(run, [Metric("loss", 0.5, 1_700_000_000_000, 1)], [Param("lr", "0.1")])
client.set_terminated(run)
db = sqlite3.connect(sys.argv[2])
def copies(table):
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    rows = db.execute(f"SELECT * FROM {table} WHERE run_uuid = ?", (run,)).fetchall()
    for at in range(1, int(sys.argv[3])):
        for row in rows:
            cells = dict(zip(columns, row))
            cells["run_uuid"] = f"{at:032x}"
            if table == "runs":
                cells.update(name=f"run {at}", start_time=1_700_000_000_000 + at, artifact_uri=cells["artifact_uri"].replace(run, cells["run_uuid"]))
            if table == "tags" and cells["key"] == "mlflow.runName":
                cells["value"] = f"run {at}"
            if "metrics" in table:
                cells["value"] = at / 10_000
            yield [cells[name] for name in columns]
for table in ("runs", "params", "tags", "metrics", "latest_metrics"):
    width = len(db.execute(f"PRAGMA table_info({table})").fetchall())
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", copies(table))
db.commit()
`;

const python = pythonOf('mlflow');
test.skipIf(python === null)(
  'ten thousand runs are listed, filtered by the server, narrowed by name and chosen',
  async () => {
    if (python === null) return;
    const cwd = join(home, 'server');
    const mlflow = await startedMlflow({ python, cwd });
    const filled = spawnSync(python, ['-c', fill, mlflow.url, join(cwd, 'mlflow.db'), String(count)], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    });
    expect(filled.status, filled.stderr).toBe(0);

    const brought = await cli(['connect', mlflow.url, '-o', join(home, 'some'), '--filter', 'metrics.loss < 0.0005', '--json'], { env: {} });
    expect([brought.code, JSON.parse(brought.out)]).toMatchObject([0, { listed: 4, read: 4 }]);

    await inPage(800, async (page) => {
      const dialog = page.getByRole('dialog');
      const button = (name: string | RegExp) => dialog.getByRole('button', { name });
      await page.keyboard.press('Control+Shift+K');
      await dialog.getByRole('textbox', { name: 'Address' }).fill(mlflow.url);
      await button('Connect').click();
      await dialog.getByRole('checkbox', { name: 'many' }).click();
      const began = Date.now();
      const runs = dialog.getByRole('region', { name: 'Runs' });
      await runs.getByText(/^[\d,]+ runs$/).waitFor();
      const firstMs = Date.now() - began;
      // Whoever scrolls on is shown more.
      const all = runs.getByText(`${count.toLocaleString('en')} runs`, { exact: true });
      await expect
        .poll(
          async () => {
            await runs.getByRole('list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
            return await all.count();
          },
          { timeout: 120_000, interval: 50 },
        )
        .toBe(1);
      const listedMs = Date.now() - began;
      await button(`Read all that are found (${count})`).waitFor();

      // Our own words narrow what is listed; the tracker's filter asks it.
      const narrowing = Date.now();
      await dialog.getByRole('textbox', { name: 'Runs whose name has' }).fill('run 99');
      await runs.getByText(`111 of ${count.toLocaleString('en')} runs`).waitFor();
      const narrowedMs = Date.now() - narrowing;
      await dialog.getByRole('checkbox', { name: 'Check all 111 that are shown' }).click();
      await button('Read 111 runs').waitFor();
      const filter = dialog.getByRole('textbox', { name: 'Filter' });
      await filter.fill('metrics.loss >= 0.9995');
      await filter.press('Enter');
      await dialog.getByRole('textbox', { name: 'Runs whose name has' }).fill('');
      await runs.getByText('5 runs', { exact: true }).waitFor();
      await button('Read all that are found (5)').click();
      await waitIdle(page);
      await page.getByRole('region', { name: 'Imports' }).getByText('5 runs added').waitFor();
      console.log(`${count} runs of ${mlflow.url}: the first page after ${firstMs} ms, all after ${listedMs} ms; narrowed by name in ${narrowedMs} ms`);
    });
  },
  600_000,
);
