// Plots over runs: where each run lies, what the axes say, and what stands in the table beside it.
import { describe, expect, test } from 'vitest';
import { plotOf, type Shape } from '../../../src/charts/plot-shapes';
import { darkTheme, lightTheme } from '../../../src/charts/theme';
import { paramOf } from '../../../src/core/effects/param';
import type { Value } from '../../../src/core/model/values';
import { axisPlot, heatPlot, type PlotTable, parallelPlot, scatterPlot, standings } from '../../../src/core/view/effects-plots';
import { outcomeAxis, paramAxis } from '../../../src/core/view/plot-axis';
import { plotRows, plotTsv } from '../../../src/core/view/plot-table';
import { runStyle } from '../../../src/core/view/run-style';

const style = () => runStyle(0);
const table = (
  columns: Readonly<Record<string, readonly (Value | undefined)[]>>,
  values: readonly (number | null)[],
  direction: 'min' | 'max' = 'max',
): PlotTable => ({
  metric: 'val/acc',
  direction,
  trials: values.map((value, i) => ({ id: `r${i}`, name: `run ${i}`, value })),
  params: Object.entries(columns).map(([name, column]) => paramOf(name, column)),
});
const size = { width: 400, height: 240 };
const texts = (shapes: readonly Shape[]): readonly string[] => shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));

describe('axes', () => {
  test('a log param has its levels as ticks, and zero one step below the least', () => {
    const { axis, places } = paramAxis(paramOf('lr', [0, 0.001, 0.01, 0.1]));
    expect(axis.scale).toBe('log');
    expect(axis.ticks?.map(({ text }) => text)).toEqual(['0', '0.001', '0.01', '0.1']);
    expect(places[0]).toBeCloseTo(0.0001, 12);
    expect(axis.min).toBeLessThan(0.0001);
  });

  test('a thousand names share one place beyond the most frequent', () => {
    const { axis, places } = paramAxis(
      paramOf(
        'name',
        Array.from({ length: 1000 }, (_, i) => `level ${i}`),
      ),
    );
    expect(axis.ticks).toHaveLength(40);
    expect(axis.ticks?.at(-1)?.text).toBe('961 others');
    expect(Math.max(...places)).toBe(39);
  });

  test('lists and objects are names; constants and nothing have a range', () => {
    expect(paramAxis(paramOf('layers', [[1, 2], [3]])).axis.scale).toBe('category');
    for (const axis of [outcomeAxis('m', []), outcomeAxis('m', [3]), outcomeAxis('m', [0, 0])]) expect(axis.max).toBeGreaterThan(axis.min);
    expect(outcomeAxis('loss', [0.001, 5, 900]).scale).toBe('log');
  });
});

describe('dots', () => {
  const plots = table({ lr: [0.1, 0.1, 0.2, undefined, 0.2] }, [0.5, 0.7, 0.9, 0.8, null]);
  const spec = axisPlot(plots.params[0]!, plots, style);

  test('a dot a run that has both, means where a level has several, and what is left out said', () => {
    expect(spec.points.map(({ owner, x, y }) => [owner, x, y])).toEqual([
      ['r0', 0.1, 0.5],
      ['r1', 0.1, 0.7],
      ['r2', 0.2, 0.9],
    ]);
    expect(spec.means).toMatchObject([{ x: 0.1, y: expect.closeTo(0.6, 12) }]);
    expect(spec.notes.join()).toContain('1 run has no outcome');
  });

  test('what lies under the pointer is the nearest dot, and only near it', () => {
    for (const theme of [lightTheme, darkTheme]) {
      const plot = plotOf(spec, size, theme);
      const [at] = plot.pathOf('r2');
      expect(plot.hit(at![0] + 4, at![1] - 3)?.owners).toEqual(['r2']);
      expect(plot.hit(at![0] - 60, at![1])).toBeNull();
      expect(plot.order).toEqual(['r0', 'r1', 'r2']);
      expect(texts(plot.shapes)).toContain('lr');
    }
  });

  test('every shape lies within the picture', () => {
    for (const shape of plotOf(spec, size, lightTheme).shapes)
      if (shape.kind === 'mark') {
        expect(shape.x).toBeGreaterThan(0);
        expect(shape.x).toBeLessThan(size.width);
        expect(shape.y).toBeLessThan(size.height);
      }
  });

  test('two params against each other', () => {
    const both = table({ lr: [0.1, 0.2], width: [8, 16] }, [0.5, null]);
    expect(scatterPlot(both.params[0]!, both.params[1]!, both, style).points).toHaveLength(2);
    expect(scatterPlot(both.params[0]!, null, both, style).points).toHaveLength(1);
  });
});

