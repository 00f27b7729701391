// The verbs over drawn folders: documents to the letter, selection, exit codes, files whole or not at all.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvCell } from '../../src/cli/csv-write';
import { byRunOrder, type Ordered } from '../../src/cli/run-order';
import { splitRunReference } from '../../src/cli/select-run';
import { nearestTo } from '../../src/cli/spelling';
import { epochMs, runId } from '../../src/core/base/units';
import { cli, document } from './context';

let top: string;
const at = (path: string) => join(top, path);
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-cli-'));
  for (const [path, text] of Object.entries({
    'drop/one/metrics.csv': 'step,loss,acc\n0,1.5,0.1\n1,nan,0.5\n2,0.5,-0.0\n',
    'drop/two/metrics.csv': 'step,loss\n0,2\n10,1\n',
    'notes/readme.md': 'Nothing to see.',
    'folder.csv/readme.md': 'A folder by that name.',
  })) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
});
afterAll(() => rmSync(top, { recursive: true }));

const inspect = async (...paths: string[]) =>
  (await document(['inspect', ...paths])) as unknown as { runs: Record<string, unknown>[]; issues: Record<string, unknown>[] };

describe('inspect', () => {
  test('tells whose each value is where several readers read a run, and what they contradict each other in', async () => {
    const { runs } = await inspect('test/fixtures/mlflow-file/in-hydra-job/input');
    expect(runs).toHaveLength(1);
    const { sources, origins, conflicts } = runs[0] as { sources: Record<string, unknown>[]; origins: Record<string, unknown>; conflicts: unknown[] };
    expect(sources.map(({ reader }) => reader)).toEqual(['mlflow-file', 'hydra']);
    expect(Object.keys(origins)).toEqual(['header', 'params', 'tags', 'summary', 'facts', 'artifacts', 'series']);
    expect(origins.params).toEqual({ 'optimizer.lr': [0, 1], 'optimizer.name': [0, 1], classes: [0, 1], epochs: [1], run_name: [1] });
    const seed = {
      what: 'params',
      name: 'seed',
      kind: 'differs',
      values: [
        { source: 0, value: '4' },
        { source: 1, value: 3 },
      ],
    };
    expect(conflicts).toContainEqual(seed);
  });

  test('proposes runs of two trackers as pairs', async () => {
    for (const verb of ['inspect', 'list']) {
      const { pairs } = (await document([verb, 'resources/samples/two-trackers'])) as unknown as { pairs: Record<string, unknown>[] };
      expect(pairs.map(({ confidence }) => confidence)).toEqual([0.95, 0.95]);
      expect(pairs[0]?.evidence).toMatchObject([{ kind: 'curves', equal: 4, exact: 0, of: 4 }, { kind: 'start' }]);
    }
    expect(await cli(['list', 'resources/samples/two-trackers'])).toMatchObject({ out: expect.stringContaining('4 of 4 curves agree in single precision') });
  });

  test('prints every field of the contract, and nothing undefined', async () => {
    const { runs, ...rest } = await inspect(at('drop'));
    expect(rest).toEqual({ version: 1, command: 'inspect', pairs: [], issues: [] });
    const one = runs.find(({ path }) => path === 'one');
    expect(Object.keys(one ?? {})).toEqual(
      'id native_id path format format_version source sources name experiment parent parent_id group job_type deleted native_status status started_ms ended_ms user params tags notes summary media series artifacts facts issues'.split(
        ' ',
      ),
    );
    expect(one).toMatchObject({ native_id: null, path: 'one', format: 'csv', source: 0, status: 'unknown', started_ms: null });
    const series = one?.series as Record<string, unknown>[];
    expect(series.map(({ name }) => name)).toEqual(['acc', 'loss']);
    expect(series[1]).toMatchObject({
      count: 3,
      finite: 2,
      first: 1.5,
      last: 0.5,
      min: 0.5,
      max: 1.5,
      mean: 1,
      first_step: 0,
      last_step: 2,
      steps_logged: true,
    });
  });

  test('prints −0 and non-finite numbers as the contract says', async () => {
    const { out } = await cli(['inspect', at('drop/one'), '--json']);
    expect(out).toContain('"last":-0.0');
    expect((await cli(['series', at('drop/one'), '--metric', 'loss', '--json'])).out).toContain('"values":[1.5,"NaN",0.5]');
  });

  test('the same folder by another path has the same ids', async () => {
    const ids = async (path: string) => (await inspect(path)).runs.map(({ id }) => id);
    expect([...(await ids(at('drop/one'))), ...(await ids(at('drop/two')))].sort()).toEqual((await ids(at('drop'))).sort());
  });

  test('says which PATH a run came from', async () => {
    const { runs } = await inspect(at('drop/two'), at('drop/one'));
    expect(runs.map(({ source }) => source).sort()).toEqual([0, 1]);
  });
});

