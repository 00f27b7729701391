// Figure spec → shapes in pixels, and what lies under a pixel. Pure, so that both are tested without drawing.

import { shortNumber } from '../core/view/chart-numbers';
import type { FigureBox, FigureCell, FigureLayer, FigureLine, FigureSpec } from '../core/view/figure-spec';
import type { PlotAxis } from '../core/view/plot-spec';
import { fontSize, type Size, textWidth } from './layout';
import { fitted, horizontalLabels, labelWidth, placer, ticksAt, verticalLabels } from './plot-axes';
import { inkOn, ramp } from './plot-ramp';
import type { Pixel, Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

export interface FigureHit {
  readonly at: Pixel;
  readonly says: string;
}

export interface Figure {
  readonly shapes: readonly Shape[];
  /** What lies under a pixel, or near it; null for nothing. */
  hit(x: number, y: number): FigureHit | null;
}

/** How near the pointer must come to a point, in pixels. */
const reach = 16;
/** Markers drawn; more are a cloud anyway, and each costs an object. */
const mostMarks = 5000;

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function figureOf(spec: FigureSpec, { width, height }: Size, theme: ChartTheme): Figure {
  const [top, bottom] = [spec.y.label === '' ? 10 : 24, height - (spec.x.label === '' ? 24 : 38)];
  const category = spec.x.scale === 'category';
  const yTicks = thinned(ticksAt(spec.y, Math.max(2, Math.min(7, Math.round(height / 44))), bottom, top), Math.max(1, Math.floor((bottom - top) / 13)));
  const room = labelWidth(yTicks, Math.floor(width / 4));
  const [left, right] = [room + 12, width - 12];
  const frame: Frame = { left, right, top, bottom, x: placer(spec.x, left, right), y: placer(spec.y, bottom, top) };
  const xTicks = ticksAt(spec.x, Math.max(2, Math.min(8, Math.floor((right - left) / 64))), left, right);
  const placed = new Map(spec.layers.flatMap((layer) => (layer.kind === 'line' || layer.kind === 'dots' ? [[layer, pointsOf(layer, frame)] as const] : [])));
  const grid = spec.layers.every(({ kind }) => kind !== 'cells');
  const text = (x: number, y: number, words: string, align: 'left' | 'center'): Shape => ({
    kind: 'text',
    x,
    y,
    text: words,
    colour: theme.faintText,
    align,
    size: fontSize,
  });
  return {
    shapes: [
      ...(spec.y.label === '' ? [] : [text(4, 4, fitted(titled(spec.y), width - 8), 'left')]),
      ...verticalLabels(yTicks, left, right, room, theme, grid),
      ...(grid ? [{ kind: 'line' as const, points: [[left, bottom] as const, [right, bottom] as const], colour: theme.axis, width: 1, opacity: 1 }] : []),
      ...horizontalLabels(xTicks, bottom + 7, right - left, theme, category),
      ...(spec.x.label === '' ? [] : [text((left + right) / 2, height - 15, fitted(titled(spec.x), right - left), 'center')]),
      ...spec.layers.flatMap((layer) => layerShapes(layer, frame, theme)),
    ],
    hit: (px, py) => hitOf(spec, frame, placed, px, py),
  };
}

const titled = ({ label, scale }: PlotAxis): string => (scale === 'log' ? `${label}, log` : label);
const thinned = <T>(ticks: readonly T[], room: number): readonly T[] => ticks.filter((_, i) => i % Math.ceil(ticks.length / room) === 0);

function layerShapes(layer: FigureLayer, frame: Frame, theme: ChartTheme): readonly Shape[] {
  switch (layer.kind) {
    case 'line':
      return stretchesOf(layer, frame)
        .flatMap((points) => (layer.dashed ? dashed(points) : [points]))
        .map((points): Shape => {
          const colour = theme.dark ? layer.colour.dark : layer.colour.light;
          const [x, y] = points[0] as Pixel;
          // A line without length is a dot: a curve of one threshold, or of many that come to the same.
          if (points.every((point) => Math.hypot(point[0] - x, point[1] - y) < 1)) return { kind: 'mark', x, y, marker: 'circle', size: 6, colour, opacity: 1 };
          return { kind: 'line', points, colour, width: layer.dashed ? 1 : 1.6, opacity: 1 };
        });
    case 'dots': {
      const every = Math.ceil(layer.x.length / mostMarks);
      return pointsOf(layer, frame)
        .filter((_, i) => i % every === 0)
        .map(({ at: [x, y] }) => ({
          kind: 'mark',
          x,
          y,
          marker: 'circle',
          size: layer.x.length > 200 ? 4 : 6,
          colour: theme.dark ? layer.colour.dark : layer.colour.light,
          opacity: layer.x.length > 200 ? 0.6 : 0.9,
        }));
    }
    case 'bars':
      return layer.boxes.map((box) => {
        const { x, y, width, height } = rectOf(box, frame);
        const gap = width > 4 ? 1 : 0;
        return { kind: 'rect', x: x + gap / 2, y, width: width - gap, height, fill: theme.dark ? layer.colour.dark : layer.colour.light, opacity: 0.85 };
      });
    case 'cells':
      return [
        { kind: 'rect', x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, fill: theme.grid, opacity: 0.5 },
        ...layer.cells.flatMap((cell) => cellShapes(cell, frame, theme)),
      ];
  }
}

function cellShapes(cell: FigureCell, frame: Frame, theme: ChartTheme): readonly Shape[] {
  const { x, y, width, height } = rectOf(cell, frame);
  const gap = width > 8 && height > 8 ? 1 : 0;
  const fill = ramp(cell.strength, theme);
  // Cells without a gap overlap by a hair, so that no seams show between them.
  const rect: Shape = { kind: 'rect', x, y, width: gap ? width - gap : width + 0.6, height: gap ? height - gap : height + 0.6, fill, opacity: 1 };
  const [first, second] = cell.texts;
  if (first === undefined || textWidth(first) > width - 4 || height < 15) return [rect];
  const two = second !== undefined && height >= 32 && textWidth(second, fontSize - 1) <= width - 4;
  const ink = { kind: 'text' as const, colour: inkOn(cell.strength, theme), align: 'center' as const, x: x + width / 2 };
  const middle = y + height / 2;
  return [
    rect,
    { ...ink, y: two ? middle - 13 : middle - 6, text: first, size: fontSize },
    ...(two ? [{ ...ink, y: middle + 1, text: second, size: fontSize - 1 }] : []),
  ];
}

function rectOf(box: FigureBox, { x, y }: Frame): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const [x0, x1, y0, y1] = [x(box.x0), x(box.x1), y(box.y0), y(box.y1)];
  return { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.max(0.5, Math.abs(x1 - x0)), height: Math.abs(y1 - y0) };
}

