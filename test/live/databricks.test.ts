// Databricks cannot be installed: a stand-in that lets only a token through to MLflow's own server. MLflow's client takes it for a workspace, and so does Diptych.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { json, serving } from '../host/http/serving';
import { readSource } from '../support/read';
import { pythonOf } from './environments';
import { startedMlflow } from './mlflow-started';
import { ran } from './ran';

const home = mkdtempSync(join(tmpdir(), 'diptych-databricks-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const write = `
from mlflow.tracking import MlflowClient
client = MlflowClient()
run = client.create_run("0", run_name="in a workspace")
client.log_param(run.info.run_id, "lr", 0.1)
for step in range(50):
    client.log_metric(run.info.run_id, "loss", 1 / (1 + step), step=step)
client.set_terminated(run.info.run_id)
assert [m.value for m in client.get_metric_history(run.info.run_id, "loss")] == [1 / (1 + step) for step in range(50)]
`;

const python = pythonOf('mlflow');
test.skipIf(python === null)(
  'the official client logs to databricks://, and Diptych reads it by the same profile',
  async () => {
    if (python === null) return;
    const cwd = join(home, 'server');
    const server = await startedMlflow({ python, cwd });
    let strangers = 0;
    const workspace = await serving((request, response) => {
      if (request.headers.authorization !== 'Bearer dapi-of-the-test') {
        strangers++;
        json(response, { error_code: '401', message: 'Credential was not sent or was of an unsupported type for this API.' }, 401);
        return;
      }
      if (request.url === '/version') {
        json(response, { error_code: 'ENDPOINT_NOT_FOUND', message: 'No API found' }, 404);
        return;
      }
      const { host: _, authorization: __, ...headers } = request.headers;
      const onward = ask(`${server.url}${request.url}`, { method: request.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onward.once('error', () => response.destroy());
      request.pipe(onward);
    });
    writeFileSync(join(home, '.databrickscfg'), `[lab]\nhost = ${workspace.url}\ntoken = dapi-of-the-test\n`);
    const env = { HOME: home, MLFLOW_TRACKING_URI: 'databricks://lab' };
    const client = await ran(python, ['-c', write], { ...env, MLFLOW_ENABLE_DB_SDK: 'false' });
    expect(client.status, client.err).toBe(0);

    const folder = join(home, 'runs');
    const first = await cli(['connect', 'databricks://lab', '-o', folder, '--json'], { env });
    expect(first.code, first.err).toBe(0);
    expect(strangers).toBe(0);
    const { runs } = await readSource(pathSource(folder));
    expect(runs.map(({ run }) => [run.name, run.params])).toEqual([['in a workspace', { lr: '0.1' }]]);
    expect([...(runs[0]?.points[0]?.values ?? [])]).toEqual(Array.from({ length: 50 }, (_, step) => 1 / (1 + step)));
    const told = JSON.parse(first.out) as { readonly server: string };
    console.log(`${told.server} behind a token: ${runs.length} run of the official client, every value equal`);
    expect((await cli(['connect', workspace.url, '-o', join(home, 'no'), '--tracker', 'mlflow-server', '--json'], { env: { HOME: cwd } })).code).toBe(3);
  },
  300_000,
);
