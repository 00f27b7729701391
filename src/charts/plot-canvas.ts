// A plot over runs or a figure on screen: one ECharts instance that paints the shapes; what lies where is answered without it.

import type { FigureSpec } from '../core/view/figure-spec';
import type { PlotSpec } from '../core/view/plot-spec';
import { init } from './echarts';
import { type Figure, figureOf } from './figure-shapes';
import type { Size } from './layout';
import { symbols } from './option';
import { type Plot, plotOf, type Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

/** What a spec becomes: shapes to paint, and answers about them. */
interface Painting {
  readonly shapes: readonly Shape[];
}

export interface Canvas<Spec, Made> {
  /** Draws at once. */
  draw(spec: Spec, theme: ChartTheme, size: Size): Made;
  dispose(): void;
}

export const mountPlot = (element: Parameters<typeof init>[0], size: Size): Canvas<PlotSpec, Plot> => mount(element, size, plotOf);
export const mountFigure = (element: Parameters<typeof init>[0], size: Size): Canvas<FigureSpec, Figure> => mount(element, size, figureOf);

function mount<Spec, Made extends Painting>(
  element: Parameters<typeof init>[0],
  size: Size,
  make: (spec: Spec, size: Size, theme: ChartTheme) => Made,
): Canvas<Spec, Made> {
  const chart = init(element, null, { renderer: 'canvas', ...size });
  let at = size;
  return {
    draw: (spec, theme, wanted) => {
      if (wanted.width !== at.width || wanted.height !== at.height) chart.resize({ ...wanted, silent: true });
      at = wanted;
      const made = make(spec, wanted, theme);
      chart.setOption(paintOption(made.shapes, theme), { notMerge: true, silent: true });
      return made;
    },
    dispose: () => chart.dispose(),
  };
}

/** The option of a chart that holds nothing but shapes in pixels: one custom series without a coordinate system. */
export const paintOption = (shapes: readonly Shape[], theme: ChartTheme) => ({
  animation: false,
  series: [
    {
      type: 'custom',
      coordinateSystem: 'none',
      silent: true,
      animation: false,
      data: [0],
      renderItem: () => ({ type: 'group', silent: true, children: shapes.map((shape) => elementOf(shape, theme)) }),
    },
  ],
});

function elementOf(shape: Shape, theme: ChartTheme): object {
  switch (shape.kind) {
    case 'line':
      return {
        type: 'polyline',
        silent: true,
        shape: { points: shape.points.map((point) => [...point]) },
        style: { fill: null, stroke: shape.colour, lineWidth: shape.width, opacity: shape.opacity, lineJoin: 'round' },
      };
    case 'rect': {
      const { x, y, width, height } = shape;
      return {
        type: 'rect',
        silent: true,
        shape: { x, y, width: Math.max(0, width), height: Math.max(0, height) },
        style: { fill: shape.fill, opacity: shape.opacity },
      };
    }
    case 'mark':
      return markOf(shape);
    case 'text':
      return {
        type: 'text',
        silent: true,
        style: {
          x: shape.x,
          y: shape.y,
          text: shape.text,
          fill: shape.colour,
          font: `${shape.strong ? '600 ' : ''}${shape.size}px ${theme.font}`,
          align: shape.align,
          verticalAlign: 'top',
        },
      };
  }
}

/** Markers as the curves have them: a path in a box of ten. */
function markOf({ x, y, marker, size, colour, opacity }: Extract<Shape, { kind: 'mark' }>): object {
  const style = { fill: colour, opacity };
  const half = size / 2;
  if (marker === 'circle') return { type: 'circle', silent: true, shape: { cx: x, cy: y, r: half }, style };
  if (marker === 'square') return { type: 'rect', silent: true, shape: { x: x - half * 0.9, y: y - half * 0.9, width: size * 0.9, height: size * 0.9 }, style };
  const polygons: Readonly<Partial<Record<typeof marker, readonly (readonly [number, number])[]>>> = {
    triangle: [
      [0, -1],
      [1, 0.8],
      [-1, 0.8],
    ],
    diamond: [
      [0, -1.15],
      [1.15, 0],
      [0, 1.15],
      [-1.15, 0],
    ],
  };
  const polygon = polygons[marker];
  if (polygon) return { type: 'polygon', silent: true, shape: { points: polygon.map(([dx, dy]) => [x + dx * half, y + dy * half]) }, style };
  const pathData = symbols[marker].replace('path://', '');
  return {
    type: 'path',
    silent: true,
    shape: { pathData, x: x - half * 1.1, y: y - half * 1.1, width: size * 1.1, height: size * 1.1, layout: 'center' },
    style,
  };
}
