// Fresh runs by the trackers themselves, in their newest versions: what `diptych inspect` says is what their own software reads back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
import { pythonOf } from './environments';

const trackers = ['aim', 'clearml', 'mlflow', 'neptune', 'optuna', 'tensorboard', 'trackio', 'wandb'];
const home = mkdtempSync(join(tmpdir(), 'diptych-trackers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Inspected {
  readonly runs: readonly { readonly native_id: string | null; readonly series: readonly { readonly count: number }[] }[];
}

for (const tracker of trackers) {
  const python = pythonOf(tracker);
  test.skipIf(python === null)(
    tracker,
    async () => {
      if (python === null) return;
      const folder = join(home, tracker);
      const written = spawnSync(python, [`test/live/${tracker}/write.py`, folder], { encoding: 'utf8', env: { ...process.env, HOME: home } });
      expect(written.status, written.stderr).toBe(0);
      for (const name of readdirSync(folder)) {
        const answer = parseJson(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as unknown as Answer;
        const input = join(folder, name, 'input');
        const fields = [...compared(answer, (await readSource(pathSource(input))).runs)];
        expect(fields.filter((line) => line !== null)).toEqual([]);
        const { runs } = JSON.parse((await cli(['inspect', input, '--json'])).out) as Inspected;
        const points = runs.flatMap(({ series }) => series).reduce((sum, { count }) => sum + count, 0);
        expect(runs.length).toBe(answer.runs.length);
        console.log(`${tracker}/${name}: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal`);
      }
    },
    240_000,
  );
}
