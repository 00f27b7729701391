// Figures of logged media in pixels: everything lies within the picture, and the pointer is told what it stands on.
import { describe, expect, test } from 'vitest';
import { type Figure, figureOf } from '../../src/charts/figure-shapes';
import { darkTheme, lightTheme } from '../../src/charts/theme';
import type { FigureSpec } from '../../src/core/view/figure-spec';
import { confusionFigure } from '../../src/core/view/media-confusion';
import { curveFigure } from '../../src/core/view/media-curve';
import { histogramFigure, histogramsFigure } from '../../src/core/view/media-histogram';

const size = { width: 400, height: 240 };
const histogram = { edges: [-1, 0, 1], counts: [2, 6] };
const specs: Readonly<Record<string, FigureSpec>> = {
  histogram: histogramFigure('h', histogram),
  'histograms over steps': histogramsFigure('h', [
    { step: 0, histogram },
    { step: 10, histogram },
  ]),
  'confusion matrix': confusionFigure('c', {
    labels: ['a', 'b'],
    counts: [
      [9, 1],
      [0, 4],
    ],
  }),
  'ROC curve': curveFigure('r', { x: 'fpr', y: 'tpr', lines: [{ name: 'model', x: [0, 0.5, 1], y: [0, 0.9, 1] }] }),
  'an empty curve': curveFigure('r', { x: 'x', y: 'y', lines: [] }),
  'a curve of gaps': curveFigure('r', { x: 'x', y: 'y', lines: [{ name: '', x: [0, Number.NaN, 2], y: [1, 2, Number.POSITIVE_INFINITY] }] }),
  'no labels at all': confusionFigure('c', { labels: [], counts: [] }),
};

describe.each(Object.entries(specs))('%s', (_, spec) => {
  test('lies within its picture, in finite pixels', () => {
    for (const theme of [lightTheme, darkTheme]) {
      for (const shape of figureOf(spec, size, theme).shapes) {
        const points =
          shape.kind === 'line'
            ? shape.points
            : shape.kind === 'rect'
              ? [
                  [shape.x, shape.y],
                  [shape.x + shape.width, shape.y + shape.height],
                ]
              : [[shape.x, shape.y]];
        for (const [x, y] of points) {
          expect(x).toBeGreaterThanOrEqual(-1);
          expect(x).toBeLessThanOrEqual(size.width + 1);
          expect(y).toBeGreaterThanOrEqual(-1);
          expect(y).toBeLessThanOrEqual(size.height + 1);
        }
      }
    }
  });
});

const said = (figure: Figure): Set<string> => {
  const found = new Set<string>();
  for (let x = 0; x < size.width; x += 4) for (let y = 0; y < size.height; y += 4) found.add(figure.hit(x, y)?.says ?? '');
  found.delete('');
  return found;
};

test('every bar, cell and point can be pointed at', () => {
  const of = (name: string) => [...said(figureOf(specs[name] as FigureSpec, size, lightTheme))].sort();
  expect(of('histogram')).toEqual(['0 to 1: 6', '−1 to 0: 2']);
  expect(of('confusion matrix')).toHaveLength(4);
  expect(of('ROC curve')).toContain('model: fpr 0.5, tpr 0.9');
  expect(of('an empty curve')).toEqual([]);
});
