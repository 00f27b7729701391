// Runs logged by Aim and served by `aim up`: `diptych connect` brings home what Aim's own Repo and Run read back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import type { Answer } from '../support/answer';
import { readSource } from '../support/read';
import { type Brought, bring, equalRuns } from './brought';
import { pythonOf } from './environments';
import { mediaOf } from './media';
import { serve } from './server';

const home = mkdtempSync(join(tmpdir(), 'diptych-aim-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const python = pythonOf('aim');
const repository = join(home, 'sweep/input');
const env = { AIM__TELEMETRY_DISABLED: '1', PATH: `${python === null ? '' : dirname(python)}${delimiter}${process.env.PATH}` };

function ran(...words: readonly string[]): void {
  const { status, stderr } = spawnSync(python as string, [...words], { encoding: 'utf8', env: { ...process.env, HOME: home, ...env } });
  expect(status, stderr).toBe(0);
}

/** Aim serves what it has indexed, which goes on when it answers already. */
async function indexed(url: string, series: number): Promise<void> {
  const count = async (): Promise<number> => {
    const answer = await fetch(`${url}/api/runs/search/run/?q=&report_progress=false`);
    return (
      Buffer.from(await answer.arrayBuffer())
        .toString('latin1')
        .split('last_step').length - 1
    );
  };
  await expect.poll(count, { timeout: 120_000, interval: 500 }).toBe(series);
}

const more = (id: string) => `
from aim import Run
run = Run("${id}", repo="${repository}", system_tracking_interval=None, capture_terminal_logs=False, log_system_params=False)
for step in range(2000):
    run.track(step * 0.5, name="late", step=step, epoch=step // 100)
run.close()
`;

const looks = `
import io, wave
import numpy
from aim import Audio, Distribution, Image, Run, Text
run = Run(repo="${repository}", system_tracking_interval=None, capture_terminal_logs=False, log_system_params=False)
run.name = "looks"
out = io.BytesIO()
with wave.open(out, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(8000)
    file.writeframes(bytes(1600))
out.seek(0)
for step in range(3):
    picture = numpy.full((6, 6, 3), 40 * step, dtype=numpy.uint8)
    run.track(Image(picture, caption=f"step {step}"), name="image", step=step, context={"subset": "val"})
    run.track([Image(picture), Image(255 - picture)], name="batch", step=step)
    run.track(Text(f"größe {step}"), name="page", step=step)
    run.track(Distribution(numpy.arange(50) * (step + 1)), name="weights", step=step)
run.track(Audio(out, format="wav", rate=8000, caption="a beep"), name="sound", step=2)
run.close()
`;

test.skipIf(python === null)(
  'every scalar as its own client reads it, the same runs as in the repository; a second time only what is new',
  async () => {
    if (python === null) return;
    ran('test/live/aim/write.py', home);
    const answer = parseJson(readFileSync(join(home, 'sweep/expected.json'), 'utf8')) as unknown as Answer;
    const server = await serve({
      command: join(dirname(python), 'aim'),
      args: (port) => ['up', '--repo', repository, '--host', '127.0.0.1', '--port', String(port), '--workers', '1', '--yes'],
      cwd: home,
      env,
      readyPath: '/api/projects/',
    });

    await indexed(server.url, answer.runs.flatMap(({ series }) => series ?? []).length);
    const folder = join(home, 'runs');
    const first = await bring(server.url, folder);
    expect(first.tracker).toBe('aim');
    const runs = await equalRuns(first.server, folder, answer);
    expect(runs.flatMap(({ run }) => run.issues)).toEqual([]);
    const ids = ({ runs: all }: Awaited<ReturnType<typeof readSource>>) => all.map(({ run }) => run.id).sort();
    expect(ids(await readSource(pathSource(folder)))).toEqual(ids(await readSource(pathSource(repository))));
    expect(await bring(server.url, folder)).toMatchObject({ read: 0, known: answer.runs.length });

    const one = answer.runs[0]?.id as string;
    ran('-c', more(one));
    const again: Brought[] = [];
    const late = async (): Promise<number> => {
      again.push(await bring(server.url, folder));
      const { runs: now } = await readSource(pathSource(folder));
      return now.find(({ run }) => run.nativeId === one)?.run.series.find(({ name }) => name === 'late')?.count ?? 0;
    };
    await expect.poll(late, { timeout: 120_000, interval: 1000 }).toBe(2000);
    expect(again.filter(({ read }) => read > 0).every(({ read, known }) => read === 1 && known === answer.runs.length - 1)).toBe(true);
    expect(await bring(server.url, join(home, 'one'), {}, ['--filter', 'run.hparams.lr == 0.5'])).toMatchObject({ listed: 1, read: 1 });
    expect(await bring(server.url, join(home, 'named'), {}, ['--run', one, '--project', 'live'])).toMatchObject({ listed: 1, read: 1 });
    // Media are those of the repository, byte for byte.
    ran('-c', looks);
    const shown = async (source: string) => {
      const { runs: all } = await readSource(pathSource(source), { keepContents: true });
      return all.some(({ run }) => run.name === 'looks') ? mediaOf(all, 'looks') : [];
    };
    const kinds = async (): Promise<readonly string[]> => {
      await bring(server.url, folder);
      return (await shown(folder)).map(({ name, items }) => `${name} ${items.length}`);
    };
    await expect.poll(kinds, { timeout: 120_000, interval: 2000 }).toEqual(['batch 6', 'image 3', 'page 3', 'sound 1', 'weights 3']);
    expect(await shown(folder)).toEqual(await shown(repository));
    console.log(`${first.server}: ${(await kinds()).join(', ')}, all equal to the repository's`);

    await server.stop();
    const offline = (await readSource(pathSource(folder))).runs.find(({ run }) => run.nativeId === one);
    expect(offline?.run.series.find(({ name }) => name === 'late')).toMatchObject({ count: 2000, first: 0, last: 999.5, lastStep: 1999 });
    expect(offline?.run.series.find(({ name }) => name === 'epoch')).toMatchObject({ count: 2000, last: 19 });
  },
  400_000,
);
