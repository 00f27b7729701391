// A bucket of moto's server, which checks signatures, filled by boto3: `diptych inspect s3://…` says what `diptych inspect` says of the folder.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli } from '../cli/context';
import { pythonOf } from './environments';
import { serve } from './server';

const home = mkdtempSync(join(tmpdir(), 'diptych-s3-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const python = pythonOf('s3');
const names = ['mlflow-file', 'tensorboard', 'wandb', 'lightning', 'optuna', 'sacred', 'csv', 'neptune-export', 'dvclive', 'aim'];

test.skipIf(python === null)(
  'every format in a bucket is read as in its folder; wrong keys and names are told; nothing but GET is sent',
  async () => {
    if (python === null) return;
    // Outside of any repository, as a bucket is.
    const folder = join(home, 'runs');
    for (const name of names) cpSync(join('test/fixtures', name), join(folder, name), { recursive: true });
    const server = await serve({
      command: join(dirname(python), 'moto_server'),
      args: (port) => ['-H', '127.0.0.1', '-p', String(port)],
      cwd: home,
      env: { INITIAL_NO_AUTH_ACTION_COUNT: '3' },
      readyPath: '/moto-api/',
    });
    const { status, stdout, stderr } = spawnSync(python, ['test/live/s3/fill.py', server.url, folder, ...names], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const { id, secret, objects } = JSON.parse(stdout) as { readonly id: string; readonly secret: string; readonly objects: number };
    const env = { AWS_ENDPOINT_URL_S3: server.url, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, HOME: home };
    const log = () => readdirSync(home).flatMap((name) => (/^server-.*\.log$/.test(name) ? readFileSync(join(home, name), 'utf8').split('\n') : []));
    const sent = () => log().filter((line) => /(?:PUT|POST|DELETE|PATCH|HEAD) \/.* HTTP\/1/.test(line)).length;
    const before = sent();

    for (const name of names) {
      const far = await cli(['inspect', `s3://live/${name}`, '--json'], { env });
      const near = await cli(['inspect', join(folder, name), '--json'], { env });
      expect(far.code, `${name}: ${far.err}`).toBe(near.code);
      expect(far.out).toBe(near.out);
      const { runs } = JSON.parse(near.out) as { readonly runs: readonly unknown[] };
      console.log(`s3://live/${name}: ${runs.length} runs, ${near.out.length} characters, equal`);
    }
    const all = await cli(['list', 's3://live', '--json'], { env });
    expect(all.out).toBe((await cli(['list', folder, '--json'], { env })).out);
    console.log(`${objects} objects, ${log().filter((line) => line.includes('GET /live')).length} questions`);

    const many = JSON.parse((await cli(['inspect', 's3://many', '--json'], { env })).out) as {
      readonly runs: readonly { readonly path: string; readonly series: readonly { readonly last: number }[] }[];
    };
    const odd = Object.fromEntries(many.runs.map(({ path, series }) => [path, series[0]?.last]));
    expect(odd).toEqual({ 'runs/a b+c&d=e': 0.1, 'runs/ünï ✓': 0.2, 'runs/per%2Fcent': 0.3, "runs/tilde~(1)!*'": 0.4, 'runs/control\u0001': 0.5 });
    expect(sent()).toBe(before);

    const told = async (place: string, more: Record<string, string>) => {
      const { code, out } = await cli(['inspect', place, '--json'], { env: { ...env, ...more } });
      expect(out).not.toContain(secret);
      return [code, ...(JSON.parse(out) as { issues: { code: string }[] }).issues.map((issue) => issue.code)];
    };
    expect(await told('s3://live', { AWS_SECRET_ACCESS_KEY: 'not-the-secret' })).toEqual([3, 'unauthorised']);
    expect(await told('s3://live', { AWS_ACCESS_KEY_ID: 'AKIANOBODY' })).toEqual([3, 'unauthorised']);
    expect(await told('s3://absent', {})).toEqual([3, 'not-found']);
    expect(await told('s3://live/absent', {})).toEqual([3, 'missing-file']);
    await server.stop();
    expect(await told('s3://live', {})).toEqual([3, 'unreachable']);
  },
  600_000,
);
