// Two params as a grid: the mean outcome of the runs in each cell, empty cells left open.

import { shortNumber } from '../core/view/chart-numbers';
import type { HeatSpec } from '../core/view/plot-spec';
import { fontSize, type Size, textWidth } from './layout';
import { fitted, horizontalLabels, labelWidth, placer, ticksAt, verticalLabels } from './plot-axes';
import { inkOn, ramp } from './plot-ramp';
import type { Pixel, Plot, Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

const gap = 2;

export function heatPlot(spec: HeatSpec, { width, height }: Size, theme: ChartTheme): Plot {
  const [top, bottom] = [24, height - 38];
  const yTicks = ticksAt(spec.y, 8, bottom, top);
  const room = labelWidth(yTicks, Math.floor(width / 3));
  const [left, right] = [room + 12, width - 12];
  const x = placer(spec.x, left, right);
  const y = placer(spec.y, bottom, top);
  const xTicks = ticksAt(spec.x, 8, left, right);
  const [cellWidth, cellHeight] = [(right - left) / (spec.x.max - spec.x.min), (bottom - top) / (spec.y.max - spec.y.min)];
  const boxes = spec.cells.map((cell) => ({ cell, x: x(cell.x) - cellWidth / 2 + gap / 2, y: y(cell.y) - cellHeight / 2 + gap / 2 }));
  const owners = new Map<string, Pixel>(spec.cells.flatMap((cell) => cell.owners.map((owner) => [owner, [x(cell.x), y(cell.y)]] as const)));
  return {
    shapes: [
      { kind: 'text', x: 4, y: 4, text: fitted(spec.y.label, width - 8), colour: theme.faintText, align: 'left', size: fontSize },
      { kind: 'rect', x: left, y: top, width: right - left, height: bottom - top, fill: theme.grid, opacity: 0.5 },
      ...verticalLabels(yTicks, left, right, room, theme, false),
      ...horizontalLabels(xTicks, bottom + 7, right - left, theme, true),
      {
        kind: 'text',
        x: (left + right) / 2,
        y: height - 15,
        text: fitted(spec.x.label, right - left),
        colour: theme.faintText,
        align: 'center',
        size: fontSize,
      },
      ...boxes.flatMap(({ cell, x: boxLeft, y: boxTop }): readonly Shape[] => [
        { kind: 'rect', x: boxLeft, y: boxTop, width: cellWidth - gap, height: cellHeight - gap, fill: ramp(cell.standing, theme), opacity: 1 },
        ...cellText(cell, boxLeft + (cellWidth - gap) / 2, boxTop + (cellHeight - gap) / 2, cellWidth, cellHeight, theme),
      ]),
    ],
    hit: (px, py) => {
      const found = boxes.find((box) => px >= box.x && px <= box.x + cellWidth && py >= box.y && py <= box.y + cellHeight);
      return found ? { owners: found.cell.owners, at: [x(found.cell.x), y(found.cell.y)] } : null;
    },
    pathOf: (owner) => [owners.get(owner)].filter((place) => place !== undefined),
    order: [...spec.cells].sort((a, b) => a.y - b.y || a.x - b.x).flatMap(({ owners: [first] }) => first ?? []),
  };
}

/** The mean, and below it the number of runs, where they fit. */
function cellText(
  { mean, owners, standing }: HeatSpec['cells'][number],
  x: number,
  y: number,
  width: number,
  height: number,
  theme: ChartTheme,
): readonly Shape[] {
  const value = shortNumber(mean, 3);
  if (textWidth(value) > width - 6 || height < 16) return [];
  const colour = inkOn(standing, theme);
  const two = height >= 34;
  return [
    { kind: 'text', x, y: two ? y - 13 : y - 6, text: value, colour, align: 'center', size: fontSize },
    ...(two ? [{ kind: 'text' as const, x, y: y + 1, text: `n = ${owners.length}`, colour, align: 'center' as const, size: fontSize - 1 }] : []),
  ];
}
