// A SwanLab server cannot be installed: a stand-in that SwanLab's own client reads, and then `diptych connect` reads the same from it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import type { Answer } from '../support/answer';
import { bring, equalRuns, expectFound, expectNowhere } from './brought';
import { pythonOf } from './environments';
import { ran } from './ran';
import { swanlabDouble } from './swanlab-server/double';
import { drawnRuns } from './swanlab-server/runs';

const home = mkdtempSync(join(tmpdir(), 'diptych-swanlab-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const filters = [
  '[{"type": "STABLE", "key": "state", "op": "EQ", "value": ["FINISHED"]}]',
  '[{"type": "CONFIG", "key": "lr", "op": "EQ", "value": ["0.1"]}, {"type": "SCALAR", "key": "loss", "op": "LTE", "value": ["0.5"]}]',
  '[{"type": "SCALAR", "key": "never logged", "op": "LTE", "value": ["1"]}]',
];

const python = pythonOf('swanlab');
test.skipIf(python === null)(
  'the official client reads the stand-in, and Diptych reads the same',
  async () => {
    if (python === null) return;
    const double = await swanlabDouble(drawnRuns());
    onTestFinished(() => double.close());
    const env = { HOME: home, SWANLAB_API_HOST: double.url, SWANLAB_API_KEY: double.key };
    const client = await ran(python, ['test/live/swanlab-server/read.py', home, JSON.stringify(filters)], env);
    expect(client.status, client.err).toBe(0);
    const answer = parseJson(readFileSync(join(home, 'swanlab-server/expected.json'), 'utf8')) as unknown as Answer;
    expect(answer.runs.length).toBe(drawnRuns().length);
    const byClient = double.asked.length;

    const folder = join(home, 'runs');
    await bring(double.url, folder, env);
    const byUs = double.asked.length - byClient;
    const runs = await equalRuns('SwanLab', folder, answer, `${byClient} questions by its client, ${byUs} by Diptych`);
    expect(double.asked.filter((call) => /given away|refused/.test(call))).toEqual([]);
    expectNowhere(folder, /session-\d|kkkkkkkkkk/);

    const found = JSON.parse(readFileSync(join(home, 'found.json'), 'utf8')) as Readonly<Record<string, readonly string[]>>;
    expect(Object.values(found).map(({ length }) => length)).toEqual([2, 1, 0]);
    await expectFound(double.url, home, env, found);
    console.log(`SwanLab: ${filters.length} filters find what its client finds`);

    expect(await bring(double.url, folder, env)).toMatchObject({ read: 0, known: runs.length });
  },
  240_000,
);
