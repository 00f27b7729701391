// A Comet server cannot be installed: a stand-in that Comet's own client reads, and then `diptych connect` reads the same from it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseJson } from '../../src/core/formats/json';
import { pathSource } from '../../src/host/sources/folder';
import { cli } from '../cli/context';
import { type Answer, compared } from '../support/answer';
import { readSource } from '../support/read';
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
    const first = await cli(['connect', double.url, '-o', folder, '--json'], { env });
    expect(first.code, first.err).toBe(0);
    const { runs } = await readSource(pathSource(folder), { keepContents: true });
    const fields = [...compared(answer, runs)];
    expect(fields.filter((line) => line !== null)).toEqual([]);
    const points = runs.reduce((sum, { run }) => sum + run.series.reduce((count, series) => count + series.count, 0), 0);
    const byUs = double.asked.length - byClient;
    console.log(`Comet: ${runs.length} runs, ${points} points, ${fields.length} fields, all equal; ${byClient} questions by its client, ${byUs} by Diptych`);
    const sampled = runs.flatMap(({ run }) => run.issues.filter(({ code }) => code === 'sampled').map(({ where }) => [run.name, where]));
    expect(sampled).toEqual([['sampled', 'long']]);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (statSync(join(folder, name)).isFile()) expect([name, readFileSync(join(folder, name)).includes(double.key)]).toEqual([name, false]);

    const found = JSON.parse(readFileSync(join(home, 'found.json'), 'utf8')) as Readonly<Record<string, readonly string[]>>;
    expect(Object.values(found).filter((ids) => ids.length > 0).length).toBeGreaterThan(4);
    for (const [number, filter] of asked.entries()) {
      const out = join(home, `found-${number}`);
      await cli(['connect', double.url, '-o', out, '--filter', filter, '--json'], { env });
      const archived = new Set(['deaddeaddeaddeaddeaddeaddeaddead']);
      const ids = (await readSource(pathSource(out))).runs.map(({ run }) => run.nativeId ?? '').filter((id) => !archived.has(id));
      expect([filter, ids.sort()]).toEqual([filter, found[filter]]);
    }
    console.log(`Comet: ${asked.length} filters find what its client finds`);

    const again = JSON.parse((await cli(['connect', double.url, '-o', folder, '--json'], { env })).out);
    expect(again).toMatchObject({ read: 0, known: runs.length });
  },
  240_000,
);
