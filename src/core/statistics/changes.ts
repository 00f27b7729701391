// Where the level of a series changes: optimal partitioning with pruning.

/**
 * Indices at which a new level begins (none for a series of one level). PELT (Killick, Fearnhead and Eckley 2012) with the squared-error
 * cost of a constant mean, `penalty` for each change and at least `least` points to a stretch. O(n) where changes are frequent, at worst O(n²):
 * give it at most a few thousand points.
 * @param values finite
 */
export function levelChanges(values: Float64Array, penalty: number, least = 5): readonly number[] {
  const n = values.length;
  if (n < 2 * least) return [];
  const sum = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    sum[i + 1] = (sum[i] as number) + (values[i] as number);
    squares[i + 1] = (squares[i] as number) + (values[i] as number) ** 2;
  }
  const cost = (from: number, to: number): number => {
    const total = (sum[to] as number) - (sum[from] as number);
    return Math.max(0, (squares[to] as number) - (squares[from] as number) - (total * total) / (to - from));
  };
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates: number[] = [0];
  for (let to = least; to <= n; to++) {
    if (to - least > 0 && Number.isFinite(best[to - least] as number)) candidates.push(to - least);
    for (const from of candidates) {
      const total = (best[from] as number) + cost(from, to) + penalty;
      if (total < (best[to] as number)) {
        best[to] = total;
        previous[to] = from;
      }
    }
    candidates = candidates.filter((from) => (best[from] as number) + cost(from, to) <= (best[to] as number));
  }
  const changes: number[] = [];
  for (let at = previous[n] as number; at > 0; at = previous[at] as number) changes.push(at);
  return changes.reverse();
}
