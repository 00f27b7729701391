// A regression forest of extremely randomised trees, with predictions for what each tree has not seen.

import type { Random } from '../base/random';
import type { Design, Posterior } from './gaussian-process';

export interface Forest {
  /** Mean over the trees, and the spread between them. */
  predict(point: ArrayLike<number>): Posterior;
  /** For each observation what the trees say that saw no member of its group; NaN where every tree did. */
  readonly unseen: readonly Posterior[];
}

type Node = { readonly mean: number } | { readonly coordinate: number; readonly goesLeft: (x: number) => boolean; readonly left: Node; readonly right: Node };

const trees = 100;
const fewestToSplit = 4;
/** Of very many observations each tree sees so many at most. */
const mostSeen = 2000;

/**
 * Method: Geurts, Ernst and Wehenkel (2006): each node tries one random cut of every coordinate and takes the one that explains most; on
 * bootstrap samples of whole groups, so that replicates of a configuration are left out together. Spread between trees stands for
 * uncertainty, as in SMAC (Hutter, Hoos and Leyton-Brown 2011).
 * @param groups for each observation the number of its group, from 0
 */
export function fitForest({ points, categories }: Design, values: Float64Array, groups: readonly number[], random: Random): Forest {
  const members: number[][] = [];
  for (const [i, group] of groups.entries()) {
    const known = members[group];
    if (known) known.push(i);
    else members[group] = [i];
  }
  const sums = { count: new Float64Array(values.length), sum: new Float64Array(values.length), squares: new Float64Array(values.length) };
  const roots = Array.from({ length: trees }, () => {
    const seen = new Set<number>();
    const sample: number[] = [];
    for (let draw = 0; draw < members.length && sample.length < mostSeen; draw++) {
      const group = random.integer(members.length);
      seen.add(group);
      sample.push(...(members[group] ?? []));
    }
    const root = grown(sample, { points, categories, values, random });
    for (const [i, group] of groups.entries()) {
      if (seen.has(group)) continue;
      const y = descended(root, points[i] as Float64Array);
      sums.count[i] = (sums.count[i] as number) + 1;
      sums.sum[i] = (sums.sum[i] as number) + y;
      sums.squares[i] = (sums.squares[i] as number) + y * y;
    }
    return root;
  });
  const posterior = (count: number, sum: number, squares: number): Posterior => {
    const mean = sum / count;
    return { mean, deviation: Math.sqrt(Math.max(squares / count - mean * mean, 1e-12)) };
  };
  return {
    predict(point) {
      let sum = 0;
      let squares = 0;
      for (const root of roots) {
        const y = descended(root, point);
        sum += y;
        squares += y * y;
      }
      return posterior(trees, sum, squares);
    },
    unseen: points.map((_, i) => posterior(sums.count[i] as number, sums.sum[i] as number, sums.squares[i] as number)),
  };
}

function descended(root: Node, point: ArrayLike<number>): number {
  let node = root;
  while ('left' in node) node = node.goesLeft(point[node.coordinate] as number) ? node.left : node.right;
  return node.mean;
}

interface Ground extends Design {
  readonly values: Float64Array;
  readonly random: Random;
}

function grown(sample: readonly number[], ground: Ground): Node {
  const { points, categories, values } = ground;
  const mean = sample.reduce((sum, i) => sum + (values[i] as number), 0) / sample.length;
  if (sample.length < fewestToSplit || sample.every((i) => values[i] === values[sample[0] as number])) return { mean };
  const d = points[0]?.length ?? 0;
  let best: { readonly coordinate: number; readonly goesLeft: (x: number) => boolean; readonly gain: number } | null = null;
  for (let k = 0; k < d; k++) {
    const goesLeft = cut(
      sample.map((i) => points[i]?.[k] as number),
      categories.has(k),
      ground.random,
    );
    if (goesLeft === null) continue;
    let count = 0;
    let sum = 0;
    for (const i of sample) {
      if (!goesLeft(points[i]?.[k] as number)) continue;
      count += 1;
      sum += (values[i] as number) - mean;
    }
    if (count === 0 || count === sample.length) continue;
    // Squared error that the two means take away; the two sums cancel.
    const gain = (sum * sum) / count + (sum * sum) / (sample.length - count);
    if (best === null || gain > best.gain) best = { coordinate: k, goesLeft, gain };
  }
  if (best === null) return { mean };
  const { coordinate, goesLeft } = best;
  const left = sample.filter((i) => goesLeft(points[i]?.[coordinate] as number));
  const right = sample.filter((i) => !goesLeft(points[i]?.[coordinate] as number));
  return { coordinate, goesLeft, left: grown(left, ground), right: grown(right, ground) };
}

/** A random cut between what is there, or null where all is the same. */
function cut(here: readonly number[], category: boolean, random: Random): ((x: number) => boolean) | null {
  if (!category) {
    const low = here.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = here.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const at = low + (high - low) * random.next();
    return high > low ? (x) => x <= at : null;
  }
  const codes = [...new Set(here)].sort((a, b) => a - b);
  if (codes.length < 2) return null;
  const left = new Set(codes.filter(() => random.next() < 0.5));
  if (left.size === 0 || left.size === codes.length) left.clear();
  if (left.size === 0) left.add(codes[random.integer(codes.length)] as number);
  return (x) => left.has(x);
}
