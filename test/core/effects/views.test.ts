import { expect, test } from 'vitest';
import { axisPlot } from '../../../src/core/effects/axis-plot';
import { heatMap } from '../../../src/core/effects/heat-map';
import { parallelCoordinates } from '../../../src/core/effects/parallel';
import { spaceOf } from '../../../src/core/effects/space';
import type { TrialTable } from '../../../src/core/trials/trial';
import { tableOf, trial } from '../../support/sweeps';

const table = tableOf([
  trial('a', { lr: 0.01, opt: 'sgd' }, 1),
  trial('b', { lr: 0.1, opt: 'sgd' }, 3),
  trial('c', { lr: 1, opt: 'adam' }, 2),
  trial('d', { lr: 1, opt: 'sgd' }, null),
  trial('e', { opt: 'adam' }, 5),
]);
const param = (from: TrialTable, name: string) => spaceOf(from).params.find((one) => one.name === name) as never;

test('an axis plot has a point for each run that has the param, and medians with their n', () => {
  const plot = axisPlot(table, param(table, 'lr'));
  expect(plot.scale).toBe('log');
  expect(plot.points.map(({ id, value }) => [id, value])).toEqual([
    ['a', 1],
    ['b', 3],
    ['c', 2],
    ['d', null],
  ]);
  expect(plot.points[1]?.at).toBeCloseTo(0.5);
  expect(plot.levels.map(({ text, n, failed, median }) => [text, n, failed, median])).toEqual([
    ['0.01', 1, 0, 1],
    ['0.1', 1, 0, 3],
    ['1', 1, 1, 2],
  ]);
});

test('of many values the medians are over bins with about equally many runs', () => {
  const many = tableOf(Array.from({ length: 60 }, (_, row) => trial(`r${row}`, { x: row / 7, category: `c${row % 30}` }, row)));
  const plot = axisPlot(many, param(many, 'x'));
  expect(plot.points).toHaveLength(60);
  expect(plot.levels.map(({ n }) => n)).toEqual([10, 10, 10, 10, 10, 10]);
  expect(plot.levels[0]?.text).toMatch(/^0 – 1\.28/);
  expect(axisPlot(many, param(many, 'category')).levels.reduce((sum, { n }) => sum + n, 0)).toBe(60);
});

test('parallel coordinates end in the outcome, with the best runs last', () => {
  const { axes, lines } = parallelCoordinates(table, spaceOf(table).params);
  expect(axes.map(({ name }) => name)).toEqual(['lr', 'opt', 'score']);
  expect(axes[1]?.ticks).toEqual([
    { at: 0, text: 'adam' },
    { at: 1, text: 'sgd' },
  ]);
  expect(lines.map(({ id, good }) => [id, good])).toEqual([
    ['d', null],
    ['a', 0],
    ['c', 1 / 3],
    ['b', 2 / 3],
    ['e', 1],
  ]);
  expect(lines[4]?.at).toEqual([null, 0, 1]);
  expect(parallelCoordinates({ ...table, direction: 'min' }, []).lines[4]?.id).toBe('a');
});

test('a heat map shows the cells that were tried, and no others', () => {
  const map = heatMap(table, param(table, 'lr'), param(table, 'opt'));
  expect(map.x).toEqual(['0.01', '0.1', '1']);
  expect(map.y).toEqual(['adam', 'sgd']);
  expect(map.cells).toEqual([
    { x: 0, y: 1, n: 1, failed: 0, median: 1 },
    { x: 1, y: 1, n: 1, failed: 0, median: 3 },
    { x: 2, y: 0, n: 1, failed: 0, median: 2 },
    { x: 2, y: 1, n: 0, failed: 1, median: null },
  ]);
  expect(map.points).toHaveLength(4);
});
