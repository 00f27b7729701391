// The plots of the effects tab: a param against the metric, all params as parallel coordinates, two params as a heat map.

import { bins } from '../effects/bins';
import { mean } from '../statistics/basic';
import { expectedMaximum } from '../statistics/selection';
import { meanInterval } from '../statistics/welch';
import { shortNumber } from './chart-numbers';
import { outcomeAxis, type PlotParam, paramAxis } from './plot-axis';
import type { HeatCell, HeatSpec, ParallelSpec, PlotAxis, ScatterSpec } from './plot-spec';
import type { RunStyle } from './run-style';

export interface PlotTrial {
  readonly id: string;
  readonly name: string;
  readonly value: number | null;
}

/** What the plots are drawn from: the trials of a table, and its varied params as columns over them. */
export interface PlotTable {
  readonly metric: string;
  readonly direction: 'min' | 'max';
  readonly trials: readonly PlotTrial[];
  readonly params: readonly PlotParam[];
}

type StyleOf = (id: string) => RunStyle;

/** Levels of which each gets a mean of its own. */
const mostMeans = 12;

const failedNote = (trials: readonly PlotTrial[]): readonly string[] => {
  const failed = trials.filter(({ value }) => value === null).length;
  return failed > 0 ? [`${failed} ${failed === 1 ? 'run has' : 'runs have'} no outcome and ${failed === 1 ? 'is' : 'are'} not drawn`] : [];
};

const valuesOf = ({ trials }: PlotTable): readonly number[] => trials.flatMap(({ value }) => value ?? []);

/** One param against the metric: a dot a run, and means with 95 % intervals where levels are few and have several runs. */
export function axisPlot(param: PlotParam, table: PlotTable, styleOf: StyleOf): ScatterSpec {
  const { axis, places } = paramAxis(param);
  const byLevel = new Map<number, number[]>();
  const points = table.trials.flatMap(({ id, name, value }, row) => {
    const x = places[param.column[row] as number];
    if (x === undefined || value === null) return [];
    const level = byLevel.get(x);
    if (level) level.push(value);
    else byLevel.set(x, [value]);
    return [{ owner: id, label: name, x, y: value, style: styleOf(id) }];
  });
  const several = [...byLevel].filter(([, values]) => values.length > 1);
  return {
    kind: 'scatter',
    title: `${table.metric} against ${param.name}`,
    x: axis,
    y: outcomeAxis(table.metric, valuesOf(table)),
    points,
    means: byLevel.size <= mostMeans ? several.map(([x, values]) => meanAt(x, values)) : [],
    notes: failedNote(table.trials),
  };
}

function meanAt(x: number, values: readonly number[]): ScatterSpec['means'][number] {
  const [low, high] = meanInterval(values);
  return { x, y: mean(values), low, high };
}

/** Any two of the params, or the metric (null). */
export function scatterPlot(x: PlotParam | null, y: PlotParam | null, table: PlotTable, styleOf: StyleOf): ScatterSpec {
  const read = (param: PlotParam | null): { readonly axis: PlotAxis; readonly at: (row: number) => number | null } => {
    if (!param) return { axis: outcomeAxis(table.metric, valuesOf(table)), at: (row) => table.trials[row]?.value ?? null };
    const { axis, places } = paramAxis(param);
    return { axis, at: (row) => places[param.column[row] as number] ?? null };
  };
  const [across, up] = [read(x), read(y)];
  return {
    kind: 'scatter',
    title: `${y?.name ?? table.metric} against ${x?.name ?? table.metric}`,
    x: across.axis,
    y: up.axis,
    points: table.trials.flatMap(({ id, name }, row) => {
      const [px, py] = [across.at(row), up.at(row)];
      return px === null || py === null ? [] : [{ owner: id, label: name, x: px, y: py, style: styleOf(id) }];
    }),
    means: [],
    notes: x && y ? [] : failedNote(table.trials),
  };
}

/** Lines beyond these are no picture any more; the best are kept. */
const mostLines = 1000;

export function parallelPlot(params: readonly PlotParam[], table: PlotTable, colour: ParallelSpec['colour'], styleOf: StyleOf): ParallelSpec {
  const axes = params.map(paramAxis);
  const standing = standings(
    table.trials.map(({ value }) => value),
    table.direction,
  );
  const all = table.trials.map(({ id, name, value }, row) => ({
    owner: id,
    label: name,
    style: styleOf(id),
    values: [...axes.map(({ places }, i) => places[params[i]?.column[row] as number] ?? Number.NaN), value ?? Number.NaN],
    standing: standing[row] as number,
  }));
  const rank = ({ standing: at }: { readonly standing: number }): number => (Number.isNaN(at) ? -1 : at);
  const lines = all.length <= mostLines ? all : [...all].sort((a, b) => rank(b) - rank(a)).slice(0, mostLines);
  return {
    kind: 'parallel',
    title: `Params and ${table.metric}`,
    axes: [...axes.map(({ axis }) => axis), outcomeAxis(table.metric, valuesOf(table))],
    lines,
    colour,
    notes: all.length > lines.length ? [`the best ${lines.length} of ${all.length} runs`] : [],
  };
}

