// A W&B server cannot be installed: a stand-in that W&B's own client reads, and then `diptych connect` reads the same from it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { ClaimMemory } from '../../src/core/ingest/memory';
import { tracker } from '../../src/core/readers/wandb/tracker';
import { cli } from '../cli/context';
import type { Answer } from '../support/answer';
import { bring, equalRuns } from './brought';
import { pythonOf } from './environments';
import { type LookedAt, lookAt, told } from './look';
import { ran } from './ran';
import { wandbDouble } from './wandb-server/double';
import { drawnRuns } from './wandb-server/runs';

const home = mkdtempSync(join(tmpdir(), 'diptych-wandb-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const python = pythonOf('wandb');
test.skipIf(python === null)(
  'the official client reads the stand-in, and Diptych reads the same',
  async () => {
    if (python === null) return;
    const double = await wandbDouble(drawnRuns());
    afterAll(() => double.close());
    const client = await ran(python, ['test/live/wandb-server/read.py', home, 'lab/größe'], {
      HOME: home,
      WANDB_BASE_URL: double.url,
      WANDB_API_KEY: double.key,
      WANDB_DIR: home,
      WANDB_CACHE_DIR: join(home, 'cache'),
      WANDB_CONFIG_DIR: join(home, 'config'),
    });
    expect(client.status, client.err).toBe(0);
    const answer = parseJson(readFileSync(join(home, 'wandb-server/expected.json'), 'utf8')) as unknown as Answer;
    expect(answer.runs.length).toBe(drawnRuns().length);
    const byClient = double.asked.length;

    const folder = join(home, 'runs');
    const env = { WANDB_BASE_URL: double.url, WANDB_API_KEY: double.key };
    await bring(double.url, folder, env);
    const runs = await equalRuns('W&B', folder, answer, `${byClient} questions by its client, ${double.asked.length - byClient} by Diptych`);
    expect(double.asked).not.toContain('key-given-away');

    expect(await bring(double.url, folder, env)).toMatchObject({ read: 0, known: runs.length });
    const stranger = await cli(['connect', double.url, '-o', join(home, 'no'), '--json'], {
      env: { WANDB_BASE_URL: double.url, WANDB_API_KEY: 'x'.repeat(40) },
    });
    expect(stranger.code).toBe(3);
    expect(stranger.err).toContain('401');
  },
  240_000,
);

test('a run that goes on: only rows behind those that are known, and the same as a whole read; rewound, it is read whole', async () => {
  const [usual] = drawnRuns();
  const at = (step: number, loss: number) => ({ step, text: JSON.stringify({ loss, _step: step, _timestamp: 1_800_000_000 + step }) });
  const history = Array.from({ length: 5000 }, (_, step) => at(step, 1 / (1 + step)));
  const double = await wandbDouble([{ ...(usual as NonNullable<typeof usual>), state: 'running', files: {}, events: [], history }]);
  onTestFinished(() => double.close());
  const memory = new ClaimMemory(new AbortController().signal, () => '');
  const look = (followed: boolean) => lookAt(tracker, { address: double.url, key: double.key }, ['lab/größe'], followed ? memory : undefined);
  const both = async (): Promise<LookedAt> => {
    const whole = await look(false);
    const followed = await look(true);
    expect(followed.runs).toEqual(whole.runs);
    return followed;
  };
  const first = await both();
  history.push(...Array.from({ length: 10 }, (_, more) => at(5000 + more, 0.5)));
  const second = await both();
  console.log(`W&B: first look ${told(first)}; second ${told(second)}`);
  expect(second.bytes).toBeLessThan(0.05 * first.bytes);
  // Another row among the known ones, then rewound and trained on.
  history.splice(100, 0, at(100, 7));
  expect((await both()).bytes).toBeGreaterThan(0.5 * first.bytes);
  history.splice(4000, 2000, ...Array.from({ length: 1500 }, (_, more) => at(3999 + more, 0.25)));
  expect((await both()).bytes).toBeGreaterThan(0.5 * first.bytes);
});
