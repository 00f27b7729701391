// A plotly figure as one of ours: scatter, line, bar, histogram and heat map on one pair of axes. Anything else is told, and shown as JSON.

import { fromBase64 } from '../formats/base64';
import { shortNumber } from './chart-numbers';
import { type FigureBox, type FigureLayer, type FigureSpec, figureAxis, figureColour, namesAxis, rangeOf } from './figure-spec';
import type { PlotAxis } from './plot-spec';

export type PlotlyRead = { readonly kind: 'figure'; readonly figure: FigureSpec } | { readonly kind: 'not-drawn'; readonly why: string };

const mostTraces = 60;
const mostPoints = 200_000;
const histogramBins = 40;

type Members = Readonly<Record<string, unknown>>;
const members = (value: unknown): Members => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {});
const refused = (why: string): PlotlyRead => ({ kind: 'not-drawn', why });

/** @param json the figure's text, as `Figure.to_json` writes it */
export function plotlyFigure(title: string, json: string): PlotlyRead {
  let figure: Members;
  try {
    figure = members(JSON.parse(json));
  } catch {
    return refused('It is no valid JSON.');
  }
  const traces = Array.isArray(figure.data) ? figure.data.map(members) : [];
  if (traces.length === 0) return refused('It holds no traces.');
  if (traces.length > mostTraces) return refused(`It holds ${traces.length} traces.`);
  const shown = traces.filter(({ visible }) => visible !== false && visible !== 'legendonly');
  const odd = shown.find((trace) => !drawers[typeOf(trace)]);
  if (odd) return refused(`A trace of the type “${typeOf(odd).slice(0, 40)}” is not drawn here.`);
  if (new Set(shown.map(({ xaxis, yaxis }) => `${xaxis ?? 'x'} ${yaxis ?? 'y'}`)).size > 1) return refused('It has several pairs of axes.');
  const layout = members(figure.layout);
  const [x, y] = [new Axis(), new Axis()];
  const layers = shown.flatMap((trace, at) => drawers[typeOf(trace)]?.(trace, at, x, y) ?? []);
  if (layers.length === 0) return refused('Its traces hold no points.');
  if (x.points > mostPoints) return refused(`It holds ${x.points} points.`);
  const boxes = layers.flatMap((layer) => (layer.kind === 'bars' ? layer.boxes : layer.kind === 'cells' ? layer.cells : []));
  const ends = (low: 'x0' | 'y0', high: 'x1' | 'y1') => boxes.flatMap((box) => [box[low], box[high]]);
  const ofLines = (column: 'x' | 'y') => layers.flatMap((layer) => ('x' in layer ? layer[column] : []));
  return {
    kind: 'figure',
    figure: {
      title: textOf(layout.title) || title,
      x: x.axis(members(layout.xaxis), [...ends('x0', 'x1'), ...ofLines('x')]),
      y: y.axis(members(layout.yaxis), [...ends('y0', 'y1'), ...ofLines('y')]),
      layers,
      notes: ['redrawn from plotly’s data; its own styling is left out'],
    },
  };
}

const typeOf = ({ type }: Members): string => (typeof type === 'string' ? type : 'scatter');

/** One axis: numbers as they are; where there are other texts, a place for each in the order in which they come. */
class Axis {
  readonly #names = new Map<string, number>();
  points = 0;

  /** Places of a column's values. */
  places(column: readonly unknown[]): readonly number[] {
    this.points += column.length;
    const numeric =
      this.#names.size === 0 && column.every((value) => value === null || typeof value === 'number' || (typeof value === 'string' && isNumeric(value)));
    return column.map((value) => {
      if (value === null || value === undefined) return Number.NaN;
      if (numeric) return Number(value);
      const text = String(value).slice(0, 200);
      const place = this.#names.get(text) ?? this.#names.size;
      this.#names.set(text, place);
      return place;
    });
  }

