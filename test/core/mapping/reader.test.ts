// Runs read by a mapping: who they are, what is told, where a mapping may lie, and whose files it takes.
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ingest } from '../../../src/core/ingest/ingest';
import { checkMapping, surveyTree } from '../../../src/core/ingest/survey';
import type { ReadRun } from '../../../src/core/model/run';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedTree } from '../../../src/core/source/scripted';
import { allIssues, asset, readTree, type WasRead } from '../../support/read';

const file = (...mappings: readonly object[]): string => JSON.stringify({ version: 1, mappings });
const loop = { files: ['**/*.log'], format: 'text', step: 'step', lines: [{ pattern: '^s (?<step>\\S+) l (?<loss>.*)$' }] };
const log = (count: number, from = 0): string => Array.from({ length: count }, (_, at) => `s ${from + at} l ${at / 8}\n`).join('');
const paths = ({ runs }: WasRead): string[] => runs.map(({ run }) => run.path).sort();
const codes = (read: WasRead): string[] => allIssues(read).map(({ code }) => code);
const options = { signal: new AbortController().signal, limits: defaultLimits };

describe('runs', () => {
  test('a log alone in its folder is the folder’s run, several are one each', async () => {
    const read = await readTree(
      scriptedTree({ 'diptych.mapping.json': file(loop), 'a/x.log': log(3), 'b/1.log': log(3, 1), 'b/2.log': log(3, 2), 'c.log': log(3, 3) }),
    );
    expect(paths(read)).toEqual(['a', 'b/1.log', 'b/2.log', 'c.log']);
  });

  test('of one folder are told apart by their files', async () => {
    const read = await readTree(scriptedTree({ 'diptych.mapping.json': file({ ...loop, run: 'folder' }), 'a/train.log': log(3), 'a/val.log': log(2) }));
    expect(read.runs.map(({ run }) => [run.path, run.series.map(({ name, context, count }) => [name, context, count])])).toEqual([
      [
        'a',
        [
          ['loss', { file: 'train.log' }, 3],
          ['loss', { file: 'val.log' }, 2],
        ],
      ],
    ]);
  });

  test('are told apart by a column', async () => {
    const rows = 'who,n,y,lr\na,0,1,0.1\nb,0,2,0.2\na,1,3,0.1\nb,1,4,0.3\n';
    const mapping = file({ files: '*.csv', format: 'csv', run: { column: 'who' }, step: 'n', params: ['lr'], name: 'run {run}' });
    const { runs } = await readTree(scriptedTree({ 'diptych.mapping.json': mapping, 't.csv': rows }));
    expect(runs.map(({ run }) => [run.nativeId, run.name, run.params, run.series.map(({ name, last }) => [name, last])])).toEqual([
      ['a', 'run a', { lr: 0.1 }, [['y', 3]]],
      // What is called a param and changes is no param, and nothing of it is lost.
      [
        'b',
        'run b',
        {},
        [
          ['lr', 0.3],
          ['y', 4],
        ],
      ],
    ]);
  });

  test('keep their id when the log grows, and when other text stands before the first row', async () => {
    const idOf = async (text: string): Promise<string | undefined> =>
      (await readTree(scriptedTree({ 'diptych.mapping.json': file(loop), 'a/x.log': text }))).runs[0]?.run.id;
    expect(await idOf(log(3000))).toBe(await idOf(log(2000)));
    expect(await idOf(`hello\n${log(2000)}`)).toBe(await idOf(log(2000)));
    expect(await idOf(log(2000, 1))).not.toBe(await idOf(log(2000)));
  });
});

describe('params', () => {
  test('come from files above, from the path, and from lines; what is nearest counts', async () => {
    const mapping = file({
      ...loop,
      path: 'm{width}/x.log',
      name: 'w{width} d{depth}',
      param_files: ['args.yaml'],
      lines: [...loop.lines, { pattern: '^params: (?<pairs>.*)$', pairs: true, to: 'params' }],
    });
    const tree = {
      'diptych.mapping.json': mapping,
      'args.yaml': 'depth: 1\nseed: 5\n',
      'm64/x.log': `params: opt=adam, wd=0.1\n${log(2)}`,
      'm8/args.yaml': 'depth: 2\n',
      'm8/x.log': log(2, 1),
    };
    const { runs } = await readTree(scriptedTree(tree));
    const byPath = new Map(runs.map(({ run }) => [run.path, run]));
    expect(byPath.get('m64')).toMatchObject({ name: 'w64 d1', params: { width: 64, depth: 1, seed: 5, opt: 'adam', wd: 0.1 } });
    expect(byPath.get('m64')?.facts).toMatchObject([{ kind: 'seed', value: 5, evidence: [{ file: '../args.yaml', where: 'key seed' }] }]);
    expect(byPath.get('m8')).toMatchObject({ name: 'w8 d2', params: { width: 8, depth: 2 } });
  });
});

