// Curves for tests: drawn from a seed, shaped like training runs.

import type { Points } from '../../src/core/model/run';
import { SeriesColumns } from '../../src/core/view/curves-columns';
import type { DrawWish } from '../../src/core/view/curves-draw';

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A falling loss with noise and, now and then, a spike. */
export function lossCurve(seed: number, count: number, { spikes = 0.002, level = 0.2 }: { spikes?: number; level?: number } = {}): Points {
  const random = seeded(seed);
  const speed = 2 + 4 * random();
  const steps = Float64Array.from({ length: count }, (_, i) => i * 10);
  const values = steps.map(
    (_, i) => level + 2 * Math.exp((-speed * i) / count) * (1 + 0.15 * (random() - 0.5)) + 0.05 * random() + (random() < spikes ? random() * 2 : 0),
  );
  return { steps, values: values as Float64Array<ArrayBuffer>, times: Float64Array.from(steps, (step) => 1_795_000_000_000 + step * 37) };
}

export const columnsOf = (points: Points): SeriesColumns => new SeriesColumns({ points, startedMs: null, axis: { kind: 'step' }, other: null });

/** Values at steps 0, 1, 2 …. */
export const pointsOf = (...values: readonly number[]): Points => ({ steps: Float64Array.from(values.keys()), values: Float64Array.from(values), times: null });

export const plainWish = (lines: DrawWish['lines'], more: Partial<DrawWish> = {}): DrawWish => ({
  lines,
  smoothing: { kind: 'none' },
  showRaw: true,
  envelope: false,
  clipOutliers: false,
  centre: 'mean',
  band: 'std',
  logX: false,
  logY: false,
  x: null,
  y: null,
  buckets: 300,
  settled: true,
  ...more,
});
