// Event files served by TensorBoard itself: `diptych connect` brings home what its EventAccumulator reads of the files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPairs } from '../../src/core/compare/pairs';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import type { Answer } from '../support/answer';
import { readSource } from '../support/read';
import { bring, equalRuns } from './brought';
import { pythonOf } from './environments';
import { mediaOf } from './media';
import { serve } from './server';

const home = mkdtempSync(join(tmpdir(), 'diptych-tensorboard-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const python = pythonOf('tensorboard');

function ran(...words: readonly string[]): void {
  const { status, stderr } = spawnSync(python as string, [...words], { encoding: 'utf8', cwd: process.cwd() });
  expect(status, stderr).toBe(0);
}

/** A TensorBoard answers before it has read its files. */
async function loaded(url: string, run: string, tag: string, points: number): Promise<void> {
  const asked = `${url}/data/plugin/scalars/scalars?${new URLSearchParams({ run, tag })}`;
  const count = async (): Promise<number> => {
    const answer = await fetch(asked);
    return answer.ok ? ((await answer.json()) as unknown[]).length : 0;
  };
  await expect.poll(count, { timeout: 120_000, interval: 500 }).toBe(points);
}

test.skipIf(python === null)(
  'every scalar as EventAccumulator reads it; what did not change is not read again; long curves are told to be samples',
  async () => {
    if (python === null) return;
    ran('test/live/tensorboard/write.py', home);
    const answer = parseJson(readFileSync(join(home, 'sweep/expected.json'), 'utf8')) as unknown as Answer;
    const logs = join(home, 'sweep/input');
    const server = await serve({
      command: join(dirname(python), 'tensorboard'),
      args: (port) => ['--logdir', logs, '--host', '127.0.0.1', '--port', String(port), '--reload_interval', '1'],
      cwd: home,
      readyPath: '/data/environment',
    });
    for (const { path, series } of answer.runs) for (const { name, count } of series ?? []) await loaded(server.url, path ?? '', name, count);

    const folder = join(home, 'runs');
    const first = await bring(server.url, folder);
    expect(first.tracker).toBe('tensorboard');
    const runs = await equalRuns(first.server, folder, answer);
    expect(runs.flatMap(({ run }) => run.issues)).toEqual([]);
    expect(await bring(server.url, folder)).toMatchObject({ read: 0, known: answer.runs.length });

    ran('test/live/tensorboard/write_more.py', join(logs, 'runs'));
    await loaded(server.url, 'runs/long', 'loss', 1000);
    await loaded(server.url, 'runs/edge', 'late', 1);
    expect(await bring(server.url, folder)).toMatchObject({ read: 2, known: answer.runs.length - 1 });
    // Images, sounds, texts and histograms are those of the folder, byte for byte.
    ran('test/live/tensorboard/write_media.py', join(logs, 'runs'));
    await loaded(server.url, 'runs/looks', 'loss', 1);
    await bring(server.url, folder);
    const looks = async (source: string) => mediaOf((await readSource(pathSource(source), { keepContents: true })).runs, 'looks');
    const media = await looks(folder);
    expect(media).toEqual(await looks(logs));
    expect(media.map(({ name, items }) => `${name} ${items.length}`)).toEqual(['image 4', 'sound 4', 'weights 4', 'words/text_summary 4']);
    console.log(`${first.server}: ${media.flatMap(({ items }) => items).length} items of media, all equal to the folder's`);

    // Read both ways it is two runs, which are told to be one training.
    const served = (await readSource(pathSource(folder))).runs.map(({ run }) => run);
    const own = (await readSource(pathSource(logs))).runs.map(({ run }) => run);
    const edge = served.find(({ name }) => name === 'runs/edge');
    const twin = findPairs([...served, ...own]).find(({ runs: ids }) => edge && ids.includes(edge.id));
    expect(
      own
        .find(({ id }) => twin?.runs.includes(id))
        ?.name?.split('/')
        .at(-1),
    ).toBe('edge');
    await server.stop();
    const offline = (await readSource(pathSource(folder))).runs.map(({ run }) => run);
    expect(offline.find(({ name }) => name === 'runs/edge')?.series.find(({ name }) => name === 'late')).toMatchObject({ count: 1, last: 7.5 });
    const long = offline.find(({ name }) => name === 'runs/long');
    expect(long).toMatchObject({ status: 'finished', params: { lr: 0.1, opt: 'adam', n: 64, flag: true } });
    expect(long?.series.find(({ name }) => name === 'loss')).toMatchObject({ count: 1000, last: 1499 });
    expect(long?.series.find(({ name }) => name === 'hp/acc')?.context).toEqual({ subrun: 'trial' });
    expect(long?.issues.map(({ code }) => code)).toEqual(['sampled']);
  },
  300_000,
);