describe('what is told', () => {
  const read = (text: string, mapping: object = loop) => readTree(scriptedTree({ 'diptych.mapping.json': file(mapping), 'x.log': text }));

  test('lines that fit no rule are counted', async () => {
    const [told] = allIssues(await read(`hello\n${log(3)}\nbye\n`)).filter(({ code }) => code === 'unmatched');
    expect(told).toMatchObject({ severity: 'info', message: '3 of 5 lines of x.log fit the mapping; the rest was left out.', where: 'line 1' });
  });

  test('a log of which nothing fits is no run', async () => {
    const none = await read('hello\nbye\n');
    expect(none.runs).toEqual([]);
    expect(none.issues).toMatchObject([{ code: 'unmatched', severity: 'warn' }]);
  });

  test('a value that is no number, with its place', async () => {
    expect(allIssues(await read(`${log(2)}s 2 l oops\n`))).toMatchObject([
      { code: 'bad-value', where: 'line 3', message: '“loss” is no number in 1 row, first “oops”; left out.' },
    ]);
  });

  test('a restart; all points are kept', async () => {
    const { runs } = await read(log(5) + log(5, 2));
    expect(runs[0]?.run.series[0]?.count).toBe(10);
    expect(runs[0]?.run.issues.map(({ code, where }) => [code, where])).toEqual([['step-restart', 'line 6']]);
  });

  test('a last line that may be cut', async () => {
    expect(codes(await read(`${log(20)}s 20 l 1`))).toEqual([]);
    expect(codes(await read(`s 0 l 0.125\ns 1 l 0.625\ns 2 l 0.`))).toEqual(['truncated']);
    expect(codes(await read(`s 0 l 0.125\ns 1 l 0.625\ns 2 l 0.375`))).toEqual([]);
    expect(codes(await read(`${log(3)}s 2`))).toEqual(['truncated']);
  });

  test('steps that no float holds keep their digits', async () => {
    const { runs } = await read('s 9007199254740993 l 1\n');
    expect(runs[0]?.run.series[0]?.exactSteps).toEqual({ 0: '9007199254740993' });
    expect(runs[0]?.run.issues.map(({ code }) => code)).toEqual(['precision']);
  });

  test('a line that is far too long', async () => {
    expect(codes(await read(`${log(2)}${'x'.repeat(10_000)}\n`))).toEqual(['too-large']);
  });

  test('a mapping that names nothing, and one that is broken', async () => {
    expect((await readTree(scriptedTree({ 'diptych.mapping.json': file(loop), 'a.txt': 'x' }))).issues).toMatchObject([
      { code: 'missing-file', where: 'mappings[0].files' },
    ]);
    expect((await readTree(scriptedTree({ 'diptych.mapping.json': '{' }))).issues).toMatchObject([{ code: 'bad-value', severity: 'critical' }]);
  });
});

describe('whose files', () => {
  test('a mapping takes what another reader would have read', async () => {
    const csv = 'step,loss\n0,1\n1,2\n';
    const mapping = file({ files: 'a/*.csv', format: 'csv', step: 'step' });
    const read = await readTree(scriptedTree({ 'diptych.mapping.json': mapping, 'a/metrics.csv': csv, 'b/metrics.csv': csv.replace('0,1', '0,3') }));
    expect(read.runs.map(({ run }) => [run.path, run.format]).sort()).toEqual([
      ['a', 'mapping'],
      ['b', 'csv'],
    ]);
  });

  test('the nearest mapping file counts, and the first mapping that names a file', async () => {
    const inner = file({ ...loop, name: 'inner' });
    const outer = file({ ...loop, files: 'b/*.log', name: 'first' }, { ...loop, name: 'second' });
    const tree = { 'diptych.mapping.json': outer, 'a/x.log': log(2), 'b/x.log': log(2, 1), 'c/diptych.mapping.json': inner, 'c/x.log': log(2, 2) };
    const { runs } = await readTree(scriptedTree(tree));
    expect(runs.map(({ run }) => [run.path, run.name]).sort()).toEqual([
      ['a', 'second'],
      ['b', 'first'],
      ['c/x.log', 'inner'],
    ]);
  });

  test('one that is given counts as if it lay in the folder, for a file that is named itself too', async () => {
    const readWith = async (tree: ReturnType<typeof scriptedTree>): Promise<readonly ReadRun[]> => {
      const runs: ReadRun[] = [];
      for await (const event of ingest([{ label: 'x', scan: async () => tree }], {
        ...options,
        keepContents: false,
        asset,
        mapping: file({ ...loop, files: 'runs/**/*.log' }),
      }))
        if (event.kind === 'run') runs.push(event.read);
      return runs;
    };
    const folder = await readWith(scriptedTree({ 'runs/a/x.log': log(3) }));
    const named = await readWith(scriptedTree({ 'x.log': log(3) }, { named: 'x.log' }));
    expect([folder[0]?.run.path, named[0]?.run.path]).toEqual(['runs/a', 'x.log']);
    expect(folder[0]?.run.id).toBe(named[0]?.run.id);
  });
});

