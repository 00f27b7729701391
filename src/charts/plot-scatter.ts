// Runs as dots over two axes: a param or a metric against the outcome, with means of levels where there are several runs.

import type { PlotPoint, ScatterSpec } from '../core/view/plot-spec';
import { fontSize, type Size } from './layout';
import { fitted, horizontalLabels, labelWidth, placer, ticksAt, verticalLabels } from './plot-axes';
import type { Hit, Pixel, Plot, Shape } from './plot-shapes';
import type { ChartTheme } from './theme';

/** How near the pointer must come to a dot, in pixels. */
const reach = 14;

export function scatterPlot(spec: ScatterSpec, { width, height }: Size, theme: ChartTheme): Plot {
  const wantedY = Math.max(2, Math.min(7, Math.round(height / 44)));
  const [top, bottom] = [8, height - 38];
  const yTicks = ticksAt(spec.y, wantedY, bottom, top);
  const room = labelWidth(yTicks, Math.floor(width / 4));
  const [left, right] = [room + 12, width - 12];
  const x = placer(spec.x, left, right);
  const y = placer(spec.y, bottom, top);
  const xTicks = ticksAt(spec.x, Math.max(2, Math.min(8, Math.floor((right - left) / 64))), left, right);
  const category = spec.x.scale === 'category';
  const spread = spreadOf(spec, x, right - left);
  const places = new Map(spec.points.map((point) => [point.owner, [x(point.x) + jitter(point.owner) * spread, y(point.y)] as const]));
  const size = spec.points.length > 300 ? 6 : spec.points.length > 60 ? 8 : 9;
  const dots = spec.points.flatMap((point): readonly Shape[] => {
    const [px, py] = places.get(point.owner) as Pixel;
    if (!Number.isFinite(px + py)) return [];
    const colour = theme.dark ? point.style.colour.dark : point.style.colour.light;
    return [{ kind: 'mark', x: px, y: py, marker: point.style.marker, size, colour, opacity: spec.points.length > 120 ? 0.75 : 0.9 }];
  });
  return {
    shapes: [
      ...verticalLabels(yTicks, left, right, room, theme, true),
      ...xTicks.map(
        ({ pixel }): Shape => ({
          kind: 'line',
          points: [
            [pixel, bottom],
            [pixel, bottom + 4],
          ],
          colour: theme.axis,
          width: 1,
          opacity: 1,
        }),
      ),
      {
        kind: 'line',
        points: [
          [left, bottom],
          [right, bottom],
        ],
        colour: theme.axis,
        width: 1,
        opacity: 1,
      },
      ...horizontalLabels(xTicks, bottom + 7, right - left, theme, category),
      {
        kind: 'text',
        x: (left + right) / 2,
        y: height - 15,
        text: fitted(axisTitle(spec), right - left),
        colour: theme.faintText,
        align: 'center',
        size: fontSize,
      },
      ...spec.means.flatMap((mean) => meanShapes(mean, x, (value) => Math.max(top, Math.min(bottom, y(value))), theme)),
      ...dots,
    ],
    hit: (px, py) => nearest(spec.points, places, px, py),
    pathOf: (owner) => [places.get(owner)].filter((place) => place !== undefined && Number.isFinite(place[0] + place[1])) as readonly Pixel[],
    order: [...spec.points]
      .filter(({ owner }) => finite(places.get(owner)))
      .sort((a, b) => a.x - b.x || a.y - b.y)
      .map(({ owner }) => owner),
  };
}

/** How far dots of one level are set beside one another, so that they do not hide: within their level, and nothing where values differ anyway. */
function spreadOf({ x: { ticks }, points }: ScatterSpec, x: (value: number) => number, width: number): number {
  if (!ticks || ticks.length < 1 || new Set(points.map((point) => point.x)).size > ticks.length) return 0;
  const pixels = ticks.map(({ at }) => x(at)).sort((a, b) => a - b);
  const least = pixels.reduce((gap, pixel, i) => (i === 0 ? gap : Math.min(gap, pixel - (pixels[i - 1] as number))), width);
  return Math.min(14, least * 0.3);
}

const axisTitle = ({ x }: ScatterSpec): string => (x.scale === 'log' ? `${x.label}, log` : x.label);
const finite = (place: Pixel | undefined): boolean => place !== undefined && Number.isFinite(place[0] + place[1]);

/** A bar at the mean and a line over its interval, behind the dots. */
function meanShapes(mean: ScatterSpec['means'][number], x: (value: number) => number, y: (value: number) => number, theme: ChartTheme): readonly Shape[] {
  const [at, middle, low, high] = [x(mean.x), y(mean.y), y(mean.low), y(mean.high)];
  if (!Number.isFinite(at + middle)) return [];
  const bar: Shape = {
    kind: 'line',
    points: [
      [at - 9, middle],
      [at + 9, middle],
    ],
    colour: theme.text,
    width: 2,
    opacity: 0.55,
  };
  if (!Number.isFinite(low + high)) return [bar];
  return [
    {
      kind: 'line',
      points: [
        [at, low],
        [at, high],
      ],
      colour: theme.text,
      width: 1.25,
      opacity: 0.4,
    },
    bar,
  ];
}

function nearest(points: readonly PlotPoint[], places: ReadonlyMap<string, Pixel>, px: number, py: number): Hit | null {
  let best: Hit | null = null;
  let least = reach;
  for (const { owner } of points) {
    const [x, y] = places.get(owner) as Pixel;
    const distance = Math.hypot(x - px, y - py);
    if (distance < least) {
      least = distance;
      best = { owners: [owner], at: [x, y] };
    }
  }
  return best;
}

/** −1 to 1, always the same for a run: dots of one level lie beside one another. */
export function jitter(owner: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < owner.length; i++) hash = Math.imul(hash ^ owner.charCodeAt(i), 0x01000193);
  return ((hash >>> 8) % 2001) / 1000 - 1;
}
