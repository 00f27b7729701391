// Chart spec → ECharts option. Pure, so that it is tested without drawing.

import { isolated } from '../core/series/downsample';
import type { ChartCurve, ChartSpec } from '../core/view/chart-spec';
import { markerPath } from '../core/view/marker-shapes';
import type { LineStyle, Marker } from '../core/view/run-style';
import { fontSize, type Layout } from './layout';
import { lineMarkers } from './line-markers';
import { onAxis, projectPairs } from './projection';
import type { ChartTheme } from './theme';

export const symbols: Readonly<Record<Marker, string>> = {
  circle: 'circle',
  square: 'rect',
  triangle: 'triangle',
  diamond: 'diamond',
  cross: 'path://M3 0h4v3h3v4h-3v3h-4v-3h-3v-4h3z',
  down: 'path://M0 0h10l-5 9z',
  star: 'path://M5 0l1.5 3.200 3.500.4-2.600 2.400.7 3.500-3.100-1.800-3.100 1.800.7-3.500-2.600-2.400 3.500-.4z',
};

export const dashes: Readonly<Record<LineStyle, 'solid' | number[]>> = { solid: 'solid', dashed: [6, 4], dotted: [2, 3], 'dash-dot': [7, 3, 2, 3] };

/** Where a run is not a number: a cross on the axis, or an arrow towards infinity. */
const markSymbols = { nan: 'path://M1 0l4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z', plus: 'path://M5 0l5 9h-10z', minus: 'path://M0 0h10l-5 9z' } as const;

/** Line widths: with many curves each is thinner, so that they stay apart. */
export const lineWidth = (curves: number): number => (curves > 40 ? 1 : curves > 12 ? 1.25 : 1.6);

export type Series = Readonly<Record<string, unknown>>;

export interface OptionParts {
  readonly xAxis: Series;
  readonly yAxis: Series;
  readonly grid: Series;
  readonly series: readonly Series[];
}

/** @param marked lines carry hollow markers of their own, for paper */
export function optionOf(spec: ChartSpec, layout: Layout, theme: ChartTheme, label: boolean, marked = false): OptionParts {
  const { plot } = layout;
  const width = lineWidth(spec.curves.length);
  const curves = marked && spec.curves.some(({ dots }) => (dots.length / 2) * dotRoom > plot.width) ? spec.curves.map(withoutDots) : spec.curves;
  return {
    grid: { left: plot.left, top: plot.top, width: plot.width, height: plot.height },
    xAxis: {
      ...axisOf(spec.x, layout.xTicks, theme, false),
      name: spec.x.label,
      nameTruncate: { maxWidth: plot.width - 8, ellipsis: '…' },
      // Without room below, the name stands at the end of the row of numbers.
      ...(label ? { nameLocation: 'middle', nameGap: 22 } : { nameLocation: 'end', nameGap: 0 }),
      nameTextStyle: {
        color: theme.faintText,
        fontSize,
        fontFamily: theme.font,
        ...(label ? {} : { align: 'right', verticalAlign: 'top', padding: [7, 0, 0, 0] }),
      },
    },
    yAxis: axisOf(spec.y, layout.yTicks, theme, true),
    series: [
      ...curves.flatMap((curve) => seriesOf(spec, curve, theme, width)),
      ...(marked ? curves.flatMap((curve, at) => lineMarks(spec, curve, at, theme)) : []),
    ],
  };
}

function axisOf(axis: ChartSpec['x'], ticks: Layout['xTicks'], theme: ChartTheme, grid: boolean): Series {
  const texts = new Map(ticks.map((tick) => [onAxis(axis, tick.at), tick.text]));
  const places = [...texts.keys()];
  return {
    type: 'value',
    min: onAxis(axis, axis.min),
    max: onAxis(axis, axis.max),
    animation: false,
    axisLine: { show: !grid, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: !grid, customValues: places, length: 4, lineStyle: { color: theme.axis } },
    axisLabel: {
      customValues: places,
      formatter: (value: number) => texts.get(value) ?? '',
      color: theme.faintText,
      fontSize,
      fontFamily: theme.font,
      margin: 6,
      hideOverlap: true,
    },
    splitLine: { show: grid, lineStyle: { color: theme.grid } },
    axisPointer: { show: false },
  };
}