describe('a survey', () => {
  test('finds what nobody reads, and leaves what somebody reads', async () => {
    const nano = Array.from({ length: 5 }, (_, at) => `iter ${at}: loss ${4 - at}, time 1.00ms, mfu 1.00%\n`).join('');
    const tree = scriptedTree({
      'a/out.txt': nano,
      'b/out.txt': `starting\n${nano}`,
      'c/metrics.csv': 'step,loss\n0,1\n1,2\n',
      'train.py': 'print()',
      'notes.txt': 'nothing here',
    });
    const survey = await surveyTree(tree, options);
    expect(survey.unknown.map(({ path, guess }) => [path, guess])).toEqual([
      ['a/out.txt', 'nanoGPT'],
      ['b/out.txt', 'nanoGPT'],
      ['notes.txt', null],
    ]);
    const { preview, problems } = await checkMapping(tree, survey.proposal, options);
    expect(problems).toEqual([]);
    expect(preview?.runs.map(({ path, points }) => [path, points])).toEqual([
      ['a', 15],
      ['b', 15],
    ]);
    expect(preview?.table).toMatchObject({
      columns: ['step', 'loss', 'time_ms', 'mfu'],
      rows: [['0', '4', '1', '1'], ['1', '3', '1', '1'], expect.anything(), expect.anything(), expect.anything()],
    });
    expect(preview?.files[1]).toMatchObject({ path: 'b/out.txt', lines: 6, matched: 5, samples: [{ line: 1, text: 'starting' }] });
  });

  test('looks into archives, and a mapping counts in the root of each', async () => {
    const inner = scriptedTree({ 'logs.zip': zipSync({ 'a/x.log': strToU8(log(4)), 'b/x.log': strToU8(log(5)) }) });
    const survey = await surveyTree(inner, options);
    expect(survey.unknown.map(({ path }) => path)).toEqual(['logs.zip!a/x.log', 'logs.zip!b/x.log']);
    const { preview } = await checkMapping(inner, file(loop), options);
    expect(preview?.runs.map(({ path, points }) => [path, points])).toEqual([
      ['logs.zip!a', 4],
      ['logs.zip!b', 5],
    ]);
    const runs: string[] = [];
    for await (const event of ingest([{ label: 'x', scan: async () => inner }], { ...options, keepContents: false, asset, mapping: file(loop) }))
      if (event.kind === 'run') runs.push(event.read.run.path);
    expect(runs.sort()).toEqual(['logs.zip!a', 'logs.zip!b']);
  });

  test('offers tables and JSON that look like no history', async () => {
    const rows = Array.from({ length: 6 }, (_, at) => `${at * 10},${at / 4},x\n`).join('');
    const objects = Array.from({ length: 6 }, (_, at) => `{"k": ${at}, "q": {"v": ${at / 4}}}\n`).join('');
    const survey = await surveyTree(scriptedTree({ 'a.csv': `u,v,w\n${rows}`, 'b.txt': objects }), options);
    expect(survey.unknown.map(({ path, guess }) => [path, guess])).toEqual([
      ['a.csv', 'Table'],
      ['b.txt', 'Lines of JSON'],
    ]);
    expect(JSON.parse(survey.proposal).mappings).toMatchObject([
      { files: ['a.csv'], format: 'csv', step: 'u' },
      { files: ['b.txt'], format: 'jsonl', step: 'k' },
    ]);
  });
});
