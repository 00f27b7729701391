// Histograms as bars, and many of them over their steps as a heat map with common bins.

import type { HistogramMedia, TableMedia } from '../model/media-forms';
import { countText, shortNumber } from './chart-numbers';
import { type FigureBox, type FigureCell, type FigureSpec, figureAxis, figureColour, namesAxis, rangeOf } from './figure-spec';
import { counted } from './format';

export interface SteppedHistogram {
  readonly step: number;
  readonly histogram: HistogramMedia;
}

/** Bins of the heat map: what can be told apart on a screen. */
const heatBins = 48;

const said = (from: number, to: number, count: number): string => `${shortNumber(from)} to ${shortNumber(to)}: ${amount(count)}`;
const amount = (count: number): string => (Number.isInteger(count) ? countText(count) : shortNumber(count));

/** Equal bins that a histogram of unequal ones is drawn in. */
const equalBins = 64;
/** Bins that differ less than so many times are drawn as they are. */
const evenEnough = 1.05;

/**
 * Bars of one histogram. Bins of one width are as high as they were counted; others (TensorBoard's grow with the value) would show a hole
 * where bins are narrow, so they are spread over equal bins by width, as TensorBoard draws them. The table keeps what was logged.
 */
export function histogramFigure(title: string, histogram: HistogramMedia): FigureSpec {
  const { edges, counts } = histogram;
  const reach = rangeOf(edges);
  const uneven = reach !== null && reach[1] > reach[0] && widths(edges) > evenEnough;
  const boxes = uneven ? spread(histogram, reach) : asCounted(histogram);
  const drawn = boxes.filter((box) => Number.isFinite(box.x0 + box.x1 + box.y1));
  const highest = Math.max(1e-300, rangeOf(boxes.map(({ y1 }) => y1))?.[1] ?? 1);
  const lost = counts.filter((_, i) => !Number.isFinite((edges[i] as number) + (edges[i + 1] as number))).length;
  return {
    title,
    x: figureAxis('value', reach, 0.02),
    y: { label: 'count per bin', scale: 'linear', min: 0, max: highest * 1.05, ticks: null },
    layers: [{ kind: 'bars', label: '', colour: figureColour(0), boxes: drawn }],
    notes: [
      `${amount(total(histogram))} values in ${counted(counts.length, 'bin')}`,
      ...(uneven ? [`of different widths, drawn in ${equalBins} equal ones`] : []),
      ...(lost > 0 ? [`${counted(lost, 'bin')} to infinity ${lost === 1 ? 'is' : 'are'} not drawn`] : []),
    ],
  };
}

const asCounted = ({ edges, counts }: HistogramMedia): readonly FigureBox[] =>
  counts.map((count, i) => {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    return { x0: from, x1: to, y0: 0, y1: count, says: said(from, to, count) };
  });

function spread(histogram: HistogramMedia, [low, high]: readonly [number, number]): readonly FigureBox[] {
  const width = (high - low) / equalBins;
  return rebinned(histogram, low, width, equalBins).map((count, i) => {
    const [from, to] = [low + i * width, low + (i + 1) * width];
    return { x0: from, x1: to, y0: 0, y1: count, says: `${shortNumber(from)} to ${shortNumber(to)}: about ${shortNumber(count, 4)}` };
  });
}

const total = ({ counts }: HistogramMedia): number => counts.reduce((sum, count) => sum + (count > 0 && Number.isFinite(count) ? count : 0), 0);

export const histogramTable = ({ edges, counts }: HistogramMedia): TableMedia => ({
  columns: ['from', 'to', 'count'],
  rows: counts.map((count, i) => [edges[i] as number, edges[i + 1] as number, count]),
});

/** How many times the widest bin is as wide as the narrowest. */
function widths(edges: readonly number[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 1; i < edges.length; i++) {
    const width = (edges[i] as number) - (edges[i - 1] as number);
    if (!(width > 0) || !Number.isFinite(width)) continue;
    least = Math.min(least, width);
    most = Math.max(most, width);
  }
  return most > 0 ? most / least : 1;
}

/**
 * Histograms over steps: a column a step, common bins upwards, as strong as the share of that step's values. A bin that lies over several
 * common ones is spread over them by width, as TensorBoard does it.
 */
export function histogramsFigure(title: string, all: readonly SteppedHistogram[]): FigureSpec {
  const range = rangeOf(all.flatMap(({ histogram }) => [...(rangeOf(histogram.edges) ?? [])]));
  const [low, high] = range && range[1] > range[0] ? range : [(range?.[0] ?? 0) - 0.5, (range?.[0] ?? 0) + 0.5];
  const width = (high - low) / heatBins;
  const columns = all.map(({ histogram }) => shares(rebinned(histogram, low, width, heatBins)));
  const strongest = columns.reduce((most, column) => Math.max(most, ...column), 0) || 1;
  const cells = columns.flatMap((column, at) =>
    column.flatMap((share, bin): readonly FigureCell[] => {
      if (share === 0) return [];
      const [y0, y1] = [low + bin * width, low + (bin + 1) * width];
      const values = `${(100 * share).toFixed(1)} % of values from ${shortNumber(y0)} to ${shortNumber(y1)}`;
      const says = `step ${shortNumber(all[at]?.step ?? 0, 12)}: ${values}`;
      return [{ x0: at - 0.5, x1: at + 0.5, y0, y1, strength: share / strongest, texts: [], says }];
    }),
  );
  return {
    title,
    x: namesAxis(
      'step',
      all.map(({ step }) => shortNumber(step, 12)),
    ),
    y: { label: 'value', scale: 'linear', min: low, max: high, ticks: null },
    layers: [{ kind: 'cells', cells }],
    notes: [`${all.length} steps, ${heatBins} common bins; the stronger, the larger the share of that step’s values`],
  };
}

/** Counts in `size` bins from `low`; a bin that lies over several is spread over them by width. What lies beyond is left out. */
function rebinned({ edges, counts }: HistogramMedia, low: number, width: number, size: number): readonly number[] {
  const bins = new Array<number>(size).fill(0);
  for (const [i, count] of counts.entries()) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    if (!(count > 0) || !Number.isFinite(count + from + to)) continue;
    const first = Math.max(0, Math.min(size - 1, Math.floor((from - low) / width)));
    const last = Math.max(first, Math.min(size - 1, Math.ceil((to - low) / width) - 1));
    for (let bin = first; bin <= last; bin++) {
      const overlap = Math.min(to, low + (bin + 1) * width) - Math.max(from, low + bin * width);
      const share = to > from ? Math.max(0, overlap) / (to - from) : bin === first ? 1 : 0;
      bins[bin] = (bins[bin] as number) + count * share;
    }
  }
  return bins;
}

function shares(bins: readonly number[]): readonly number[] {
  const sum = bins.reduce((all, count) => all + count, 0);
  return sum > 0 ? bins.map((count) => count / sum) : bins;
}