/** Parts of one curve from back to front: band, raw line, line, dots, marks. Ids are stable, so that a redraw updates them. */
function seriesOf(spec: ChartSpec, curve: ChartCurve, theme: ChartTheme, width: number): Series[] {
  const colour = theme.dark ? curve.style.colour.dark : curve.style.colour.light;
  const common = { animation: false, silent: true, clip: true, zlevel: 1, emphasis: { disabled: true } };
  const lineOf = (id: string, pairs: Float64Array, opacity: number, lineWidth: number): Series => ({
    ...common,
    id: `${curve.id}|${id}`,
    type: 'line',
    data: projectPairs(pairs, spec.x, spec.y),
    dimensions: ['x', 'y'],
    encode: { x: 'x', y: 'y' },
    showSymbol: false,
    symbol: 'none',
    connectNulls: false,
    z: 3,
    lineStyle: { color: colour, width: lineWidth, opacity, type: dashes[curve.style.line], join: 'round' },
  });
  const parts: Series[] = [];
  if (curve.band && curve.band.length > 0) parts.push(bandOf(spec, curve.id, curve.band, colour, common));
  if (curve.raw) parts.push({ ...lineOf('raw', curve.raw, theme.dark ? 0.32 : 0.26, Math.min(1, width)), z: 2 });
  parts.push(lineOf('line', curve.line, curve.member ? 0.4 : 1, curve.member ? 1 : width));
  if (curve.dots.length > 0) {
    parts.push({
      ...common,
      id: `${curve.id}|dots`,
      type: 'scatter',
      data: projectPairs(curve.dots, spec.x, spec.y),
      dimensions: ['x', 'y'],
      symbol: symbols[curve.style.marker],
      symbolSize: curve.dots.length <= 2 ? 7 : 5,
      itemStyle: { color: colour, opacity: curve.member ? 0.5 : 1 },
      z: 4,
    });
  }
  if (curve.marks.length > 0) parts.push(marksOf(spec, curve, colour, common));
  return parts;
}

/** Pixels from one marker to the next, so that each is seen. */
const dotRoom = 12;

/** Markers that would lie on each other tell nothing: then only points without a line keep theirs. */
const withoutDots = (curve: ChartCurve): ChartCurve => ({ ...curve, dots: isolated(curve.line) });

/** Where every point has its dot, those tell the curve; hollow markers are no logged points. */
function lineMarks(spec: ChartSpec, curve: ChartCurve, at: number, theme: ChartTheme): Series[] {
  if (curve.member || curve.dots.length === curve.line.length) return [];
  const pairs = lineMarkers(curve.line, spec, at);
  if (pairs.length === 0) return [];
  return [
    {
      animation: false,
      silent: true,
      clip: true,
      zlevel: 1,
      emphasis: { disabled: true },
      id: `${curve.id}|which`,
      type: 'scatter',
      data: projectPairs(pairs, spec.x, spec.y),
      dimensions: ['x', 'y'],
      symbol: `path://${markerPath(curve.style.marker, 0, 0, 10)}`,
      symbolSize: 8,
      itemStyle: { color: theme.background, borderColor: theme.dark ? curve.style.colour.dark : curve.style.colour.light, borderWidth: 1.4, opacity: 1 },
      z: 6,
    },
  ];
}

function marksOf(spec: ChartSpec, curve: ChartCurve, colour: string, common: Series): Series {
  const [bottom, top] = [onAxis(spec.y, spec.y.min), onAxis(spec.y, spec.y.max)];
  return {
    ...common,
    id: `${curve.id}|marks`,
    type: 'scatter',
    clip: false,
    data: curve.marks.map((mark) => ({
      value: [onAxis(spec.x, mark.x), mark.kind === 'plus' ? top : bottom],
      symbol: markSymbols[mark.kind],
      symbolOffset: [0, mark.kind === 'plus' ? 5 : -5],
    })),
    symbolSize: 8,
    itemStyle: { color: colour },
    z: 5,
  };
}

/** Filled areas between the edges of a band, one for each stretch without a gap. */
function bandOf(spec: ChartSpec, id: string, band: Float64Array, colour: string, common: Series): Series {
  const stretches = stretchesOf(band, spec);
  return {
    ...common,
    id: `${id}|band`,
    type: 'custom',
    z: 1,
    coordinateSystem: 'cartesian2d',
    data: [[0, 0]],
    renderItem: (_: unknown, api: { coord(value: readonly number[]): number[] }) => ({
      type: 'group',
      silent: true,
      children: stretches.map((edge) => ({
        type: 'polygon',
        silent: true,
        shape: { points: edge.map((point) => api.coord(point)) },
        style: { fill: colour, opacity: 0.16 },
      })),
    }),
  };
}

/** Outlines of the stretches of a band, in axis units: along the upper edge and back along the lower. */
export function stretchesOf(band: Float64Array, { x, y }: Pick<ChartSpec, 'x' | 'y'>): readonly (readonly (readonly [number, number])[])[] {
  const stretches: [number, number][][] = [];
  let upper: [number, number][] = [];
  let lower: [number, number][] = [];
  const close = (): void => {
    if (upper.length > 0) stretches.push([...upper, ...lower.reverse()]);
    upper = [];
    lower = [];
  };
  for (let i = 0; i < band.length; i += 3) {
    const [at, low, high] = [onAxis(x, band[i] as number), band[i + 1] as number, onAxis(y, band[i + 2] as number)];
    if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(at)) {
      close();
      continue;
    }
    upper.push([at, high]);
    // A lower edge at or below zero leaves a log axis through its floor.
    lower.push([at, y.scale === 'log' && low <= 0 ? onAxis(y, y.min) : onAxis(y, low)]);
  }
  close();
  return stretches;
}