const pointsOf = ({ x, y }: FigureLine, frame: Frame): readonly { readonly at: Pixel; readonly index: number }[] =>
  x.flatMap((value, index) => {
    const at: Pixel = [frame.x(value), frame.y(y[index] as number)];
    return Number.isFinite(at[0] + at[1]) ? [{ at, index }] : [];
  });

/** A line without its gaps; a point that lies where the one before does adds nothing to the picture. */
function stretchesOf({ x, y }: FigureLine, frame: Frame): readonly (readonly Pixel[])[] {
  const stretches: Pixel[][] = [[]];
  for (const [i, value] of x.entries()) {
    const at: Pixel = [frame.x(value), frame.y(y[i] as number)];
    if (!Number.isFinite(at[0] + at[1])) {
      if (stretches.at(-1)?.length) stretches.push([]);
      continue;
    }
    const line = stretches.at(-1) as Pixel[];
    const [a, b] = [line.at(-2), line.at(-1)];
    if (a && b && Math.abs(b[0] - at[0]) < 0.2 && Math.abs(b[1] - at[1]) < 0.2) line[line.length - 1] = at;
    else line.push(at);
  }
  return stretches.filter((line) => line.length > 0);
}

/** A line as dashes of 5 pixels. */
function dashed(points: readonly Pixel[]): readonly (readonly Pixel[])[] {
  return points.slice(1).flatMap(([x1, y1], i) => {
    const [x0, y0] = points[i] as Pixel;
    const count = Math.min(200, Math.floor(Math.hypot(x1 - x0, y1 - y0) / 10));
    const along = (part: number): Pixel => [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
    return Array.from({ length: count }, (_, dash) => [along(dash / count), along((dash + 0.5) / count)] as const);
  });
}

type Placed = ReturnType<typeof pointsOf>;

function hitOf(spec: FigureSpec, frame: Frame, placed: ReadonlyMap<FigureLayer, Placed>, px: number, py: number): FigureHit | null {
  let best: FigureHit | null = null;
  let least = reach;
  for (const layer of spec.layers.toReversed()) {
    if (layer.kind === 'cells' || layer.kind === 'bars') {
      const boxes: readonly FigureBox[] = layer.kind === 'cells' ? layer.cells : layer.boxes;
      const found = boxes.find((box) => {
        const { x, y, width, height } = rectOf(box, frame);
        // A low bar is met anywhere above its foot.
        return px >= x && px <= x + width && (layer.kind === 'bars' ? py >= frame.top && py <= frame.bottom : py >= y && py <= y + height);
      });
      if (found && !best) {
        const { x, y, width } = rectOf(found, frame);
        return { at: [x + width / 2, y], says: layer.kind === 'bars' && layer.label !== '' ? `${layer.label}: ${found.says}` : found.says };
      }
      continue;
    }
    for (const { at, index } of placed.get(layer) ?? []) {
      const distance = Math.hypot(at[0] - px, at[1] - py);
      if (distance >= least) continue;
      least = distance;
      best = {
        at,
        says: `${layer.label === '' ? '' : `${layer.label}: `}${placeText(spec.x, layer.x[index] as number)}, ${placeText(spec.y, layer.y[index] as number)}`,
      };
    }
  }
  return best;
}

function placeText(axis: PlotAxis, value: number): string {
  const text = axis.scale === 'category' ? (axis.ticks?.find(({ at }) => at === value)?.text ?? '–') : shortNumber(value);
  return axis.label === '' ? text : `${axis.label} ${text}`;
}