describe('exit codes', () => {
  test.each<[string, readonly string[], number, RegExp]>([
    ['done', ['list', 'drop'], 0, /^$/],
    ['nothing known in a folder', ['list', 'notes'], 3, /^$/],
    ['a path that is not there', ['list', 'nowhere'], 3, /^$/],
    ['a file that nobody knows beside one that is read', ['list', 'drop/one', 'notes/readme.md'], 4, /^$/],
    ['a missing path beside one that is read', ['list', 'drop/one', 'nowhere'], 4, /^$/],
    ['an unknown verb', ['inspekt', 'drop'], 2, /Did you mean diptych inspect\?/],
    ['an unknown option', ['inspect', 'drop', '--jsno'], 2, /no option --jsno. Did you mean --json\?/],
    ['no path', ['inspect'], 2, /PATH is missing/],
    ['a number that is none', ['inspect', 'drop', '--max-depth', 'deep'], 2, /wants a number/],
    ['no metric', ['series', 'drop'], 2, /--metric is missing/],
    ['several runs', ['series', 'drop', '--metric', 'loss'], 2, /--run is missing, and there are 2 runs/],
    ['an unknown run', ['series', 'drop', '--metric', 'loss', '--run', 'onne'], 2, /Did you mean one\?/],
    ['an unknown metric', ['series', 'drop', '--metric', 'los', '--run', 'one'], 2, /Did you mean loss\?/],
    ['a context that is none', ['series', 'drop', '--metric', 'loss', '--run', 'one', '--context', '7'], 2, /JSON object/],
    ['an output that cannot be written', ['export', 'drop', '-o', 'x.docx'], 2, /\.docx cannot be written/],
    ['an output in a folder that is not there', ['export', 'drop', '-o', 'no/such/x.csv'], 2, /x\.csv cannot be written: its folder is not there/],
    ['an output that is a folder', ['export', 'drop', '-o', 'folder.csv'], 2, /folder\.csv cannot be written: it is a folder/],
  ])('%s', async (_, words, code, err) => {
    const ran = await cli(words, { cwd: top });
    expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(err)]);
  });

  test('wrong usage and nothing found still print a document', async () => {
    for (const words of [['inspect', '--jsno'], ['inspect', at('notes')], ['nonsense']]) {
      expect(await document(words)).toMatchObject({ version: 1, runs: [], issues: [{ severity: 'error' }] });
    }
  });

  test('a limit that is reached is told, and can be raised', async () => {
    const [run] = (await inspect(at('drop/one'), '--max-points', '4')).runs;
    expect(run?.issues).toMatchObject([{ code: 'too-large', severity: 'warning' }]);
  });
});

describe('series', () => {
  test('prints all points', async () => {
    expect(await document(['series', at('drop'), '--run', 'two', '--metric', 'loss'])).toMatchObject({
      name: 'loss',
      context: {},
      steps: [0, 10],
      values: [2, 1],
    });
  });
  test('as CSV leaves out what was not logged', async () => {
    expect((await cli(['series', at('drop'), '--run', 'one', '--metric', 'acc', '--csv'])).out).toBe('step,value\n0,0.1\n1,0.5\n2,-0.0\n');
  });
});

