// Reading a tracker beside its own client: all metric histories of 100 runs of one MLflow server, one after the other in one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serve } from '../live/server';
import { measure } from './measure';
import { liveInterpreter } from './python';

/** A Python with MLflow's server: `DIPTYCH_BENCH_MLFLOW`, or the one that the live lane made. */
const python = process.env.DIPTYCH_BENCH_MLFLOW ?? liveInterpreter('mlflow');
const shape = ['100', '10', '200'];
/** At least so many times faster. */
const target = 2;

const home = mkdtempSync(join(tmpdir(), 'diptych-bench-connect-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.skipIf(python === undefined)('connect beside the official client', async () => {
  if (python === undefined) return;
  const store = ['--backend-store-uri', `sqlite:///${home}/mlflow.db`, '--artifacts-destination', `${home}/artifacts`, '--host', '127.0.0.1'];
  const server = await serve({
    command: join(dirname(python), 'mlflow'),
    args: (port) => ['server', ...store, '--port', String(port), '--workers', '1'],
    cwd: home,
    readyPath: '/health',
  });
  const client = (...words: readonly string[]) => {
    const ran = spawnSync(python, ['test/bench/baselines/mlflow_server.py', ...words], { encoding: 'utf8', env: { ...process.env, HOME: home } });
    expect(ran.status, ran.stderr).toBe(0);
    return ran.stdout;
  };
  client('fill', server.url, ...shape);
  const [seconds = 0, points = 0] = client('read', server.url).split(' ').map(Number);
  const ours = await measure(process.execPath, ['out/cli.js', 'connect', server.url, '-o', join(home, 'runs'), '--json']);
  const { read } = JSON.parse(ours.output) as { readonly read: number };
  expect(read).toBe(100);
  const ratio = seconds / ours.wallSeconds;
  console.log(
    `connect: ${points} points of 100 runs; MLflow's client ${seconds.toFixed(1)} s, Diptych ${ours.wallSeconds.toFixed(1)} s with its start: ${ratio.toFixed(1)} × (target ${target})`,
  );
  expect(ratio).toBeGreaterThan(target);
});
