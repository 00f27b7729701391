// The table: which columns there are, what stands in them, and what leaves as CSV.
import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../src/core/model/run';
import { readField, seriesOf } from '../../../src/core/view/fields';
import { defaultMetricChoices, type MetricChoices } from '../../../src/core/view/run-list';
import { cellText, deltaOf, deltaShort, summarise, summaryText } from '../../../src/core/view/table-cells';
import { arrangeColumns, type ColumnChoices, columnsOf, moveColumn, nameTest } from '../../../src/core/view/table-columns';
import { tableCsv } from '../../../src/core/view/table-csv';
import { runFromText } from '../../support/run-from-text';

const runs = [
  runFromText('step val/loss val/acc\n0 1 0.2\n1 0.3 0.9\n2 0.5 0.8', {
    id: 'a',
    name: 'a',
    params: { lr: 0.1, opt: 'adam', 'n.layers': '10' },
    tags: { kind: 'x' },
  }),
  runFromText('step val/loss\n0 1\n1 0.4', { id: 'b', name: '=b,"', params: { lr: '0.1', opt: 'sgd', 'n.layers': '9' }, tags: {} }),
];
const columns = columnsOf(runs, defaultMetricChoices);
const column = (id: string) => columns.find((one) => one.id === id);
const metric = { kind: 'metrics', name: 'val/loss' } as const;
const param = { kind: 'params', name: 'lr' } as const;

describe('columns', () => {
  test('vary by meaning, and where some runs have none', () => {
    expect(column('params.lr')).toMatchObject({ varies: false, count: 2, numeric: true });
    expect(column('params.opt')).toMatchObject({ varies: true, numeric: false });
    expect(column('metrics.val/acc')).toMatchObject({ varies: true, count: 1, numeric: true });
    expect(column('tags.kind')).toMatchObject({ varies: true, count: 1 });
  });

  test('attributes that say nothing are left out', () => {
    expect(column('attributes.user')).toBeUndefined();
    expect(column('attributes.status')).toBeDefined();
  });

  const choices: ColumnChoices = { hidden: new Set(), pinned: [], order: [], search: '', differencesOnly: false, system: false };
  const arranged = (part: Partial<ColumnChoices>) => {
    const { pinned, rest } = arrangeColumns(columns, { ...choices, ...part });
    return [pinned.map((one) => one.id).join(' '), rest.map((one) => one.id).join(' ')];
  };

  test('differences only, patterns, hiding, pinning and moving', () => {
    expect(arranged({ search: '^(lr|opt)$' })).toEqual(['', 'params.lr params.opt']);
    expect(arranged({ search: '^(lr|opt)$', differencesOnly: true })).toEqual(['', 'params.opt']);
    expect(arranged({ search: '^(lr|opt)$', hidden: new Set(['params.lr']) })).toEqual(['', 'params.opt']);
    expect(arranged({ search: '^lr$', pinned: ['params.opt', 'params.gone'] })).toEqual(['params.opt', 'params.lr']);
    expect(arranged({ search: '^(lr|opt)$', order: ['params.opt'] })).toEqual(['', 'params.opt params.lr']);
  });

  test('what is no pattern is searched as it stands', () => {
    expect(nameTest('val/(')('a val/( b')).toBe(true);
    expect(nameTest('VAL')('val/loss')).toBe(true);
  });

  test('a column goes before another, or last', () => {
    const [a, b, c] = columns;
    const three = [a, b, c].filter((one) => one !== undefined);
    const ids = three.map((one) => one.id);
    expect(moveColumn(three, ids[2] ?? '', ids[0] ?? null)).toEqual([ids[2], ids[0], ids[1]]);
    expect(moveColumn(three, ids[0] ?? '', null)).toEqual([ids[1], ids[2], ids[0]]);
  });

  test('a series with a context has a column of its own, and its name alone finds the only one', () => {
    const base = runs[0];
    const [first] = base?.series ?? [];
    if (!base || !first) throw new Error('drawn above');
    const run = { ...base, series: [{ ...first, context: { subrun: 'train' } }] };
    expect(columnsOf([run], defaultMetricChoices).map((one) => one.id)).toContain(`metrics.${first.name} {subrun=train}`);
    expect(seriesOf(run).get(first.name)).toBe(run.series[0]);
  });
});

