// Parallel coordinates: an axis a param, the metric last, a line a run.

import type { ParallelLine, ParallelSpec } from '../core/view/plot-spec';
import { fontSize, type Size } from './layout';
import { fitted, labelWidth, placer, ticksAt, verticalLabels } from './plot-axes';
import { ramp } from './plot-ramp';
import type { Hit, Pixel, Plot, Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

const reach = 8;

export function parallelPlot(spec: ParallelSpec, { width, height }: Size, theme: ChartTheme): Plot {
  const [top, bottom] = [26, height - 10];
  const count = spec.axes.length;
  const wanted = Math.max(2, Math.min(7, Math.round(height / 48)));
  const ticks = spec.axes.map((axis) => ticksAt(axis, wanted, bottom, top));
  const slot = width / Math.max(1, count);
  const rooms = ticks.map((some) => labelWidth(thinned(some), Math.max(30, slot * 0.5)));
  const first = (rooms[0] ?? 0) + 14;
  // The metric's numbers stand outside, right of its axis.
  const last = (rooms.at(-1) ?? 0) + 14;
  const step = count > 1 ? (width - first - last) / (count - 1) : 0;
  const xs = spec.axes.map((_, i) => first + i * step);
  const ys = spec.axes.map((axis) => placer(axis, bottom, top));
  const paths = new Map(spec.lines.map((line) => [line.owner, pathsOf(line, spec, xs, ys)] as const));
  // The best are drawn last, so that they are not hidden.
  const drawn = [...spec.lines].sort((a, b) => (Number.isNaN(a.standing) ? -1 : a.standing) - (Number.isNaN(b.standing) ? -1 : b.standing));
  const opacity = spec.lines.length > 200 ? 0.35 : spec.lines.length > 60 ? 0.55 : 0.85;
  return {
    shapes: [
      ...drawn.flatMap((line) =>
        (paths.get(line.owner) ?? []).map(
          (points): Shape => ({
            kind: 'line',
            points,
            colour: colourOf(line, spec, theme),
            width: spec.lines.length > 60 ? 1.1 : 1.6,
            opacity: spec.colour === 'standing' && !(line.standing > 0.5) ? opacity * 0.75 : opacity,
          }),
        ),
      ),
      ...spec.axes.flatMap((axis, i): readonly Shape[] => {
        const x = xs[i] as number;
        const room = i === 0 ? first : step;
        return [
          {
            kind: 'line',
            points: [
              [x, top],
              [x, bottom],
            ],
            colour: theme.faintText,
            width: 1,
            opacity: 0.7,
          },
          ...(i === count - 1 && count > 1
            ? verticalLabels(thinned(ticks[i] ?? []), x, x, last, theme, false).map((shape) => outside(shape, x))
            : backed(verticalLabels(thinned(ticks[i] ?? []), x, x, Math.min(rooms[i] ?? 40, room - 12), theme, false), theme)),
          {
            kind: 'text',
            x: i === 0 ? Math.max(4, x - first + 4) : i === count - 1 ? width - 4 : x,
            y: 4,
            text: fitted(axis.scale === 'log' ? `${axis.label} (log)` : axis.label, Math.max(40, step - 10)),
            colour: theme.text,
            align: i === 0 ? 'left' : i === count - 1 ? 'right' : 'center',
            size: fontSize,
            strong: true,
          },
        ];
      }),
    ],
    hit: (x, y) => nearest(spec.lines, paths, x, y),
    pathOf: (owner) => (paths.get(owner) ?? []).flat(),
    order: [...drawn].reverse().map(({ owner }) => owner),
  };
}

/** A number right of its axis instead of left. */
const outside = (shape: Shape, x: number): Shape => (shape.kind === 'text' ? { ...shape, x: x + 6, align: 'left' } : shape);

/** Lines pass behind the numbers of an axis: a pale ground keeps those readable. */
const backed = (labels: readonly Shape[], theme: ChartTheme): readonly Shape[] =>
  labels.flatMap((label): readonly Shape[] => {
    if (label.kind !== 'text') return [label];
    const width = Math.min(120, label.text.length * 6.6 + 4);
    return [{ kind: 'rect', x: label.x - width, y: label.y - 1, width: width + 2, height: 14, fill: theme.background, opacity: 0.75 }, label];
  });

/** At most twelve texts an axis: a thousand levels are no labels. */
const thinned = <T>(ticks: readonly T[]): readonly T[] => ticks.filter((_, i) => i % Math.ceil(ticks.length / 12) === 0);

const colourOf = ({ style, standing }: ParallelLine, { colour }: ParallelSpec, theme: ChartTheme): string =>
  colour === 'run' ? (theme.dark ? style.colour.dark : style.colour.light) : Number.isNaN(standing) ? theme.axis : ramp(standing, theme);

/** Stretches of a line between axes on which the run has a place. */
function pathsOf(line: ParallelLine, { axes }: ParallelSpec, xs: readonly number[], ys: readonly ((value: number) => number)[]): readonly (readonly Pixel[])[] {
  const stretches: Pixel[][] = [[]];
  for (let i = 0; i < axes.length; i++) {
    const y = (ys[i] as (value: number) => number)(line.values[i] as number);
    if (Number.isFinite(y)) stretches.at(-1)?.push([xs[i] as number, y]);
    else if (stretches.at(-1)?.length) stretches.push([]);
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

function nearest(lines: readonly ParallelLine[], paths: ReadonlyMap<string, readonly (readonly Pixel[])[]>, x: number, y: number): Hit | null {
  let best: Hit | null = null;
  let least = reach;
  for (const { owner } of lines) {
    for (const path of paths.get(owner) ?? []) {
      for (let i = 0; i + 1 < path.length; i++) {
        const found = distanceTo(path[i] as Pixel, path[i + 1] as Pixel, x, y);
        if (found < least) {
          least = found;
          best = { owners: [owner], at: [x, y] };
        }
      }
    }
  }
  return best;
}

function distanceTo([x0, y0]: Pixel, [x1, y1]: Pixel, x: number, y: number): number {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const share = length > 0 ? Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) : 0;
  return Math.hypot(x - (x0 + share * (x1 - x0)), y - (y0 + share * (y1 - y0)));
}