  axis(layout: Members, values: readonly number[]): PlotAxis {
    const label = textOf(layout.title);
    if (this.#names.size > 0) return namesAxis(label, [...this.#names.keys()]);
    const range = rangeOf(values);
    const log = layout.type === 'log' && range !== null && range[0] > 0;
    if (log) return { label, scale: 'log', min: range[0] / 1.1, max: range[1] * 1.1, ticks: null };
    return figureAxis(label, range);
  }
}

const isNumeric = (text: string): boolean => text.trim() !== '' && !Number.isNaN(Number(text));

type Drawer = (trace: Members, at: number, x: Axis, y: Axis) => readonly FigureLayer[];

const scatter: Drawer = (trace, at, x, y) => {
  const ys = y.places(columnOf(trace.y));
  const given = columnOf(trace.x);
  const xs = given.length > 0 ? x.places(given) : ys.map((_, i) => i);
  const size = Math.min(xs.length, ys.length);
  if (size === 0) return [];
  const mode = typeof trace.mode === 'string' ? trace.mode : size < 20 ? 'lines+markers' : 'lines';
  const base = { label: textOf(trace.name), colour: figureColour(at), x: xs.slice(0, size), y: ys.slice(0, size) };
  return [
    ...(mode.includes('lines') ? [{ ...base, kind: 'line' as const }] : []),
    ...(mode.includes('markers') || !mode.includes('lines') ? [{ ...base, label: mode.includes('lines') ? '' : base.label, kind: 'dots' as const }] : []),
  ];
};

const bar: Drawer = (trace, at, x, y) => {
  const sideways = trace.orientation === 'h';
  const values = (sideways ? x : y).places(columnOf(sideways ? trace.x : trace.y));
  const given = columnOf(sideways ? trace.y : trace.x);
  const places = given.length > 0 ? (sideways ? y : x).places(given) : values.map((_, i) => i);
  const half = 0.4 * gapOf(places);
  const boxes = values.flatMap((value, i): readonly FigureBox[] => {
    const place = places[i] ?? Number.NaN;
    if (!Number.isFinite(value + place)) return [];
    const [low, high] = [Math.min(0, value), Math.max(0, value)];
    const says = `${String(given[i] ?? i).slice(0, 200)}: ${shortNumber(value)}`;
    return [sideways ? { x0: low, x1: high, y0: place - half, y1: place + half, says } : { x0: place - half, x1: place + half, y0: low, y1: high, says }];
  });
  return boxes.length === 0 ? [] : [{ kind: 'bars', label: textOf(trace.name), colour: figureColour(at), boxes }];
};

/** The least distance between places. */
function gapOf(places: readonly number[]): number {
  const sorted = [...new Set(places)].filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.reduce(
    (least, place, i) => (i === 0 ? least : Math.min(least, place - (sorted[i - 1] as number))),
    sorted.length > 1 ? Number.POSITIVE_INFINITY : 1,
  );
}

const histogram: Drawer = (trace, at, x, y) => {
  const sideways = columnOf(trace.x).length === 0;
  const values = (sideways ? y : x).places(columnOf(sideways ? trace.y : trace.x));
  const range = rangeOf(values);
  if (!range) return [];
  const [low, high] = range;
  const width = high > low ? (high - low) / histogramBins : 1;
  const counts = new Array<number>(high > low ? histogramBins : 1).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(counts.length - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const boxes = counts.map((count, i): FigureBox => {
    const [from, to] = [low + i * width, low + (i + 1) * width];
    const says = `${shortNumber(from)} to ${shortNumber(to)}: ${count}`;
    return sideways ? { x0: 0, x1: count, y0: from, y1: to, says } : { x0: from, x1: to, y0: 0, y1: count, says };
  });
  return [{ kind: 'bars', label: textOf(trace.name), colour: figureColour(at), boxes }];
};

const heatmap: Drawer = (trace, _at, x, y) => {
  const rows = gridOf(trace.z);
  const wide = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (wide === 0 || rows.length * wide > mostPoints) return [];
  const along = (axis: Axis, given: readonly unknown[], size: number): readonly number[] =>
    given.length >= size ? axis.places(given.slice(0, size)) : Array.from({ length: size }, (_, i) => i);
  const [xs, ys] = [along(x, columnOf(trace.x), wide), along(y, columnOf(trace.y), rows.length)];
  const [halfX, halfY] = [gapOf(xs) / 2, gapOf(ys) / 2];
  const range = rangeOf(rows.flat());
  const cells = rows.flatMap((row, i) =>
    row.flatMap((value, j) => {
      const [px, py] = [xs[j] as number, ys[i] as number];
      if (!Number.isFinite(value + px + py) || !range) return [];
      const strength = range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
      return [{ x0: px - halfX, x1: px + halfX, y0: py - halfY, y1: py + halfY, strength, texts: [shortNumber(value, 3)], says: shortNumber(value) }];
    }),
  );
  return cells.length === 0 ? [] : [{ kind: 'cells', cells }];
};

const drawers: Readonly<Record<string, Drawer>> = Object.assign(Object.create(null), { scatter, scattergl: scatter, bar, histogram, heatmap });

/** A column as a list: written out, or packed by newer versions as `{dtype, bdata}`. */
function columnOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { dtype, bdata } = members(value);
  return typeof dtype === 'string' && typeof bdata === 'string' ? unpacked(dtype, bdata) : [];
}

function gridOf(value: unknown): readonly (readonly number[])[] {
  const number = (one: unknown): number => (typeof one === 'number' ? one : Number.NaN);
  if (Array.isArray(value)) return value.map((row) => columnOf(row).map(number));
  const { shape } = members(value);
  const [rows = 0, columns = 0] = typeof shape === 'string' ? shape.split(',').map(Number) : [];
  const flat = columnOf(value).map(number);
  if (!(rows > 0) || !(columns > 0) || rows * columns !== flat.length) return [];
  return Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
}

const arrays = {
  f8: Float64Array,
  f4: Float32Array,
  i4: Int32Array,
  u4: Uint32Array,
  i2: Int16Array,
  u2: Uint16Array,
  i1: Int8Array,
  u1: Uint8Array,
} as const;

function unpacked(dtype: string, data: string): readonly number[] {
  const make = Object.hasOwn(arrays, dtype) ? arrays[dtype as keyof typeof arrays] : undefined;
  const bytes = make && fromBase64(data);
  return make && bytes && bytes.length % make.BYTES_PER_ELEMENT === 0
    ? Array.from(new make(bytes.buffer, bytes.byteOffset, bytes.length / make.BYTES_PER_ELEMENT))
    : [];
}

/** A title, which newer versions keep as `{text}`; markup in it is left out. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : members(value).text;
  return typeof text === 'string'
    ? text
        .replace(/<[^>]{0,200}>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 200)
    : '';
}