describe('which number stands for a curve', () => {
  test.each([
    ['last', 0.5],
    ['min', 0.3],
    ['max', 1],
    ['best', 0.3],
  ] as const)('%s', (reduction, expected) => {
    expect(readField(runs[0] as (typeof runs)[0], metric, { reduction })).toBe(expected);
  });

  test('best follows the direction that the user set', () => {
    expect(readField(runs[0] as (typeof runs)[0], metric, { reduction: 'best', direction: 'max' })).toBe(1);
    expect(readField(runs[0] as (typeof runs)[0], metric, { reduction: 'best', direction: 'none' })).toBeUndefined();
  });
});

describe('cells', () => {
  test.each([
    [undefined, '–', ''],
    [0.1 + 0.2, '0.3', '0.30000000000000004'],
    [-0, '−0', '-0'],
    [Number.NaN, 'NaN', 'NaN'],
    [null, 'None', 'None'],
    ['', '“”', ''],
    [false, 'false', 'false'],
    [{ a: [1] }, '{"a":[1]}', '{"a":[1]}'],
  ])('%o', (cell, text, full) => expect(cellText(cell, param)).toMatchObject({ text, full }));

  test('a group: common value, mean ± deviation with n, or how many values', () => {
    expect(summaryText(summarise([0.1, '0.1']), param).text).toBe('0.1');
    expect(summaryText(summarise([1, 2, 3]), metric)).toMatchObject({ text: '2 ± 1', full: 'mean 2, standard deviation 1, n 3' });
    expect(summaryText(summarise([1, 2, 3, Number.NaN, undefined]), metric)).toMatchObject({ text: '2 ± 1 (n 3)', tone: 'odd' });
    expect(summaryText(summarise([1, undefined]), metric).full).toBe('1, missing in 1');
    expect(summaryText(summarise(['a', 'b', 'a']), param).text).toBe('2 values');
    expect(summaryText(summarise([undefined]), param).text).toBe('–');
    expect(summaryText(summarise([1e308, 1e308 / 2]), metric).text).not.toContain('∞');
  });

  test.each<[number, number, Direction, string | null, boolean | null]>([
    [0.9, 1, 'min', '−10.0 %', true],
    [1.1, 1, 'min', '+10.0 %', false],
    [1.1, 1, 'max', '+10.0 %', true],
    [1.1, 1, 'none', '+10.0 %', null],
    [-0.9, -1, 'max', '+10.0 %', true],
    [0.5, 0, 'min', '+0.5', false],
    [1, 1, 'min', null, null],
    [Number.NaN, 1, 'min', null, null],
    [1, Number.POSITIVE_INFINITY, 'min', null, null],
  ])('%d against %d, better is %s', (own, reference, direction, text, better) => {
    const delta = deltaOf(own, reference, direction);
    expect(delta && deltaShort(delta)).toBe(text);
    expect(delta?.better ?? null).toBe(better);
  });
});

describe('CSV', () => {
  test('all columns and runs at full precision; nothing becomes a formula', () => {
    const wanted = columns.filter((one) => ['params', 'metrics'].includes(one.field.kind));
    const metrics: MetricChoices = { ...defaultMetricChoices, reductions: new Map([['val/loss', 'min']]) };
    expect(tableCsv(runs, wanted, metrics).split('\r\n')).toEqual([
      'run,run_id,metrics.val/acc,metrics.val/loss (min),params.lr,params.n.layers,params.opt',
      'a,a,0.8,0.3,0.1,10,adam',
      `"'=b,""",b,,0.4,0.1,9,sgd`,
      '',
    ]);
  });
});
