// A run that goes on, on MLflow's own servers: what a second look asks for, and that it tells what a whole read tells.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ClaimMemory } from '../../src/core/ingest/memory';
import { tracker } from '../../src/core/readers/mlflow-server/tracker';
import { pythonOf } from './environments';
import { lookAt, told } from './look';
import { startedMlflow } from './mlflow-started';

const home = mkdtempSync(join(tmpdir(), 'diptych-growth-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Old servers turn no pages of a history: there a look is a whole read, which shows on few points as well. */
const plans = [
  { environment: 'mlflow', metrics: 20, points: 5000 },
  { environment: 'mlflow-2', metrics: 3, points: 1000 },
] as const;

/** Logs steps [from, to) of every metric, in as few requests as the server takes. */
const write = `
import sys
from mlflow.entities import Metric
from mlflow.tracking import MlflowClient
url, run, start, end, metrics, more = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])
client = MlflowClient(url)
if run == "new":
    run = client.create_run("0", run_name="goes on").info.run_id
for at in range(start, end, 1000 // metrics):
    rows = [(step, key) for step in range(at, min(end, at + 1000 // metrics)) for key in range(metrics)]
    client.log_batch(run, [Metric(f"m{key:02}", (1 + key) / (1 + step) + more, 1_700_000_000_000 + step, step) for step, key in rows])
print(run)
`;

for (const { environment, metrics, points } of plans) {
  const python = pythonOf(environment);
  test.skipIf(python === null)(
    `${environment}: ${metrics} metrics of ${points} points that grow by ten`,
    async () => {
      if (python === null) return;
      const server = await startedMlflow({ python, cwd: join(home, environment) });
      const log = (run: string, from: number, to: number, more = 0): string => {
        const ran = spawnSync(python, ['-c', write, server.url, run, String(from), String(to), String(metrics), String(more)], { encoding: 'utf8' });
        expect(ran.status, ran.stderr).toBe(0);
        return ran.stdout.trim();
      };
      const memory = new ClaimMemory(new AbortController().signal, () => '');
      const look = (followed: boolean) => lookAt(tracker, { address: server.url }, ['0'], followed ? memory : undefined);
      const run = log('new', 0, points);
      const first = await look(true);
      expect(first.runs[0]?.run.series.map(({ count }) => count)).toEqual(Array.from({ length: metrics }, () => points));
      log(run, points, points + 10);
      const second = await look(true);
      expect(second.runs).toEqual((await look(false)).runs);
      expect(second.runs[0]?.run.series[0]?.count).toBe(points + 10);
      console.log(`${environment}: first look ${told(first)}; second ${told(second)}`);
      if (environment === 'mlflow') {
        expect(second.bytes).toBeLessThan(0.05 * first.bytes);
        expect(second.requests).toBeLessThanOrEqual(first.requests);
      }
      // Points with earlier times among those that are known.
      log(run, 5, 6, 7);
      const late = await look(true);
      expect(late.runs).toEqual((await look(false)).runs);
      expect(late.runs[0]?.run.series[0]?.count).toBe(points + 11);
    },
    900_000,
  );
}
