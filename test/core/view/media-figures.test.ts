// Histograms, confusion matrices, curves, plotly figures and tables as what is drawn of them.
import { describe, expect, test } from 'vitest';
import { type FigureBars, type FigureCells, type FigureSpec, reachOf, withReach } from '../../../src/core/view/figure-spec';
import { confusionFigure, confusionTable } from '../../../src/core/view/media-confusion';
import { averagePrecision, curveFigure, kindOf, rocArea } from '../../../src/core/view/media-curve';
import { histogramFigure, histogramsFigure, histogramTable } from '../../../src/core/view/media-histogram';
import { plotlyFigure } from '../../../src/core/view/media-plotly';
import { cellText, columnPictures, isNumeric, sortedRows, tableNote, tableTsv } from '../../../src/core/view/media-table';

const cellsOf = (figure: FigureSpec) => (figure.layers[0] as FigureCells).cells;

describe('histogram', () => {
  const boxes = (figure: FigureSpec) => (figure.layers[0] as FigureBars).boxes;

  test('bins of one width are as high as they were counted', () => {
    const figure = histogramFigure('w', { edges: [0, 1, 2], counts: [4, 2] });
    expect(boxes(figure)).toMatchObject([
      { x0: 0, x1: 1, y1: 4 },
      { x0: 1, x1: 2, y1: 2, says: '1 to 2: 2' },
    ]);
    expect(figure.notes).toEqual(['6 values in 2 bins']);
    expect(histogramTable({ edges: [0, 1], counts: [4] })).toEqual({ columns: ['from', 'to', 'count'], rows: [[0, 1, 4]] });
  });

  test('others are spread over equal ones, and none is lost', () => {
    const figure = histogramFigure('w', { edges: [0, 16, 64], counts: [160, 480] });
    expect(boxes(figure)).toHaveLength(64);
    expect(new Set(boxes(figure).map(({ y1 }) => Number(y1.toFixed(9))))).toEqual(new Set([10]));
    expect(figure.notes).toEqual(['640 values in 2 bins', 'of different widths, drawn in 64 equal ones']);
  });

  test('bins to infinity and nothing at all are answers', () => {
    const figure = histogramFigure('w', { edges: [Number.NEGATIVE_INFINITY, 0, 1], counts: [3, 1] });
    expect(boxes(figure)).toHaveLength(1);
    expect(figure.notes).toEqual(['4 values in 2 bins', '1 bin to infinity is not drawn']);
    const empty = histogramFigure('w', { edges: [0], counts: [] });
    expect(empty.x.min < empty.x.max && empty.y.min < empty.y.max).toBe(true);
  });

  test('over steps, each column holds that step’s shares whatever its edges', () => {
    const figure = histogramsFigure('w', [
      { step: 0, histogram: { edges: [0, 48], counts: [96] } },
      { step: 5, histogram: { edges: [0, 24, 48], counts: [0, 7] } },
    ]);
    const cells = cellsOf(figure);
    const column = (at: number) => cells.filter(({ x0 }) => x0 === at - 0.5);
    expect(column(0)).toHaveLength(48);
    // Half as wide, twice as dense.
    expect(column(1)).toHaveLength(24);
    expect(column(1)[0]?.strength).toBeCloseTo(2 * (column(0)[0]?.strength ?? 0), 12);
    expect(Math.max(...cells.map(({ strength }) => strength))).toBe(1);
    expect(figure.x.ticks?.map(({ text }) => text)).toEqual(['0', '5']);
  });

  test('steps that all hold one value have a column each', () => {
    const cells = cellsOf(
      histogramsFigure(
        'w',
        [1, 2].map((step) => ({ step, histogram: { edges: [3, 3], counts: [5] } })),
      ),
    );
    expect(cells.map(({ strength }) => strength)).toEqual([1, 1]);
    expect(histogramsFigure('w', []).layers).toEqual([{ kind: 'cells', cells: [] }]);
  });
});

test('figures side by side share their axes, but never names', () => {
  const [low, high] = [histogramFigure('a', { edges: [0, 1], counts: [4] }), histogramFigure('b', { edges: [-3, -2], counts: [40] })];
  const shared = withReach(low, [reachOf(low), reachOf(high)]);
  expect(shared.x).toMatchObject({ min: high.x.min, max: low.x.max });
  expect(shared.y).toMatchObject({ min: 0, max: high.y.max });
  expect(withReach(low, [reachOf(low)])).toBe(low);
  const matrix = confusionFigure('m', { labels: ['a'], counts: [[1]] });
  expect(withReach(matrix, [reachOf(low)])).toBe(matrix);
});

