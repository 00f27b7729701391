// A Comet server cannot be installed: a stand-in that Comet's own client reads, and then `diptych connect` reads the same from it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import type { Answer } from '../support/answer';
import { bring, equalRuns, expectFound, expectNowhere } from './brought';
import { cometDouble } from './comet-server/double';
import { drawnExperiments } from './comet-server/runs';
import { pythonOf } from './environments';
import { ran } from './ran';

const home = mkdtempSync(join(tmpdir(), 'diptych-comet-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** In the words of Comet's own client: Python evaluates them, Diptych parses them. */
const filters = [
  'Tag("baseline")',
  '~Tag("baseline")',
  '(Metric("train_loss") < 0.01) & (Parameter("lr") == "0.1")',
  '(Metric("long") < 1) | (Other("dataset").contains("digits"))',
  '~((Metric("train_loss") < 0.01) | Tag("nobody"))',
  'Parameter("optimizer|name").startswith("ad") & (Parameter("seed") >= 7) & ~(Parameter("note") == None)',
  'Parameter("lr").between(0.05, 0.5)',
  'Metric("never logged") > 1',
];

const python = pythonOf('comet');
test.skipIf(python === null)(
  'the official client reads the stand-in, and Diptych reads the same',
  async () => {
    if (python === null) return;
    const double = await cometDouble(drawnExperiments());
    onTestFinished(() => double.close());
    const env = { HOME: home, COMET_URL_OVERRIDE: `${double.url}/clientlib/`, COMET_API_KEY: double.key };
    // Columns of numbers are between their bounds only: the client refuses the rest.
    const asked = filters.filter((text) => !text.includes('between'));
    const client = await ran(python, ['test/live/comet-server/read.py', home, JSON.stringify(asked)], { ...env, COMET_LOGGING_CONSOLE: 'ERROR' });
    expect(client.status, client.err).toBe(0);
    const answer = parseJson(readFileSync(join(home, 'comet-server/expected.json'), 'utf8')) as unknown as Answer;
    expect(answer.runs.length).toBe(drawnExperiments().length);
    const byClient = double.asked.length;

    const folder = join(home, 'runs');
    await bring(double.url, folder, env);
    const byUs = double.asked.length - byClient;
    const runs = await equalRuns('Comet', folder, answer, `${byClient} questions by its client, ${byUs} by Diptych`);
    const sampled = runs.flatMap(({ run }) => run.issues.filter(({ code }) => code === 'sampled').map(({ where }) => [run.name, where]));
    expect(sampled).toEqual([['sampled', 'long']]);
    expectNowhere(folder, new RegExp(double.key));

    const found = JSON.parse(readFileSync(join(home, 'found.json'), 'utf8')) as Readonly<Record<string, readonly string[]>>;
    expect(Object.values(found).filter((ids) => ids.length > 0).length).toBeGreaterThan(4);
    await expectFound(double.url, home, env, found, (id) => id !== 'deaddeaddeaddeaddeaddeaddeaddead');
    console.log(`Comet: ${asked.length} filters find what its client finds`);

    expect(await bring(double.url, folder, env)).toMatchObject({ read: 0, known: runs.length });
  },
  240_000,
);
