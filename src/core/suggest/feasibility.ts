// How likely a run at a point is to end with a result, from the runs that failed.

/** Distance in the unit cube, per root of the coordinates, over which one run tells of another. */
const reach = 0.1;
/** Weight of the overall share against the neighbours. */
const prior = 1;

/**
 * Chance that a run at a point ends with a result, against the overall share of runs that do: 1 far from all runs and where nothing failed.
 * Method: Nadaraya–Watson's weighted mean of neighbours, shrunk to the overall share; a soft constraint in the sense of Gelbart et al. (2014).
 */
export function feasibilityOf(
  ended: readonly Float64Array[],
  failed: readonly Float64Array[],
  categories: ReadonlySet<number>,
): (point: ArrayLike<number>) => number {
  if (failed.length === 0) return () => 1;
  const overall = (ended.length + 1) / (ended.length + failed.length + 1);
  const weightOf = (a: Float64Array, b: ArrayLike<number>): number => {
    let square = 0;
    for (let k = 0; k < a.length; k++) square += categories.has(k) ? (a[k] === b[k] ? 0 : 0.25) : ((a[k] as number) - (b[k] as number)) ** 2;
    return Math.exp(-square / (2 * a.length * reach * reach));
  };
  return (point) => {
    let good = prior * overall;
    let all = prior;
    for (const other of ended) {
      const weight = weightOf(other, point);
      good += weight;
      all += weight;
    }
    for (const other of failed) all += weightOf(other, point);
    return Math.min(1, good / all / overall);
  };
}
