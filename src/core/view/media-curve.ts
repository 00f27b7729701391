// PR, ROC and other logged curves as lines, with the area below where it can honestly be told.

import type { CurveLine, CurveMedia, TableMedia } from '../model/media-forms';
import { shortNumber } from './chart-numbers';
import { type FigureLayer, type FigureSpec, figureAxis, figureColour, rangeOf } from './figure-spec';

/** Lines named with their area in the notes. */
const mostNamed = 12;

export function curveFigure(title: string, curve: CurveMedia): FigureSpec {
  const kind = kindOf(curve);
  const unit = kind !== 'other';
  const xs = rangeOf(curve.lines.flatMap((line) => [...(rangeOf(line.x) ?? [])]));
  const ys = rangeOf(curve.lines.flatMap((line) => [...(rangeOf(line.y) ?? [])]));
  const layers: FigureLayer[] = curve.lines.map((line, i) => {
    const [x, y] = unit ? rightwards(line) : [line.x, line.y];
    return { kind: 'line', label: line.name === title ? '' : line.name, colour: figureColour(i), x, y };
  });
  // Guessing by chance is the diagonal of a ROC curve; of a PR curve it depends on the share of positives, which is not logged.
  const chance: readonly FigureLayer[] =
    kind === 'roc' ? [{ kind: 'line', label: 'chance', colour: { light: '#868e97', dark: '#6f7984' }, x: [0, 1], y: [0, 1], dashed: true }] : [];
  return {
    title,
    x: unit ? figureAxis(curve.x, [0, 1], 0.02) : figureAxis(curve.x, xs),
    y: unit ? figureAxis(curve.y, [0, 1], 0.02) : figureAxis(curve.y, ys),
    layers: [...chance, ...layers],
    notes: [...areaNotes(curve.lines, kind), ...(xs && ys ? [] : ['nothing to draw: no point is finite'])],
  };
}

/** Points from left to right. Thresholds are logged either way: what falls all along is turned round, so that points of one x keep their order. */
function rightwards({ x, y }: CurveLine): readonly [readonly number[], readonly number[]] {
  const goes = (way: 1 | -1): boolean => x.every((value, i) => i === 0 || way * (value - (x[i - 1] as number)) >= 0);
  if (goes(1)) return [x, y];
  if (goes(-1)) return [x.toReversed(), y.toReversed()];
  const order = [...x.keys()].sort((a, b) => (x[a] as number) - (x[b] as number) || a - b);
  return [order.map((at) => x[at] as number), order.map((at) => y[at] as number)];
}

export type CurveKind = 'pr' | 'roc' | 'other';

/** What a curve is, by the names of its axes. */
export function kindOf({ x, y }: Pick<CurveMedia, 'x' | 'y'>): CurveKind {
  if (/recall|sensitivity/i.test(x) && /precision/i.test(y)) return 'pr';
  return /false.?pos|\bfpr\b/i.test(x) && /true.?pos|\btpr\b|recall|sensitivity/i.test(y) ? 'roc' : 'other';
}

/**
 * Area below a ROC curve by the trapezoid rule. Null unless its points reach from 0 to 1: a part of the area is not the area.
 */
export function rocArea({ x, y }: CurveLine): number | null {
  const order = [...x.keys()].sort((a, b) => (x[a] as number) - (x[b] as number) || (y[a] as number) - (y[b] as number));
  const points = order.map((i) => [x[i] as number, y[i] as number] as const).filter(([at, value]) => Number.isFinite(at + value));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first[0] > 1e-6 || last[0] < 1 - 1e-6) return null;
  return points.reduce((sum, [at, value], i) => {
    const before = points[i - 1];
    return before ? sum + ((at - before[0]) * (value + before[1])) / 2 : sum;
  }, 0);
}

/**
 * Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over thresholds, as scikit-learn's average_precision_score has it, without interpolation. At a recall
 * that several thresholds reach, the highest precision counts. Null where recall does not come to 1.
 */
export function averagePrecision({ x, y }: CurveLine): number | null {
  const best = new Map<number, number>();
  for (const [i, recall] of x.entries()) {
    const precision = y[i] as number;
    if (Number.isFinite(recall + precision)) best.set(recall, Math.max(precision, best.get(recall) ?? 0));
  }
  const points = [...best].sort(([a], [b]) => a - b);
  if ((points.at(-1)?.[0] ?? 0) < 1 - 1e-6) return null;
  let before = 0;
  let sum = 0;
  for (const [recall, precision] of points) {
    sum += (recall - before) * precision;
    before = recall;
  }
  return sum;
}

function areaNotes(lines: readonly CurveLine[], kind: CurveKind): readonly string[] {
  if (kind === 'other') return [];
  const areas = lines.slice(0, mostNamed).map((line) => ({ name: line.name, area: kind === 'roc' ? rocArea(line) : averagePrecision(line) }));
  const told = areas
    .filter(({ area }) => area !== null)
    .map(({ name, area }) => `${name === '' || lines.length === 1 ? '' : `${name} `}${shortNumber(area as number, 4)}`);
  const method = kind === 'roc' ? 'area by the trapezoid rule over the points kept' : 'average precision, Σ ΔR · P over the points kept';
  const missing = areas.length - told.length;
  return [
    ...(told.length > 0 ? [`${kind === 'roc' ? 'AUC' : 'AP'} ${told.join(', ')} (${method})`] : []),
    ...(missing > 0
      ? [`no area of ${missing === 1 ? 'one line' : `${missing} lines`}: ${kind === 'roc' ? 'it must reach from 0 to 1' : 'recall must reach 1'}`]
      : []),
    ...(lines.length > mostNamed ? [`areas of the first ${mostNamed} of ${lines.length} lines`] : []),
  ];
}

export const curveTable = ({ x, y, lines }: CurveMedia): TableMedia => ({
  columns: ['line', x, y],
  rows: lines.flatMap((line) => line.x.map((at, i) => [line.name, at, line.y[i] as number])),
});