describe('confusion matrix', () => {
  const matrix = {
    labels: ['cat', 'dog'],
    counts: [
      [8, 2],
      [0, 0],
    ],
  };

  test('counts and shares of the actual class, the first class at the top', () => {
    const figure = confusionFigure('m', matrix);
    expect(cellsOf(figure)[0]).toMatchObject({ x0: -0.5, y0: 0.5, strength: 0.8, texts: ['8', '80.0 %'], says: 'actual cat, predicted cat: 8, 80.0 % of 10' });
    expect(figure.y.ticks?.map(({ text }) => text)).toEqual(['dog', 'cat']);
    expect(figure.notes[0]).toBe('accuracy 80.0 % (8 of 10)');
  });

  test('a class that never came has no recall', () => {
    expect(confusionTable(matrix).rows).toEqual([
      ['cat', 8, 2, 10, 0.8],
      ['dog', 0, 0, 0, null],
    ]);
  });

  test('five hundred classes are drawn where they hold something', () => {
    const labels = Array.from({ length: 500 }, (_, i) => `c${i}`);
    const figure = confusionFigure('m', { labels, counts: labels.map((_, i) => labels.map((__, j) => (i === j || j === 0 ? 3 : 0))) });
    expect(cellsOf(figure)).toHaveLength(999);
  });
});

describe('curves', () => {
  test('are told apart by their axes', () => {
    expect([
      kindOf({ x: 'Recall', y: 'Precision' }),
      kindOf({ x: 'False positive rate', y: 'True positive rate' }),
      kindOf({ x: 'fpr', y: 'tpr' }),
      kindOf({ x: 'epoch', y: 'loss' }),
    ]).toEqual(['pr', 'roc', 'roc', 'other']);
  });

  test('the area below a ROC curve, in whatever order its points come', () => {
    expect(rocArea({ name: '', x: [0, 0, 1], y: [0, 1, 1] })).toBe(1);
    expect(rocArea({ name: '', x: [1, 0.5, 0], y: [1, 0.5, 0] })).toBe(0.5);
    expect(rocArea({ name: '', x: [0, 0.5], y: [0, 0.5] })).toBeNull();
    expect(rocArea({ name: '', x: [], y: [] })).toBeNull();
  });

  test('average precision is scikit-learn’s', () => {
    // precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]): average_precision_score is 0.8333…
    expect(averagePrecision({ name: '', x: [1, 1, 0.5, 0.5, 0], y: [0.5, 2 / 3, 0.5, 1, 1] })).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 12);
    expect(averagePrecision({ name: '', x: [0, 0.5], y: [1, 1] })).toBeNull();
  });

  test('the method stands beside the number, and chance in a ROC figure', () => {
    const roc = curveFigure('r', {
      x: 'fpr',
      y: 'tpr',
      lines: [
        { name: 'a', x: [0, 1], y: [0, 1] },
        { name: 'b', x: [0, 0.5], y: [0, 0.5] },
      ],
    });
    expect(roc.notes).toEqual(['AUC a 0.5 (area by the trapezoid rule over the points kept)', 'no area of one line: it must reach from 0 to 1']);
    expect(roc.layers).toMatchObject([{ label: 'chance', dashed: true }, { label: 'a' }, { label: 'b' }]);
    expect(curveFigure('o', { x: 'epoch', y: 'loss', lines: [] }).notes).toEqual(['nothing to draw: no point is finite']);
  });
});

