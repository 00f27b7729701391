// Runs logged by Trackio and served by its dashboard: `diptych connect` brings home what Trackio's own storage reads back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { ClaimMemory } from '../../src/core/ingest/memory';
import { tracker } from '../../src/core/readers/trackio/tracker';
import { pathSource } from '../../src/host/sources/folder';
import type { Answer } from '../support/answer';
import { readSource } from '../support/read';
import { bring, equalRuns } from './brought';
import { pythonOf } from './environments';
import { lookAt, told } from './look';
import { mediaOf } from './media';
import { serve } from './server';

const home = mkdtempSync(join(tmpdir(), 'diptych-trackio-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const python = pythonOf('trackio');
const env = { TRACKIO_DIR: join(home, 'sweep/input'), HF_HUB_OFFLINE: '1', HF_HUB_DISABLE_TELEMETRY: '1', GRADIO_ANALYTICS_ENABLED: 'False' };

function ran(...words: readonly string[]): void {
  const { status, stderr } = spawnSync(python as string, [...words], { encoding: 'utf8', env: { ...process.env, ...env } });
  expect(status, stderr).toBe(0);
}

const more = (name: string, rows: number) => `
import trackio
trackio.init(project="live sweep", name="${name}", resume="allow", embed=False)
for step in range(${rows}):
    trackio.log({"late": step * 0.5}, step=100 + step)
trackio.finish()
`;

const looks = `
import numpy, trackio
trackio.init(project="live sweep", name="100% looks", embed=False)
for step in range(3):
    image = trackio.Image(numpy.full((6, 6, 3), 40 * step, dtype=numpy.uint8), caption=f"step {step}")
    trackio.log({"image": image, "weights": trackio.Histogram(numpy.arange(20) * step), "page": trackio.Html(f"<p>{step}</p>")}, step=step)
trackio.finish()
`;

test.skipIf(python === null)(
  'every scalar as its own storage reads it, the same runs as in the folder; a second time only what is new',
  async () => {
    if (python === null) return;
    ran('test/live/trackio/write.py', home);
    const answer = parseJson(readFileSync(join(home, 'sweep/expected.json'), 'utf8')) as unknown as Answer;
    const show = 'import sys, trackio; trackio.show(open_browser=False, block_thread=True, host="127.0.0.1", server_port=int(sys.argv[1]))';
    const server = await serve({ command: python, args: (port) => ['-c', show, String(port)], cwd: home, env, readyPath: '/version' });

    const folder = join(home, 'runs');
    const first = await bring(server.url, folder);
    expect(first.tracker).toBe('trackio');
    await equalRuns(first.server, folder, answer);
    const ids = ({ runs: all }: Awaited<ReturnType<typeof readSource>>) => all.map(({ run }) => run.id).sort();
    expect(ids(await readSource(pathSource(folder)))).toEqual(ids(await readSource(pathSource(env.TRACKIO_DIR))));
    expect(await bring(server.url, folder)).toMatchObject({ read: 0, known: answer.runs.length });

    const memory = new ClaimMemory(new AbortController().signal, () => '');
    const look = (followed: boolean) => lookAt(tracker, { address: server.url }, ['live sweep'], followed ? memory : undefined);
    await look(true);

    // More rows than one answer holds.
    ran('-c', more('edge', 9001));
    const grown = await look(true);
    expect(grown.runs).toEqual((await look(false)).runs);
    const quiet = await look(true);
    expect(quiet.runs).toEqual(grown.runs);
    console.log(`${first.server}: the look that finds 9001 rows ${told(grown)}; the one behind it ${told(quiet)}`);
    expect(quiet.bytes).toBeLessThan(0.05 * grown.bytes);
    expect(await bring(server.url, folder)).toMatchObject({ read: 1, known: answer.runs.length - 1 });
    expect(await bring(server.url, join(home, 'one'), {}, ['--filter', '^EDGE$'])).toMatchObject({ listed: 1, read: 1 });
    // Media are those of the folder, byte for byte.
    ran('-c', looks);
    await bring(server.url, folder);
    const shown = async (source: string) => mediaOf((await readSource(pathSource(source), { keepContents: true })).runs, 'looks');
    const media = await shown(folder);
    expect(media).toEqual(await shown(env.TRACKIO_DIR));
    expect(media.flatMap(({ items }) => items).every(({ sha256 }) => typeof sha256 === 'string')).toBe(true);
    console.log(`${first.server}: ${media.map(({ name, items }) => `${name} ${items.length}`).join(', ')}, all equal to the folder's`);
    expect(media.length).toBe(3);

    // Steps begin again: rows that do not come behind.
    ran('-c', more('edge', 10));
    expect((await look(true)).runs).toEqual((await look(false)).runs);
    await server.stop();
    const offline = (await readSource(pathSource(folder))).runs.find(({ run }) => run.name === 'edge');
    expect(offline?.run.series.find(({ name }) => name === 'late')).toMatchObject({ count: 9001, firstStep: 100, lastStep: 9100, last: 4500 });
  },
  300_000,
);
