// Searching, filtering, grouping and sorting the list of runs.
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import { groupableFields } from '../../../src/core/view/run-groups';
import { arrangeRuns, defaultMetricChoices, experimentsOf, type ListOptions, listRuns, matchRuns } from '../../../src/core/view/run-list';
import { compareCells } from '../../../src/core/view/run-order';
import { runFromText } from '../../support/run-from-text';

const plain: ListOptions = { search: '', filter: '', deleted: false, grouping: { kind: 'none' }, sort: [], metrics: defaultMetricChoices, unfolded: new Set() };
const draw = (id: string, loss: number | string, more: Parameters<typeof runFromText>[1] = {}): Run =>
  runFromText(`step loss\n0 3\n1 ${loss}`, { id, name: id, ...more });

const runs = [
  draw('run 10', 0.5, { params: { lr: 0.1, seed: 1, output_dir: 'out/1' }, experiment: 'digits' }),
  draw('run 9', 0.25, { params: { lr: '0.10', seed: 2, output_dir: 'out/2' }, experiment: 'digits' }),
  draw('run 2', 'NaN', { params: { lr: 0.2, seed: 1 }, experiment: 'letters' }),
  draw('bare', 9, { deleted: true }),
  runFromText('step other\n0 1', { id: 'none', name: 'none' }),
];
const names = (list: readonly Run[]): string => list.map((run) => run.name).join(', ');
const rowsOf = (options: Partial<ListOptions>): string[] =>
  listRuns(runs, { ...plain, ...options }).rows.map((row) =>
    row.kind === 'run'
      ? `${row.depth === 1 ? '  ' : ''}${row.run.name}`
      : `[${row.group.label.map(([name, value]) => `${name}=${value}`).join(' ')}] ×${row.group.members.length}`,
  );

describe('search and filter', () => {
  test('every word somewhere, deleted runs only when asked', () => {
    expect(names(matchRuns(runs, { ...plain, search: 'RUN digits' }).runs)).toBe('run 10, run 9');
    expect(names(matchRuns(runs, plain).runs)).toBe('run 10, run 9, run 2, none');
    expect(names(matchRuns(runs, { ...plain, deleted: true }).runs)).toContain('bare');
    expect(names(matchRuns(runs, { ...plain, filter: 'deleted = true' }).runs)).toBe('bare');
  });

  test('a filter that cannot be understood takes every run and says why', () => {
    const { runs: passed, problem } = matchRuns(runs, { ...plain, filter: 'metrics.loss <' });
    expect(passed).toHaveLength(4);
    expect(problem).toMatchObject({ from: 14 });
  });
});

describe('sort', () => {
  test('numbers by size, NaN after them, missing last, both ways', () => {
    const by = (descending: boolean) => names(listRuns(runs, { ...plain, sort: [{ field: 'metrics.loss', descending }] }).runs);
    expect(by(false)).toBe('run 9, run 10, run 2, none');
    expect(by(true)).toBe('run 10, run 9, run 2, none');
  });

  test('names as people count', () => {
    expect(names(listRuns(runs, { ...plain, sort: [{ field: 'attributes.name', descending: false }] }).runs)).toBe('none, run 2, run 9, run 10');
  });

  test('a second key decides where the first is equal; equal runs keep their order', () => {
    const sort = [
      { field: 'params.lr', descending: false },
      { field: 'params.seed', descending: true },
    ];
    expect(names(listRuns(runs, { ...plain, sort }).runs)).toBe('run 9, run 10, run 2, none');
    expect(names(listRuns(runs, { ...plain, sort: [{ field: 'attributes.tracker', descending: true }] }).runs)).toBe('run 10, run 9, run 2, none');
  });

  test('infinities, bigints, text and nothing have one order', () => {
    const cells = [undefined, Number.NaN, 'text', Number.POSITIVE_INFINITY, 9007199254740993n, -0, 0, Number.NEGATIVE_INFINITY, null, true];
    const sorted = [...cells].sort((a, b) => compareCells(a, b, false));
    expect(sorted.slice(0, 1)).toEqual([Number.NEGATIVE_INFINITY]);
    expect(sorted.slice(-2)).toEqual([Number.NaN, undefined]);
    expect(compareCells(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true)).toBe(0);
  });
});

describe('groups', () => {
  test('by everything except the seed and names of runs; equal in meaning is equal; runs without params stay alone', () => {
    expect(rowsOf({ grouping: { kind: 'all-but-seed' } })).toEqual(['[lr=0.1] ×2', 'run 2', 'none']);
  });

  test('members unfold below their group', () => {
    const grouping = { kind: 'all-but-seed' } as const;
    const [group] = arrangeRuns(runs.slice(0, 3), { ...plain, grouping }).rows;
    expect(rowsOf({ grouping, unfolded: new Set([group?.key ?? '']) })).toEqual(['[lr=0.1] ×2', '  run 10', '  run 9', 'run 2', 'none']);
  });

  test('by fields, several at once, in the order of the mean of the sorted metric', () => {
    expect(rowsOf({ grouping: { kind: 'fields', fields: ['attributes.experiment'] }, sort: [{ field: 'metrics.loss', descending: false }] })).toEqual([
      '[Experiment=digits] ×2',
      'run 2',
      'none',
    ]);
    expect(rowsOf({ grouping: { kind: 'fields', fields: ['params.lr', 'params.seed'] } })).toEqual(['run 10', 'run 9', 'run 2', 'none']);
  });

  test('groups are told apart by the params in which they differ', () => {
    const pair = (lr: number) => [0, 1].map((seed) => draw(`m ${lr} ${seed}`, 1, { params: { lr, seed, width: 8 } }));
    const rows = listRuns([...pair(0.1), ...pair(0.2)], { ...plain, grouping: { kind: 'all-but-seed' } }).rows;
    expect(rows.map((row) => row.kind === 'group' && row.group.label)).toEqual([[['lr', '0.1']], [['lr', '0.2']]]);
  });

  test('a group that nothing tells apart is called by what the names share', () => {
    const same = [draw('mlp-s0', 1, { params: { a: 1, seed: 0 } }), draw('mlp-s1', 1, { params: { a: 1, seed: 1 } })];
    const [row] = listRuns(same, { ...plain, grouping: { kind: 'all-but-seed' } }).rows;
    expect(row?.kind === 'group' && row.group.label).toEqual([['', 'mlp-s…']]);
  });

  test('fields worth grouping by: more than one value, fewer than runs', () => {
    expect(groupableFields(runs)).toEqual(['attributes.experiment', 'params.lr', 'params.seed']);
  });
});

test('experiments, largest first', () => {
  expect(experimentsOf(runs)).toEqual([
    { name: 'digits', count: 2 },
    { name: null, count: 2 },
    { name: 'letters', count: 1 },
  ]);
});

test('a linked run stands under the run that it is linked with, in its own place where that is filtered out', () => {
  const [first, , third] = runs;
  const links = new Map([[first!.id, third!.id]]);
  expect(rowsOf({ links })).toEqual(['run 9', 'run 2', '  run 10', 'none']);
  expect(rowsOf({ links, search: 'digits' })).toEqual(['run 10', 'run 9']);
  expect(names(listRuns(runs, { ...plain, links }).runs)).toBe('run 9, run 2, run 10, none');
});
