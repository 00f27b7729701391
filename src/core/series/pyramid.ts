// Least, greatest, sum and count of any stretch of a column in a few dozen reads, however long it is.

/** One level holds a block for every `width` points. */
interface Level {
  readonly width: number;
  /** Index of the first least and first greatest finite value of a block; `none` where it has none. */
  readonly least: Uint32Array;
  readonly greatest: Uint32Array;
  readonly sum: Float64Array;
  readonly finite: Uint32Array;
}

export interface Pyramid {
  readonly y: Float64Array;
  readonly levels: readonly Level[];
}

export const none = 0xffff_ffff;
const fanout = 64;

/** Blocks of 64, 4,096, 262,144 … points. O(n) to build, 1/64 of the column's points in blocks. */
export function pyramidOf(y: Float64Array): Pyramid {
  const levels: Level[] = [];
  for (let width = fanout; width < y.length * 2; width *= fanout) {
    const below = levels.at(-1);
    const blocks = Math.ceil(y.length / width);
    const level = {
      width,
      least: new Uint32Array(blocks),
      greatest: new Uint32Array(blocks),
      sum: new Float64Array(blocks),
      finite: new Uint32Array(blocks),
    };
    for (let block = 0; block < blocks; block++) {
      const stretch = emptyStretch();
      if (below) for (let i = block * fanout; i < Math.min((block + 1) * fanout, below.least.length); i++) addBlock(stretch, y, below, i);
      else addPoints(stretch, y, block * width, Math.min((block + 1) * width, y.length));
      level.least[block] = stretch.least;
      level.greatest[block] = stretch.greatest;
      level.sum[block] = stretch.sum;
      level.finite[block] = stretch.finite;
    }
    levels.push(level);
    if (blocks === 1) break;
  }
  return { y, levels };
}

/** What is known of the points [from, to). */
export interface Stretch {
  least: number;
  greatest: number;
  sum: number;
  finite: number;
}

export const emptyStretch = (): Stretch => ({ least: none, greatest: none, sum: 0, finite: 0 });

/** Fills `into` with the stretch [from, to); an object is passed in so that a frame of many buckets allocates nothing. */
export function stretchOf(pyramid: Pyramid, from: number, to: number, into: Stretch): void {
  into.least = none;
  into.greatest = none;
  into.sum = 0;
  into.finite = 0;
  descend(pyramid, pyramid.levels.length - 1, from, to, into);
}

/** Whole blocks of this level, and what sticks out on either side from the level below. */
function descend(pyramid: Pyramid, depth: number, from: number, to: number, into: Stretch): void {
  const level = pyramid.levels[depth];
  if (!level) {
    addPoints(into, pyramid.y, from, to);
    return;
  }
  const first = Math.ceil(from / level.width);
  const last = Math.floor(to / level.width);
  if (first >= last) {
    descend(pyramid, depth - 1, from, to, into);
    return;
  }
  descend(pyramid, depth - 1, from, first * level.width, into);
  for (let block = first; block < last; block++) addBlock(into, pyramid.y, level, block);
  descend(pyramid, depth - 1, last * level.width, to, into);
}

function addPoints(into: Stretch, y: Float64Array, from: number, to: number): void {
  let { least, greatest, sum, finite } = into;
  let low = least === none ? Number.POSITIVE_INFINITY : (y[least] as number);
  let high = greatest === none ? Number.NEGATIVE_INFINITY : (y[greatest] as number);
  for (let i = from; i < to; i++) {
    const value = y[i] as number;
    // False for NaN and both infinities.
    if (!(value - value === 0)) continue;
    if (value < low) {
      low = value;
      least = i;
    }
    if (value > high) {
      high = value;
      greatest = i;
    }
    sum += value;
    finite += 1;
  }
  into.least = least;
  into.greatest = greatest;
  into.sum = sum;
  into.finite = finite;
}

function addBlock(into: Stretch, y: Float64Array, level: Level, block: number): void {
  const count = level.finite[block] as number;
  if (count === 0) return;
  const least = level.least[block] as number;
  const greatest = level.greatest[block] as number;
  if (into.least === none || (y[least] as number) < (y[into.least] as number)) into.least = least;
  if (into.greatest === none || (y[greatest] as number) > (y[into.greatest] as number)) into.greatest = greatest;
  into.sum += level.sum[block] as number;
  into.finite += count;
}
