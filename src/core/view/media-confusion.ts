// A confusion matrix as a heat map: counts, and the share of each actual class, with accuracy where it can be told.

import type { ConfusionMedia, TableMedia } from '../model/media-forms';
import { countText, shortNumber } from './chart-numbers';
import { type FigureCell, type FigureSpec, namesAxis } from './figure-spec';

/** Cells drawn; of a larger matrix those with the largest shares. */
const mostCells = 20_000;

const amount = (count: number): string => (Number.isInteger(count) ? countText(count) : shortNumber(count, 4));
const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.001 ? 2 : 1)} %`;
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + (count > 0 ? count : 0), 0);

/** Actual classes downwards, predicted ones to the right; a cell is as strong as its share of the actual class. */
export function confusionFigure(title: string, matrix: ConfusionMedia): FigureSpec {
  const { labels, counts, note } = matrix;
  const all = counts.flatMap((row, actual): readonly FigureCell[] => {
    const sum = total(row);
    // The first class stands at the top.
    const y = labels.length - 1 - actual;
    return row.flatMap((count, predicted): readonly FigureCell[] => {
      const share = sum > 0 && count > 0 ? count / sum : 0;
      if (share === 0 && labels.length > 60) return [];
      return [
        {
          x0: predicted - 0.5,
          x1: predicted + 0.5,
          y0: y - 0.5,
          y1: y + 0.5,
          strength: share,
          texts: count === 0 ? ['0'] : [amount(count), percent(share)],
          says: `actual ${labels[actual]}, predicted ${labels[predicted]}: ${amount(count)}${sum > 0 ? `, ${percent(share)} of ${amount(sum)}` : ''}`,
        },
      ];
    });
  });
  const cells = all.length > mostCells ? all.toSorted((a, b) => b.strength - a.strength).slice(0, mostCells) : all;
  return {
    title,
    x: namesAxis('predicted', labels),
    y: namesAxis('actual', labels.toReversed()),
    layers: [{ kind: 'cells', cells }],
    notes: [
      ...accuracyText(matrix),
      'percent of the actual class (row)',
      ...(cells.length < all.length ? [`the ${countText(cells.length)} strongest cells are drawn`] : []),
      ...(note === undefined ? [] : [note]),
    ],
  };
}

/** The diagonal's share of all, with what it is a share of. */
function accuracyText({ counts }: ConfusionMedia): readonly string[] {
  const all = counts.reduce((sum, row) => sum + total(row), 0);
  if (!(all > 0)) return ['no counts'];
  const right = counts.reduce((sum, row, i) => sum + Math.max(0, row[i] ?? 0), 0);
  return [`accuracy ${percent(right / all)} (${amount(right)} of ${amount(all)})`];
}

/** The matrix with row sums and the share of each class that was found (recall). */
export const confusionTable = ({ labels, counts }: ConfusionMedia): TableMedia => ({
  columns: ['actual \\ predicted', ...labels, 'sum', 'recall'],
  rows: counts.map((row, i) => {
    const sum = total(row);
    return [labels[i] as string, ...row, sum, sum > 0 ? (row[i] as number) / sum : null];
  }),
});
