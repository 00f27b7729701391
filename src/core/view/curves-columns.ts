// The columns of one series as a panel needs them: on an axis, smoothed, with a pyramid. Each is computed once per setting.

import type { Points } from '../model/run';
import { type Axis, type Curve, curveOn, placeOnAxis } from '../series/axis';
import type { Column } from '../series/downsample';
import { type Pyramid, pyramidOf } from '../series/pyramid';
import { type Smoothing, smooth } from '../series/smooth';

export interface SeriesSource {
  readonly points: Points;
  readonly startedMs: number | null;
  readonly axis: Axis;
  /** Points of the series that gives x; null for step and time. */
  readonly other: Points | null;
}

export interface Prepared {
  readonly curve: Curve;
  /** As logged. */
  readonly raw: Column;
  /** Smoothed; the same object as `raw` where nothing is smoothed. */
  readonly shown: Column;
}

export class SeriesColumns {
  #curve: Curve | null = null;
  #raw: Pyramid | null = null;
  #shown: { readonly key: string; readonly pyramid: Pyramid } | null = null;

  readonly #places = new Map<number, number | null>();

  constructor(readonly source: SeriesSource) {
    const { points, startedMs, axis, other } = source;
    this.#curve = curveOn(axis, points, other ? { startedMs, other } : { startedMs });
  }

  /** Null where the series has no place on its axis. */
  get curve(): Curve | null {
    return this.#curve;
  }

  /** Where a logged step of this series lies on its axis; null where it has no place there. */
  placeOf(step: number): number | null {
    const known = this.#places.get(step);
    if (known !== undefined) return known;
    const { points, startedMs, axis, other } = this.source;
    const place = placeOnAxis(axis, points, other ? { startedMs, other } : { startedMs }, step);
    this.#places.set(step, place);
    return place;
  }

  prepared(smoothing: Smoothing): Prepared | null {
    const curve = this.#curve;
    if (!curve) return null;
    this.#raw ??= pyramidOf(curve.y);
    const key = JSON.stringify(smoothing);
    if (this.#shown?.key !== key) {
      const y = smooth(curve.x, curve.y, smoothing);
      this.#shown = { key, pyramid: y === curve.y ? this.#raw : pyramidOf(y) };
    }
    const raw = { x: curve.x, pyramid: this.#raw };
    return { curve, raw, shown: this.#shown.pyramid === this.#raw ? raw : { x: curve.x, pyramid: this.#shown.pyramid } };
  }
}
