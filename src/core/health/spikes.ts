// Points that stand far out of what lies before and behind them. Shared by the rules on loss spikes and gradient bursts.

import { modifiedZ, SortedWindow } from '../statistics/robust';

export interface Spike {
  /** Place of the highest point. */
  readonly place: number;
  /** First and last place above half of its height. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  /** Median of the window before. */
  readonly before: number;
  /** Largest value of the window before. */
  readonly highest: number;
  /** Robust z of the logarithm (of the value itself where values are not positive). */
  readonly z: number;
  readonly linearZ: number;
}

/** Trailing window: a tenth of the curve, 50 to 1000 points. */
export const spikeWindow = (n: number): number => Math.min(1000, Math.max(50, Math.floor(n / 10)));

const madFloor = 1e-3;

/**
 * Upward excursions from the window before them with z > `least`, in logarithms or linearly: 0.6745 (ln x − median) / MAD, MAD floored at 1e-3.
 * Points below the 95th percentile of the window are passed over. Neighbouring points are one spike. The first max(50, 5 %) points are left out: everything moves there. O(n log W).
 * @param values finite, at least 100
 */
export function spikesOf(values: Float64Array, least: number): readonly Spike[] {
  const n = values.length;
  const width = spikeWindow(n);
  const from = Math.max(50, Math.floor(0.05 * n));
  const window = new SortedWindow(width);
  const spikes: Spike[] = [];
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    if (i >= from && window.size > 0 && value > window.at(0.95)) {
      const spike = spikeAt(values, i, window, least);
      if (spike) {
        const last = spikes.at(-1);
        if (last && i <= last.to + 1) {
          // What lay before is told by the first point: the windows of later ones hold the rise itself.
          if (spike.height > last.height)
            spikes[spikes.length - 1] = {
              ...last,
              place: spike.place,
              height: spike.height,
              to: Math.max(last.to, spike.to),
              z: Math.max(last.z, spike.z),
              linearZ: Math.max(last.linearZ, spike.linearZ),
            };
        } else spikes.push(spike);
      }
    }
    window.add(value);
    if (window.size > width) window.remove(values[i - width] as number);
  }
  return spikes;
}

function spikeAt(values: Float64Array, place: number, window: SortedWindow, least: number): Spike | null {
  const height = values[place] as number;
  const before = window.median;
  const spread = window.mad(before);
  const linearZ = modifiedZ(height, before, spread, 1e-12 * Math.abs(before));
  // For small spreads the deviation of ln x is the relative deviation of x; a positive window needs no second sorted copy.
  const z = before > 0 && height > 0 ? logZ(height, window, before) : linearZ;
  if (z <= least && linearZ <= least) return null;
  const half = before + 0.5 * (height - before);
  let to = place;
  while (to + 1 < values.length && (values[to + 1] as number) > half) to += 1;
  return { place, from: place, to, height, before, highest: window.max, z, linearZ };
}

/** MAD of logarithms from the same sorted window: the median distance of ln x from ln median, found among ratios. */
function logZ(height: number, window: SortedWindow, before: number): number {
  return modifiedZ(Math.log(height / before), 0, window.logMad(before), madFloor);
}
