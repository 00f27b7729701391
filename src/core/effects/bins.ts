// A param's levels in few bins, for counts: ordered params by quantiles of trials, others by their most frequent levels.

import type { Param } from './param';

export interface Bins {
  /** Bin of each trial, −1 where the param is missing. */
  readonly of: Int32Array;
  readonly count: number;
}

export function bins({ type, levels, column }: Param, most: number): Bins {
  if (levels.length <= most) return { of: column, count: levels.length };
  const ordered = type === 'number' || type === 'integer';
  const target = new Int32Array(levels.length);
  if (ordered) {
    const all = levels.reduce((sum, { n }) => sum + n, 0);
    let before = 0;
    for (const [at, { n }] of levels.entries()) {
      target[at] = Math.min(most - 1, Math.floor(((before + n / 2) / all) * most));
      before += n;
    }
  } else {
    const byCount = levels.map(({ n }, at) => ({ n, at })).sort((a, b) => b.n - a.n || a.at - b.at);
    for (const [rank, { at }] of byCount.entries()) target[at] = Math.min(most - 1, rank);
  }
  return { of: column.map((level) => (level === -1 ? -1 : (target[level] as number))), count: most };
}