describe('parallel lines', () => {
  const plots = table({ lr: [0.1, 0.2, 0.3], momentum: [0.9, undefined, 0.5] }, [3, 1, null], 'min');
  const spec = parallelPlot(plots.params, plots, 'standing', style);

  test('stop where a run has no value; the best stands at 1 by the direction', () => {
    expect(spec.lines.map(({ standing }) => standing)).toEqual([0, 1, Number.NaN]);
    const plot = plotOf(spec, { width: 600, height: 300 }, lightTheme);
    expect(plot.pathOf('r0')).toHaveLength(3);
    expect(plot.shapes.filter((shape) => shape.kind === 'line' && shape.points.length === 3)).toHaveLength(1);
    const [a, b] = plot.pathOf('r0');
    expect(plot.hit(a![0] * 0.75 + b![0] * 0.25, a![1] * 0.75 + b![1] * 0.25)?.owners).toEqual(['r0']);
  });

  test('equal outcomes share their standing; one run is the best', () => {
    expect(standings([1, 1, 2], 'max')).toEqual([0.25, 0.25, 1]);
    expect(standings([null, 5], 'min')).toEqual([Number.NaN, 1]);
  });
});

describe('heat map', () => {
  const grid = table({ a: [1, 1, 2, 2, 2], b: ['x', 'y', 'x', 'x', undefined] }, [0.1, 0.2, 0.3, 0.5, 0.9]);

  test('the mean of each combination, what was not run, and noise that would do the same', () => {
    const spec = heatPlot(grid.params[0]!, grid.params[1]!, grid, 0.5);
    expect(spec.cells).toMatchObject([
      { x: 0, y: 0, mean: 0.1, owners: ['r0'] },
      { x: 0, y: 1, mean: 0.2, owners: ['r1'] },
      { x: 1, y: 0, mean: 0.4, owners: ['r2', 'r3'], standing: 1 },
    ]);
    expect(spec.notes.join()).toContain('1 of 4 combinations was not run');
    expect(spec.notes.join()).toContain('which repeats alone would do');
    expect(heatPlot(grid.params[0]!, grid.params[1]!, grid, 0.001).notes.join()).not.toContain('repeats alone');
    const plot = plotOf(spec, size, darkTheme);
    const [at] = plot.pathOf('r3');
    expect(plot.hit(...at!)?.owners).toEqual(['r2', 'r3']);
    expect(texts(plot.shapes)).toContain('0.4');
  });

  test('many levels are put into ranges', () => {
    const many = table(
      { a: Array.from({ length: 64 }, (_, i) => i), b: Array.from({ length: 64 }, (_, i) => `n${i % 20}`) },
      Array.from({ length: 64 }, (_, i) => i),
    );
    const spec = heatPlot(many.params[0]!, many.params[1]!, many, null);
    expect(spec.x.ticks?.map(({ text }) => text)[0]).toBe('0–7');
    expect(spec.y.ticks?.at(-1)?.text).toBe('13 others');
    expect(spec.cells.reduce((sum, { owners }) => sum + owners.length, 0)).toBe(64);
  });
});

test('the table has a row a run and copies every digit', () => {
  const plots = table({ lr: [0.1, 0.3], opt: ['adam', 'sgd'] }, [1 / 3, 0.5]);
  expect(plotRows(axisPlot(plots.params[1]!, plots, style)).rows.map(({ name, cells }) => [name, ...cells])).toEqual([
    ['run 0', 'adam', '0.33333'],
    ['run 1', 'sgd', '0.5'],
  ]);
  expect(plotTsv(parallelPlot(plots.params, plots, 'run', style))).toBe('Run\tlr\topt\tval/acc\nrun 0\t0.1\tadam\t0.3333333333333333\nrun 1\t0.3\tsgd\t0.5');
});
