// A ClearML server needs three databases: a stand-in that ClearML's own client reads, and then `diptych connect` reads the same from it.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
import { clearmlDouble } from './clearml-server/double';
import { drawnServer, drawnTasks } from './clearml-server/runs';
import { sessionTask } from './clearml-server/session';
import { pythonOf } from './environments';

const home = mkdtempSync(join(tmpdir(), 'diptych-clearml-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Of one program: none outlives the test. */
const mostMs = 110_000;

const python = pythonOf('clearml');
test.skipIf(python === null)(
  'the official client reads the stand-in, and Diptych reads the same',
  async () => {
    if (python === null) return;
    // One of the tasks was written by ClearML's own client.
    const written = await ran(python, ['test/live/clearml/write.py', join(home, 'written')], { HOME: home });
    expect(written.status, written.err).toBe(0);
    const sessions = join(home, 'written/offline/input/offline');
    const [session] = readdirSync(sessions).filter((name) => !name.endsWith('.zip'));
    const tasks = [...drawnTasks(), sessionTask(join(sessions, session as string))];
    const double = await clearmlDouble(drawnServer(tasks));
    afterAll(() => double.close());
    const { access, secret } = double.keys;
    // As `clearml-init` writes it: both find the server and the keys there.
    writeFileSync(
      join(home, 'clearml.conf'),
      `api {\n  api_server: ${double.url}\n  web_server: ${double.url}\n  files_server: ${double.url}\n  credentials {"access_key" = "${access}", "secret_key" = "${secret}"}\n}\n`,
    );
    const client = await ran(python, ['test/live/clearml-server/read.py', home], { HOME: home });
    expect(client.status, client.err).toBe(0);
    const answer = parseJson(readFileSync(join(home, 'clearml-server/expected.json'), 'utf8')) as unknown as Answer;
    expect(answer.runs.length).toBe(tasks.length - 1);
    const byClient = double.asked.length;

    const folder = join(home, 'runs');
    const first = await cli(['connect', double.url, '-o', folder, '--json'], { env: { HOME: home } });
    expect(first.code, first.err).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ tracker: 'clearml', server: 'ClearML 2.0.1', user: 'A. Researcher', listed: answer.runs.length });
    const byUs = double.asked.length - byClient;
    const { runs } = await readSource(pathSource(folder), { keepContents: true });
    const fields = [...compared(answer, runs)];
    expect(fields.filter((line) => line !== null)).toEqual([]);
    const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
    console.log(`ClearML: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal; ${byClient} questions by its client, ${byUs} by Diptych`);

    const again = await cli(['connect', double.url, '-o', folder, '--json'], { env: { HOME: home } });
    expect(JSON.parse(again.out)).toMatchObject({ read: 0, known: runs.length });
    const strangers = join(home, 'strangers');
    mkdirSync(strangers);
    const env = { HOME: strangers, CLEARML_API_HOST: double.url, CLEARML_API_ACCESS_KEY: access, CLEARML_API_SECRET_KEY: 'wrong' };
    const stranger = await cli(['connect', double.url, '-o', join(home, 'no'), '--json'], { env });
    expect(stranger.code).toBe(3);
    expect(stranger.err).toContain('does not know this access key');
  },
  240_000,
);

/** Run beside this process: the stand-in answers in it. */
function ran(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], timeout: mostMs });
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.once('exit', (status) => resolve({ status, err }));
  });
}
