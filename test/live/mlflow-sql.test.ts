// MLflow's backend store in real databases: `diptych connect` reads it without the server, and says what MLflow's own client says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
import { findDatabases, removeCopies, startDatabase } from './databases';
import { pythonOf } from './environments';

const home = mkdtempSync(join(tmpdir(), 'diptych-mlflow-sql-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  removeCopies();
});

const python = pythonOf('sql');
const { found, missing } = python === null ? { found: [], missing: [] } : findDatabases(python);
for (const why of missing) console.log(`live: mlflow-sql is tested without one kind of database: ${why}`);

const password = 'only/for @tests';
const secret = join(home, 'password.txt');
writeFileSync(secret, password);
const drivers = { postgresql: 'postgresql+psycopg2', mysql: 'mysql+pymysql' } as const;

async function connected(address: string, folder: string, words: readonly string[] = []) {
  const { code, err, out } = await cli(['connect', address, '-o', folder, '--json', '--token-file', secret, ...words], { env: {} });
  expect(code, err).toBe(0);
  expect(out + err).not.toContain(password);
  return JSON.parse(out) as { readonly tracker: string; readonly server: string; readonly read: number; readonly known: number; readonly listed: number };
}

// The lane has said why there is none.
test.skipIf(found.length > 0)('needs a database to start', ({ skip }) => skip());

describe.each(found.map((installed) => [installed.title, installed] as const))('%s', (title, installed) => {
  test('every scalar as MLflow’s client reads it back, known by its tables; a second time only what is new', async () => {
    const { port } = await startDatabase(installed, password, python as string);
    const place = join(home, `case ${title}`);
    const storage = `${drivers[installed.kind]}://diptych:${encodeURIComponent(password)}@127.0.0.1:${port}/other`;
    const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' };
    const { status, stderr } = spawnSync(python as string, ['test/live/mlflow/write.py', place, storage], { encoding: 'utf8', env });
    expect(status, stderr).toBe(0);
    const answer = parseJson(readFileSync(join(place, 'mlflow-server/expected.json'), 'utf8')) as unknown as Answer;

    const folder = join(home, `runs ${title}`);
    const address = `${installed.kind}://diptych@127.0.0.1:${port}/other`;
    const first = await connected(address, folder);
    expect(first).toMatchObject({ tracker: 'mlflow-database', read: answer.runs.length });
    const { runs } = await readSource(pathSource(folder));
    const fields = [...compared({ ...answer, format: 'mlflow-database' }, runs)];
    expect(fields.filter((line) => line !== null)).toEqual([]);
    const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
    console.log(`${first.server}: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal`);

    expect(await connected(address, folder)).toMatchObject({ read: 0, known: answer.runs.length });
    const more = `import mlflow; mlflow.set_tracking_uri(${JSON.stringify(storage)}); mlflow.set_experiment("live / größe")\nwith mlflow.start_run(run_id="${answer.runs[0]?.id}"): mlflow.log_metric("late", 1.0, step=7)`;
    expect(spawnSync(python as string, ['-c', more], { env }).status).toBe(0);
    expect(await connected(address, folder)).toMatchObject({ read: 1, known: answer.runs.length - 1 });
    const filter = (text: string, name: string) => connected(address, join(home, `${name} ${title}`), ['--filter', text]);
    expect(await filter("params.`optimizer.lr` = '0.5' and tags.kind = 'live' and metrics.`val/loss` < 1000 and status = 'FINISHED'", 'some')).toMatchObject({
      read: 1,
    });
    const injected = [
      'connect',
      address,
      '-o',
      join(home, `none ${title}`),
      '--json',
      '--token-file',
      secret,
      '--filter',
      "params.`optimizer.lr` = '0.5'' OR 1=1 --'",
    ];
    expect((await cli(injected, { env: {} })).code).toBe(3);
  }, 600_000);
});
