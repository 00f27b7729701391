// Runs logged by MLflow's client to its own servers, old and new: `diptych connect` brings home what MlflowClient reads back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
import { pythonOf } from './environments';
import { mediaOf } from './media';
import { startedMlflow } from './mlflow-started';

const home = mkdtempSync(join(tmpdir(), 'diptych-mlflow-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What the client read back of what it had written. */
function written(python: string, folder: string, url: string, env: Readonly<Record<string, string>> = {}): Answer {
  const ran = spawnSync(python, ['test/live/mlflow/write.py', folder, url], { encoding: 'utf8', env: { ...process.env, HOME: home, ...env } });
  expect(ran.status, ran.stderr).toBe(0);
  return parseJson(readFileSync(join(folder, 'mlflow-server/expected.json'), 'utf8')) as unknown as Answer;
}

async function connected(url: string, folder: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const ran = await cli(['connect', url, '-o', folder, '--json', ...words], { env });
  return { ...ran, document: JSON.parse(ran.out) as { readonly server: string; readonly read: number; readonly known: number; readonly listed: number } };
}

/** Logs images by key and step, one by name, a table, and text; says the SHA-256 of what the server keeps of the images. */
const show = `
import hashlib, json, os, sys, tempfile
import mlflow
import numpy
mlflow.set_tracking_uri(sys.argv[1])
with mlflow.start_run(run_name="looks") as run:
    for step in (0, 5):
        mlflow.log_image(numpy.full((6, 6, 3), 10 * step, dtype=numpy.uint8), key="sample", step=step)
    mlflow.log_image(numpy.zeros((4, 4, 3), dtype=numpy.uint8), "single.png")
    mlflow.log_table({"input": ["a", "b"], "score": [0.5, 0.25]}, "answers.json")
mlflow.flush_async_logging() if hasattr(mlflow, "flush_async_logging") else None
client = mlflow.tracking.MlflowClient()
digests = {}
for info in [*client.list_artifacts(run.info.run_id, "images"), *client.list_artifacts(run.info.run_id)]:
    if not info.path.endswith(".png"):
        continue
    with tempfile.TemporaryDirectory() as folder:
        path = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path=info.path, dst_path=folder)
        name = "single" if info.path == "single.png" else info.path.split("step")[1][1:].split("timestamp")[0][:-1]
        digests[name] = hashlib.sha256(open(path, "rb").read()).hexdigest()
print(json.dumps(digests))
`;

for (const environment of ['mlflow', 'mlflow-2']) {
  const python = pythonOf(environment);
  test.skipIf(python === null)(
    `${environment}: every scalar as its own client reads it; a second time nothing is read, and after one more point one run`,
    async () => {
      if (python === null) return;
      const server = await startedMlflow({ python, cwd: join(home, environment) });
      const answer = written(python, join(home, `${environment}-answer`), server.url);
      const folder = join(home, `${environment}-runs`);
      const first = await connected(server.url, folder);
      expect(first.code, first.err).toBe(0);
      const { runs } = await readSource(pathSource(folder), { keepContents: true });
      const fields = [...compared(answer, runs)];
      expect(fields.filter((line) => line !== null)).toEqual([]);
      const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
      console.log(`${first.document.server}: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal`);
      expect(runs.flatMap(({ contents }) => contents).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toContainEqual([
        'notes/kept.txt',
        'kept for later',
      ]);

      expect((await connected(server.url, folder)).document).toMatchObject({ read: 0, known: answer.runs.length });
      const [one] = answer.runs;
      const more = `import mlflow; mlflow.set_tracking_uri("${server.url}"); mlflow.tracking.MlflowClient().log_metric("${one?.id}", "late", 7.5, step=9)`;
      expect(spawnSync(python, ['-c', more], { env: { ...process.env, HOME: home } }).status).toBe(0);
      expect((await connected(server.url, folder)).document).toMatchObject({ read: 1, known: answer.runs.length - 1 });
      const looks = spawnSync(python, ['-c', show, server.url], { encoding: 'utf8', env: { ...process.env, HOME: home } });
      expect(looks.status, looks.stderr).toBe(0);
      await connected(server.url, folder);
      const media = mediaOf((await readSource(pathSource(folder), { keepContents: true })).runs, 'looks');
      console.log(`${first.document.server}: ${media.map(({ name, kind, items }) => `${name} (${kind}) ${items.length}`).join(', ')}`);
      // MLflow's client says on the same output where the run can be seen.
      const digests = JSON.parse(
        looks.stdout
          .trim()
          .split('\n')
          .findLast((line) => line.startsWith('{')) ?? '',
      ) as Readonly<Record<string, string>>;
      expect(media.filter(({ kind }) => kind === 'image').flatMap(({ items }) => items.map(({ step, sha256 }) => [String(step), sha256]))).toEqual([
        ['0', digests['0']],
        ['5', digests['5']],
        ['null', digests.single],
      ]);
      const table = media.find(({ kind }) => kind === 'table');
      expect(table?.items.map(({ form, sha256 }) => [form, typeof sha256])).toEqual([['table', 'string']]);
      await server.stop();
      const offline = (await readSource(pathSource(folder))).runs.find(({ run }) => run.nativeId === one?.id);
      expect(offline?.run.series.find(({ name }) => name === 'late')).toMatchObject({ count: 1, last: 7.5 });
    },
    240_000,
  );
}

const python = pythonOf('mlflow-2');
test.skipIf(python === null)(
  'a server with users: a wrong password is told, the right one reads',
  async () => {
    if (python === null) return;
    const config = join(home, 'basic_auth.ini');
    const cwd = join(home, 'auth');
    writeFileSync(
      config,
      `[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///${cwd}/auth.db\nadmin_username = admin\nadmin_password = password1234\nauthorization_function = mlflow.server.auth:authenticate_request_basic_auth\n`,
    );
    const env = { MLFLOW_AUTH_CONFIG_PATH: config, MLFLOW_FLASK_SERVER_SECRET_KEY: 'for-the-test' };
    const server = await startedMlflow({ python, cwd, words: ['--app-name', 'basic-auth'], env });
    const right = { MLFLOW_TRACKING_USERNAME: 'admin', MLFLOW_TRACKING_PASSWORD: 'password1234' };
    // Every request is checked by a slow hash: two runs, in few requests.
    const write = [
      'import sys, mlflow',
      'from mlflow.entities import Metric',
      'client = mlflow.tracking.MlflowClient(sys.argv[1])',
      'for name in ("one", "two"):',
      '    run = client.create_run("0", run_name=name)',
      '    client.log_batch(run.info.run_id, [Metric("loss", 0.5, 1000, 1)])',
    ];
    const written = spawnSync(python, ['-c', write.join('\n'), server.url], { encoding: 'utf8', env: { ...process.env, HOME: home, ...right } });
    expect(written.status, written.stderr).toBe(0);
    const wrong = await connected(server.url, join(home, 'auth-wrong'), [], {
      MLFLOW_TRACKING_URI: server.url,
      MLFLOW_TRACKING_USERNAME: 'admin',
      MLFLOW_TRACKING_PASSWORD: 'wrong-password',
    });
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain('401');
    expect(wrong.err + wrong.out).not.toContain('wrong-password');
    const tokens = join(home, 'password.txt');
    writeFileSync(tokens, 'password1234\n');
    const { document } = await connected(server.url, join(home, 'auth-runs'), ['--user', 'admin', '--token-file', tokens]);
    expect(document.read).toBe(2);
  },
  240_000,
);
