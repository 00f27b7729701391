// Differences between configurations that differ in exactly one param: what may be said when there are few runs.

import type { Configurations } from './configurations';
import type { Space } from './space';

export interface PairedDifference {
  readonly param: string;
  /** Levels as texts; the outcome's change is `to` minus `from`. */
  readonly from: string;
  readonly to: string;
  readonly difference: number;
  /** Rows of the table, one of each configuration. */
  readonly rows: readonly [number, number];
}

/** Beyond this many configurations axis plots say more than a list of pairs. */
export const mostPaired = 30;

/** All of them, by param; none where there are more than `mostPaired` configurations. */
export function pairedDifferences(space: Space, { rows, outcome }: Pick<Configurations, 'rows' | 'outcome'>): readonly PairedDifference[] {
  if (rows.length > mostPaired) return [];
  const found: PairedDifference[] = [];
  for (let a = 0; a < rows.length; a++) {
    for (let b = a + 1; b < rows.length; b++) {
      const differing = space.params.filter(({ column }) => column[rows[a] as number] !== column[rows[b] as number]);
      const [param] = differing;
      if (!param || differing.length > 1) continue;
      const [x, y] = [param.column[rows[a] as number] as number, param.column[rows[b] as number] as number];
      if (x < 0 || y < 0) continue;
      const [low, high] = x < y ? [a, b] : [b, a];
      found.push({
        param: param.name,
        from: param.levels[Math.min(x, y)]?.text ?? '',
        to: param.levels[Math.max(x, y)]?.text ?? '',
        difference: (outcome[high] as number) - (outcome[low] as number),
        rows: [rows[low] as number, rows[high] as number],
      });
    }
  }
  return found.sort((a, b) => (a.param < b.param ? -1 : a.param > b.param ? 1 : Math.abs(b.difference) - Math.abs(a.difference)));
}