const mostBins = 8;

/** Mean outcome of the runs at each combination of two params; many levels are put into at most eight bins of about equally many runs. */
export function heatPlot(x: PlotParam, y: PlotParam, table: PlotTable, noiseSd: number | null): HeatSpec {
  const [across, up] = [binned(x), binned(y)];
  const cells = new Map<string, { readonly x: number; readonly y: number; readonly values: number[]; readonly owners: string[] }>();
  for (const [row, { id, value }] of table.trials.entries()) {
    const [cx, cy] = [across.of[row] as number, up.of[row] as number];
    if (value === null || cx < 0 || cy < 0) continue;
    const cell = cells.get(`${cx} ${cy}`) ?? { x: cx, y: cy, values: [], owners: [] };
    cell.values.push(value);
    cell.owners.push(id);
    cells.set(`${cx} ${cy}`, cell);
  }
  const found = [...cells.values()];
  const means = found.map(({ values }) => mean(values));
  const standing = standings(means, table.direction);
  const empty = across.texts.length * up.texts.length - found.length;
  return {
    kind: 'heat',
    title: `Mean ${table.metric} by ${x.name} and ${y.name}`,
    x: categoryOf(x.name, across.texts),
    y: categoryOf(y.name, up.texts),
    cells: found.map(({ x: cx, y: cy, owners }, i): HeatCell => ({ x: cx, y: cy, owners, mean: means[i] as number, standing: standing[i] as number })),
    notes: [
      'the stronger the colour, the better the rank of the cell',
      ...noiseNote(found, means, noiseSd),
      ...(empty > 0 ? [`${empty} of ${across.texts.length * up.texts.length} combinations ${empty === 1 ? 'was' : 'were'} not run`] : []),
      ...failedNote(table.trials),
    ],
  };
}

/** Colours show ranks even where all cells are as good as equal: then that is said. */
function noiseNote(cells: readonly { readonly values: readonly number[] }[], means: readonly number[], noiseSd: number | null): readonly string[] {
  if (noiseSd === null || means.length < 2) return [];
  const [low, high] = [means.reduce((a, b) => Math.min(a, b)), means.reduce((a, b) => Math.max(a, b))];
  const most = Math.min(...cells.map(({ values }) => values.length));
  const expected = (expectedMaximum(means.length) * 2 * noiseSd) / Math.sqrt(most);
  return high - low <= expected
    ? [`the cells differ by ${shortNumber(high - low, 3)} at most, which repeats alone would do (${shortNumber(noiseSd, 3)} SD)`]
    : [];
}

const categoryOf = (label: string, texts: readonly string[]): PlotAxis => ({
  label,
  scale: 'category',
  min: -0.5,
  max: Math.max(0.5, texts.length - 0.5),
  ticks: texts.map((text, at) => ({ at, text })),
});

/** Bin of each trial, and what to call the bins: a level, a range, or `others`. */
function binned(param: PlotParam): { readonly of: ArrayLike<number>; readonly texts: readonly string[] } {
  const { of, count } = bins({ ...param, condition: null }, mostBins);
  const inside = Array.from({ length: count }, () => new Set<number>());
  for (const [row, level] of param.column.entries()) if (level >= 0) inside[of[row] as number]?.add(level);
  const texts = inside.map((levels) => {
    const sorted = [...levels].sort((a, b) => a - b).map((level) => param.levels[level]);
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (!first || !last) return '';
    if (sorted.length === 1) return first.number === null ? first.text : shortNumber(first.number, 4);
    return first.number === null || last.number === null ? `${sorted.length} others` : `${shortNumber(first.number, 3)}–${shortNumber(last.number, 3)}`;
  });
  return { of, texts };
}

/** Ranks from 0, the worst, to 1, the best; equal values share theirs; NaN for none. */
export function standings(values: readonly (number | null)[], direction: 'min' | 'max'): readonly number[] {
  const order = [...values.keys()].filter((i) => values[i] !== null).sort((a, b) => (values[a] as number) - (values[b] as number));
  if (order.length === 1) return values.map((value) => (value === null ? Number.NaN : 1));
  const out = values.map(() => Number.NaN);
  const span = Math.max(1, order.length - 1);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] as number] === values[order[from] as number]) to += 1;
    const share = (from + to) / 2 / span;
    for (let i = from; i <= to; i++) out[order[i] as number] = direction === 'max' ? share : 1 - share;
    from = to + 1;
  }
  return out;
}
