// A ClearML server needs three databases: a stand-in that ClearML's own client reads, and then `diptych connect` reads the same from it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { cli } from '../cli/context';
import type { Answer } from '../support/answer';
import { bring, equalRuns } from './brought';
import { clearmlDouble } from './clearml-server/double';
import { drawnServer, drawnTasks } from './clearml-server/runs';
import { sessionTask } from './clearml-server/session';
import { pythonOf } from './environments';
import { ran } from './ran';

const home = mkdtempSync(join(tmpdir(), 'diptych-clearml-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

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
    const own = { HOME: home };
    expect(await bring(double.url, folder, own)).toMatchObject({
      tracker: 'clearml',
      server: 'ClearML 2.0.1',
      user: 'A. Researcher',
      listed: answer.runs.length,
    });
    const byUs = double.asked.length - byClient;
    const runs = await equalRuns('ClearML', folder, answer, `${byClient} questions by its client, ${byUs} by Diptych`);

    expect(await bring(double.url, folder, own)).toMatchObject({ read: 0, known: runs.length });
    const strangers = join(home, 'strangers');
    mkdirSync(strangers);
    const env = { HOME: strangers, CLEARML_API_HOST: double.url, CLEARML_API_ACCESS_KEY: access, CLEARML_API_SECRET_KEY: 'wrong' };
    const stranger = await cli(['connect', double.url, '-o', join(home, 'no'), '--json'], { env });
    expect(stranger.code).toBe(3);
    expect(stranger.err).toContain('does not know this access key');
  },
  240_000,
);
