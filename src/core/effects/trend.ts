// Which values of a param went with better outcomes, in words: a trend along an ordered param, the ends of any other.

import { ranks } from '../statistics/basic';
import { regularisedBeta } from '../statistics/student';
import type { Configurations } from './configurations';
import { type Param, positionsOf } from './param';

/** Below it a trend is said; a curved one has to be better than a straight one by the same test. */
const significance = 0.05;
const fewest = 5;

/**
 * A sentence about one param, or what could not be seen. Ordered params: least squares of the ranks of outcomes on place and place² of the
 * scale. Others: levels by mean rank where a Kruskal–Wallis-like F test on ranks finds a difference.
 */
export function directionText(param: Param, { rows, outcome }: Pick<Configurations, 'rows' | 'outcome'>, direction: 'min' | 'max'): string {
  const here = Array.from(rows.keys()).filter((at) => (param.column[rows[at] as number] as number) >= 0);
  if (here.length < fewest) return 'too few runs to see a direction';
  const good = ranks(here.map((at) => (direction === 'max' ? 1 : -1) * (outcome[at] as number)));
  const levels = here.map((at) => param.column[rows[at] as number] as number);
  const places = positionsOf(param);
  return places ? trend(param, levels, places, good) : ends(param, levels, good);
}

function trend(param: Param, levels: readonly number[], places: readonly number[], good: Float64Array): string {
  const x = levels.map((level) => places[level] as number);
  const flat = residual([], good);
  const straight = residual([x], good);
  const curved = new Set(levels).size > 2 ? residual([x, x.map((value) => value ** 2)], good) : null;
  const n = good.length;
  const pStraight = pOfF(flat.squares - straight.squares, straight.squares, 1, n - 2);
  const bends = curved !== null && pOfF(straight.squares - curved.squares, curved.squares, 1, n - 3) < significance;
  const [, slope = 0, bend = 0] = bends ? curved.coefficients : straight.coefficients;
  const turn = bends && bend !== 0 ? -slope / (2 * bend) : Number.NaN;
  if (bends && turn > 0.1 && turn < 0.9) {
    const at = places.reduce((best, place, level) => (Math.abs(place - turn) < Math.abs((places[best] as number) - turn) ? level : best), 0);
    const text = param.levels[at]?.text ?? '';
    return bend < 0 ? `higher was better up to ${text}, then worse` : `higher was worse up to ${text}, then better`;
  }
  if (pStraight >= significance && !bends) return 'no clear direction';
  const rising = bends ? slope + bend > 0 : slope > 0;
  return rising ? 'higher was better' : 'lower was better';
}

function ends(param: Param, levels: readonly number[], good: Float64Array): string {
  const groups = new Map<number, { sum: number; n: number }>();
  for (const [i, level] of levels.entries()) {
    const group = groups.get(level) ?? { sum: 0, n: 0 };
    groups.set(level, { sum: group.sum + (good[i] as number), n: group.n + 1 });
  }
  const means = [...groups].filter(([, { n }]) => n >= 2).map(([level, { sum, n }]) => ({ text: param.levels[level]?.text ?? '', mean: sum / n }));
  const between =
    [...groups.values()].reduce((sum, group) => sum + group.sum ** 2 / group.n, 0) - good.reduce((sum, value) => sum + value, 0) ** 2 / good.length;
  const all = residual([], good).squares;
  const p = pOfF(between, all - between, groups.size - 1, good.length - groups.size);
  if (!(p < significance) || means.length < 2) return 'no clear direction';
  means.sort((a, b) => b.mean - a.mean || (a.text < b.text ? -1 : 1));
  return `${short(means[0]?.text)} was best, ${short(means.at(-1)?.text)} worst`;
}

const short = (text = ''): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** P of an F at least as large: `explained` over `df` against `left` over `rest`; 1 where there is nothing to test. */
function pOfF(explained: number, left: number, df: number, rest: number): number {
  if (!(rest >= 1) || !(df >= 1) || !(explained > 0)) return 1;
  if (!(left > 1e-9)) return 0;
  const f = explained / df / (left / rest);
  return regularisedBeta(rest / (rest + df * f), rest / 2, df / 2);
}

/** Least squares with a constant, by Gauss elimination on at most three columns. */
function residual(columns: readonly (readonly number[])[], y: Float64Array): { readonly squares: number; readonly coefficients: readonly number[] } {
  const design = [y.map(() => 1), ...columns];
  const size = design.length;
  const system = design.map((a) => [...design.map((b) => product(a, b)), product(a, y)]);
  for (let i = 0; i < size; i++) {
    const pivot = system[i] as number[];
    if (Math.abs(pivot[i] as number) < 1e-12) continue;
    for (const [k, row] of system.entries()) {
      if (k === i) continue;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let c = i; c <= size; c++) row[c] = (row[c] as number) - factor * (pivot[c] as number);
    }
  }
  const coefficients = system.map((row, i) => (Math.abs(row[i] as number) < 1e-12 ? 0 : (row[size] as number) / (row[i] as number)));
  let squares = 0;
  for (let k = 0; k < y.length; k++)
    squares += ((y[k] as number) - design.reduce((sum, column, i) => sum + (coefficients[i] as number) * (column[k] as number), 0)) ** 2;
  return { squares, coefficients };
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