test('diff says which verb wrote the document, and has a table of command lines beside it', async () => {
  const document_ = await document(['diff', at('drop/one'), at('drop/two')]);
  expect(document_).toMatchObject({ version: 1, command: 'diff', command_line: [] });
  expect(Object.keys(document_)).toEqual(
    'version command baseline runs comparability params tags environment packages code data command_line metrics reasons cannot_know issues'.split(' '),
  );
});

describe('export', () => {
  test('CSV has one row a point', async () => {
    expect(await cli(['export', at('drop'), '-o', at('out.csv')])).toMatchObject({ code: 0, out: '' });
    const rows = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
    expect(rows[0]).toBe('run_id,run_name,experiment,metric,context,step,value,time_ms');
    expect(rows).toHaveLength(1 + 6 + 2);
    expect(rows.some((row) => row.endsWith(',loss,,1,NaN,'))).toBe(true);
  });

  test('JSON has the points in each series', async () => {
    await cli(['export', at('drop'), '-o', at('out.json'), '--runs', 'two']);
    const { runs } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as { runs: { series: { values: number[] }[] }[] };
    expect(runs.map(({ series }) => series.map(({ values }) => values))).toEqual([[[2, 1]]]);
  });

  test('a bundle gives the same runs again, and the same bytes', async () => {
    await cli(['export', at('drop'), '-o', at('a.zip')]);
    await cli(['export', at('a.zip'), '-o', at('b.zip')]);
    expect(await inspect(at('a.zip'))).toEqual(await inspect(at('drop')));
    expect(readFileSync(at('b.zip')).equals(readFileSync(at('a.zip')))).toBe(true);
  });

  test('stopped in the middle leaves no file', async () => {
    const stop = new AbortController();
    const before = readdirSync(top);
    const ran = await cli(['export', at('drop'), '-o', at('stopped.zip')], { signal: stop.signal, status: () => stop.abort(new Error('stopped')) });
    expect(ran.code).toBe(130);
    expect(readdirSync(top)).toEqual(before);
  });
});

test('spreadsheets run nothing that was logged', () => {
  expect(['=1+1', '+x', '-x', '@x', 'a"b', 'a,b', -1, -0, Number.NaN, null, true].map(csvCell)).toEqual([
    "'=1+1",
    "'+x",
    "'-x",
    "'@x",
    '"a""b"',
    '"a,b"',
    '-1',
    '-0.0',
    'NaN',
    '',
    'true',
  ]);
});

test('terminals run nothing that was logged', async () => {
  mkdirSync(at('evil'), { recursive: true });
  writeFileSync(at('evil/metrics.csv'), 'step,a\u001b[31mred\n0,1\n1,2\n');
  const { out } = await cli(['inspect', at('evil')]);
  expect(out).toContain('red');
  expect(out).not.toContain('\u001b');
});

test('runs come by experiment, start, name and id; what is unknown comes last', () => {
  const run = (experiment: string | null, started: number | null, name: string | null, id: string): Ordered => ({
    experiment,
    startedMs: started === null ? null : epochMs(started),
    name,
    id: runId(id),
  });
  const sorted = [
    run('a', 1, 'x', '1'),
    run('a', 1, 'x', '2'),
    run('a', 1, null, '0'),
    run('a', 2, 'a', '0'),
    run('a', null, 'a', '0'),
    run('b', 0, '', ''),
    run(null, 0, '', ''),
  ];
  expect([...sorted].reverse().sort(byRunOrder)).toEqual(sorted);
});

test('a reference to a run is a path and an id, unless a file is called so', () => {
  writeFileSync(at('odd#name'), '');
  expect(splitRunReference('drop#abc', top)).toEqual({ path: 'drop', run: 'abc' });
  expect(splitRunReference('drop', top)).toEqual({ path: 'drop' });
  expect(splitRunReference('odd#name', top)).toEqual({ path: 'odd#name' });
  expect(splitRunReference('odd#name#id', top)).toEqual({ path: 'odd#name', run: 'id' });
});

test('the nearest spelling is near, or none', () => {
  expect(nearestTo('sereis', ['series', 'serve'])).toBe('series');
  expect(nearestTo('LIST', ['list'])).toBe('list');
  expect(nearestTo('frobnicate', ['list', 'series'])).toBeUndefined();
});