describe('plotly', () => {
  const read = (figure: unknown) => plotlyFigure('p', JSON.stringify(figure));

  test('lines, dots, bars, histograms and heat maps are drawn', () => {
    const line = read({
      data: [{ x: [0, 1], y: [2, null], mode: 'lines+markers', name: 'a<br>b' }],
      layout: { title: { text: 'T' }, yaxis: { type: 'log' }, xaxis: { title: { text: 'X' } } },
    });
    expect(line).toMatchObject({
      kind: 'figure',
      figure: {
        title: 'T',
        x: { label: 'X' },
        y: { scale: 'log' },
        layers: [
          { kind: 'line', label: 'a b', y: [2, Number.NaN] },
          { kind: 'dots', label: '' },
        ],
      },
    });
    expect(read({ data: [{ type: 'bar', orientation: 'h', x: [3, -1], y: ['a', 'b'] }] })).toMatchObject({
      figure: {
        y: { scale: 'category' },
        layers: [
          {
            boxes: [
              { x0: 0, x1: 3, says: 'a: 3' },
              { x0: -1, x1: 0 },
            ],
          },
        ],
      },
    });
    expect(read({ data: [{ type: 'histogram', x: [1, 1, 2] }] })).toMatchObject({ figure: { layers: [{ kind: 'bars' }] } });
    expect(
      read({
        data: [
          {
            type: 'heatmap',
            z: [
              [0, 1],
              [2, null],
            ],
          },
        ],
      }),
    ).toMatchObject({ figure: { layers: [{ cells: [{ strength: 0 }, { strength: 0.5 }, { strength: 1 }] }] } });
  });

  test('packed columns of newer versions are read', () => {
    // Float64 1.5, 2.5
    const y = { dtype: 'f8', bdata: 'AAAAAAAA+D8AAAAAAAAEQA==' };
    expect(read({ data: [{ type: 'scatter', y }] })).toMatchObject({ figure: { layers: [{ x: [0, 1], y: [1.5, 2.5] }, { kind: 'dots' }] } });
    expect(read({ data: [{ type: 'heatmap', z: { ...y, shape: '1, 2' } }] })).toMatchObject({
      figure: { layers: [{ cells: [{ strength: 0 }, { strength: 1 }] }] },
    });
  });

  test.each([
    ['{', 'It is no valid JSON.'],
    ['[]', 'It holds no traces.'],
    ['{"data":[{"type":"sankey"}]}', 'A trace of the type “sankey” is not drawn here.'],
    ['{"data":[{"type":"constructor"}]}', 'A trace of the type “constructor” is not drawn here.'],
    ['{"data":[{"y":[1]},{"y":[1],"xaxis":"x2","yaxis":"y2"}]}', 'It has several pairs of axes.'],
    ['{"data":[{"y":[]}]}', 'Its traces hold no points.'],
    ['{"data":[{"y":{"dtype":"f8","bdata":"AAA="}}]}', 'Its traces hold no points.'],
  ])('%s is told, not drawn', (json, why) => expect(plotlyFigure('p', json)).toEqual({ kind: 'not-drawn', why }));
});

describe('table', () => {
  const table = {
    columns: ['name', 'score', 'picture'],
    rows: [
      ['b', 2, null],
      ['a', Number.NaN, { content: 'a.png', form: 'image' as const }],
      ['c', -1, null],
      ['a', 10, null],
    ],
  };

  test('numbers by value, what is missing last either way, ties in their order', () => {
    expect([...sortedRows(table, { column: 1, descending: false })]).toEqual([2, 0, 3, 1]);
    expect([...sortedRows(table, { column: 1, descending: true })]).toEqual([3, 0, 2, 1]);
    expect([...sortedRows(table, { column: 0, descending: false })]).toEqual([1, 3, 0, 2]);
    expect([...sortedRows(table, null)]).toEqual([0, 1, 2, 3]);
  });

  test('pictures of a column are walked in the order of the rows', () => {
    const rows = ['b', 'a'].map((name) => [{ content: `${name}.png`, form: 'image' as const }]);
    const items = columnPictures({ columns: ['p'], rows: [...rows, [null]] }, [1, 2, 0], 0);
    expect(items.map(({ content, type, index, caption }) => `${index} ${content} ${type} ${caption}`)).toEqual([
      '0 a.png image/png row 1',
      '2 b.png image/png row 3',
    ]);
  });

  test('cells at full precision, and what was left out is said', () => {
    expect([1 / 3, -0, true, null, { content: 'a.png', form: 'image' as const }].map(cellText)).toEqual(['0.3333333333333333', '-0', 'true', '', 'a.png']);
    expect([isNumeric(table, 0), isNumeric(table, 1)]).toEqual([false, true]);
    expect(tableNote({ ...table, moreRows: 1 })).toBe('4 rows, 3 columns; 1 more row left out at import');
    expect(tableTsv(table, [3])).toBe('name\tscore\tpicture\na\t10\t');
  });
});
