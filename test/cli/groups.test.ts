// `groups` and `diff --by all-but-seed` over drawn tables and folders: documents to the letter, and words that say no more than the numbers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, document } from './context';

let top: string;
const at = (path: string) => join(top, path);
const table = (rows: readonly (readonly [string, number, number | ''])[]): string => `optimizer,seed,val_acc\n${rows.map((row) => row.join(',')).join('\n')}\n`;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'diptych-groups-'));
  const adam = [0.912, 0.921, 0.905, 0.918, 0.93];
  const sgd = [0.901, 0.899, 0.915, 0.893, 0.908, 0.897];
  const files: Record<string, string> = {
    'table.csv': table([
      ...adam.map((value, seed) => ['adam', seed, value] as const),
      ...sgd.map((value, seed) => ['sgd', seed, value] as const),
      ['sgd', 9, ''],
    ]),
  };
  for (const [name, values] of [
    ['adam', adam],
    ['sgd', sgd],
  ] as const) {
    for (const [seed, value] of values.entries()) {
      files[`runs/${name}-${seed}/config.json`] = JSON.stringify({ optimizer: name, seed, output_dir: `out/${name}-${seed}` });
      files[`runs/${name}-${seed}/metrics.csv`] = `step,val_acc\n0,0.5\n1,${value}\n`;
    }
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
});
afterAll(() => rmSync(top, { recursive: true }));

interface Groups {
  readonly groups: readonly {
    readonly id: string;
    readonly n: number;
    readonly members: readonly unknown[];
    readonly failed: number;
    readonly params: object;
  }[];
  readonly pairwise: readonly Record<string, unknown>[];
}
const groups = async (...words: string[]) => (await document(['groups', ...words])) as unknown as Groups & Record<string, unknown>;

test('a table: groups, pairwise differences and the fields of the contract', async () => {
  const { groups: found, pairwise, ...rest } = await groups(at('table.csv'), '--metric', 'val_acc');
  expect(rest).toMatchObject({ version: 1, command: 'groups', metric: 'val_acc', direction: 'max', seed_param: 'seed', n: 12, comparisons: 1, issues: [] });
  expect(found.map(({ n, failed, params, members }) => ({ n, failed, params, members: members.length }))).toEqual([
    { n: 5, failed: 0, params: { optimizer: 'adam' }, members: 5 },
    { n: 6, failed: 1, params: { optimizer: 'sgd' }, members: 7 },
  ]);
  // scipy 1.17.1: ttest_ind(equal_var=False), and the noncentral t solved for power 0.8.
  expect(pairwise).toMatchObject([
    {
      a: found[0]?.id,
      b: found[1]?.id,
      smallest_detectable_effect: expect.closeTo(1.9071974, 6),
      verdict: 'different',
      interval: [expect.closeTo(0.0027265, 6), expect.closeTo(0.0273402, 6)],
      p: expect.closeTo(0.0226282, 6),
      p_adjusted: expect.closeTo(0.0226282, 6),
    },
  ]);
  const keys = Object.keys(pairwise[0] ?? {});
  expect(keys.indexOf('smallest_detectable_effect')).toBeLessThan(keys.indexOf('p'));
});

test('folders of runs give what their table gives', async () => {
  const [fromRuns, fromTable] = [await groups(at('runs'), '--metric', 'val_acc'), await groups(at('table.csv'), '--metric', 'val_acc')];
  expect(fromRuns.pairwise[0]).toMatchObject({ p: fromTable.pairwise[0]?.p, verdict: 'different' });
});

test('the text says first what could have been seen', async () => {
  const { out, code } = await cli(['groups', at('table.csv'), '--metric', 'val_acc']);
  expect(code).toBe(0);
  expect(out.indexOf('With 5 and 6 seeds only a difference of 1.91 SD')).toBeGreaterThan(0);
  expect(out.indexOf('The first is better')).toBeGreaterThan(out.indexOf('With 5 and 6 seeds'));
  expect(out).toContain('Selected among 2');
});

test('diff of groups: fields as of runs, with members and a test of each metric', async () => {
  const found = (await document(['diff', at('runs'), '--by', 'all-but-seed'])) as unknown as Record<string, Record<string, unknown>[]>;
  expect(found).toMatchObject({ command: 'diff', by: 'all-but-seed', command_line: [], issues: [] });
  const [adam, sgd] = found.runs as { id: string; n: number; name: string }[];
  expect([adam, sgd]).toMatchObject([
    { name: 'optimizer=adam', n: 5 },
    { name: 'optimizer=sgd', n: 6 },
  ]);
  expect(found.params).toEqual([{ key: 'optimizer', values: { [adam?.id ?? '']: 'adam', [sgd?.id ?? '']: 'sgd' }, differs: true }]);
  expect(found.reasons).toMatchObject([{ rank: 1, what: 'param', key: 'optimizer' }]);
  expect((found.cannot_know as unknown as string[]).join(' ')).toContain('Neither side records the version of the code');
  const metric = found.metrics?.find(({ name }) => name === 'val_acc');
  expect(metric?.tests).toMatchObject({
    [sgd?.id ?? '']: { n: [6, 5], p: expect.closeTo(0.0226282, 6), interval: [expect.closeTo(-0.0273402, 6), expect.closeTo(-0.0027265, 6)] },
  });
  // Ids are those of `groups`.
  expect((await groups(at('runs'), '--metric', 'val_acc')).groups.map(({ id }) => id)).toEqual([adam?.id, sgd?.id]);
});

test('diff of groups: a run chooses its group, the first is the baseline', async () => {
  const { runs } = (await document(['diff', '--by', 'all-but-seed', '--in', at('runs'), 'sgd-3', 'adam-0'])) as unknown as { runs: { name: string }[] };
  expect(runs.map(({ name }) => name)).toEqual(['optimizer=sgd', 'optimizer=adam']);
  expect(await cli(['diff', at('runs/adam-0'), '--by', 'all-but-seed'])).toMatchObject({ code: 2, err: expect.stringContaining('only one group') });
  expect(await cli(['diff', at('runs'), '--by', 'all-but-sed'])).toMatchObject({ code: 2, err: expect.stringContaining('all-but-seed') });
  expect((await cli(['diff', at('runs'), '--by', 'all-but-seed'])).out).toContain('WHAT THIS CANNOT KNOW');
});

test('wrong usage is told; nothing to read is 3', async () => {
  expect(await cli(['groups', at('table.csv')])).toMatchObject({ code: 2, err: expect.stringContaining('--metric') });
  expect(await cli(['groups', at('table.csv'), '--metric', 'val_acc', '--seed', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('--seed') });
  expect((await cli(['groups', at('nowhere'), '--metric', 'val_acc', '--json'])).code).toBe(3);
});
