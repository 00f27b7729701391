// Histograms as bars, and many of them over their steps as a heat map with common bins.

import type { HistogramMedia, TableMedia } from '../model/media-forms';
import { countText, shortNumber } from './chart-numbers';
import { type FigureBox, type FigureCell, type FigureSpec, figureAxis, figureColour, namesAxis, rangeOf } from './figure-spec';

export interface SteppedHistogram {
  readonly step: number;
  readonly histogram: HistogramMedia;
}

/** Bins of the heat map: what can be told apart on a screen. */
const heatBins = 48;

const said = (from: number, to: number, count: number): string => `${shortNumber(from)} to ${shortNumber(to)}: ${amount(count)}`;
const amount = (count: number): string => (Number.isInteger(count) ? countText(count) : shortNumber(count));

/** Bars of one histogram, heights as counted: trackers log counts per bin, whatever the width of a bin. */
export function histogramFigure(title: string, { edges, counts }: HistogramMedia): FigureSpec {
  const boxes = counts.map((count, i): FigureBox => {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    return { x0: from, x1: to, y0: 0, y1: count, says: said(from, to, count) };
  });
  const drawn = boxes.filter((box) => Number.isFinite(box.x0 + box.x1 + box.y1));
  const highest = Math.max(1e-300, rangeOf(counts)?.[1] ?? 1);
  const lost = boxes.length - drawn.length;
  const wide = widths(edges);
  return {
    title,
    x: figureAxis('value', rangeOf(edges), 0.02),
    y: { label: 'count per bin', scale: 'linear', min: 0, max: highest * 1.05, ticks: null },
    layers: [{ kind: 'bars', label: '', colour: figureColour(0), boxes: drawn }],
    notes: [
      `${amount(counts.reduce((sum, count) => sum + (Number.isFinite(count) ? count : 0), 0))} values in ${counts.length} bins`,
      ...(wide > 1.01 ? ['bins are of different widths'] : []),
      ...(lost > 0 ? [`${lost} bins reach to infinity and are not drawn`] : []),
    ],
  };
}

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
  const columns = all.map(({ histogram }) => rebinned(histogram, low, width));
  const strongest = columns.reduce((most, shares) => Math.max(most, ...shares), 0) || 1;
  const cells = columns.flatMap((shares, column): readonly FigureCell[] =>
    shares.flatMap((share, bin) =>
      share > 0
        ? [
            {
              x0: column - 0.5,
              x1: column + 0.5,
              y0: low + bin * width,
              y1: low + (bin + 1) * width,
              strength: share / strongest,
              texts: [],
              says: `step ${shortNumber(all[column]?.step ?? 0, 12)}: ${(100 * share).toFixed(1)} % of values from ${shortNumber(low + bin * width)} to ${shortNumber(low + (bin + 1) * width)}`,
            },
          ]
        : [],
    ),
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

/** Shares of a histogram's values in `heatBins` bins from `low`. */
function rebinned({ edges, counts }: HistogramMedia, low: number, width: number): readonly number[] {
  const bins = new Array<number>(heatBins).fill(0);
  let total = 0;
  for (const [i, count] of counts.entries()) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    if (!(count > 0) || !Number.isFinite(count + from + to)) continue;
    total += count;
    const first = Math.max(0, Math.min(heatBins - 1, Math.floor((from - low) / width)));
    const last = Math.max(first, Math.min(heatBins - 1, Math.ceil((to - low) / width) - 1));
    for (let bin = first; bin <= last; bin++) {
      const overlap = Math.min(to, low + (bin + 1) * width) - Math.max(from, low + bin * width);
      const share = to > from ? Math.max(0, overlap) / (to - from) : bin === first ? 1 : 0;
      bins[bin] = (bins[bin] as number) + count * share;
    }
  }
  return total > 0 ? bins.map((count) => count / total) : bins;
}
