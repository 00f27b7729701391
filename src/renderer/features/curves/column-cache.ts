// Points that the worker holds, within a budget of bytes; those used longest ago go first.

import type { RunId } from '../../../core/base/units';
import type { Points } from '../../../core/model/run';
import { SeriesColumns } from '../../../core/view/curves-columns';
import type { PlacedSeries } from '../../../core/view/curves-lines';

/** Reads some series of a run: all points, or at most a few thousand with the extremes of every stretch. */
export type ReadPoints = (run: RunId, series: readonly number[], detail: 'overview' | 'full') => Promise<readonly Points[]>;

/** Series up to this length are read whole at once; longer ones are first shown from their overview. */
const wholeAtOnce = 65_536;

interface Held {
  readonly points: Points;
  readonly stamp: string;
  readonly full: boolean;
  readonly columns: Map<string, SeriesColumns>;
}

const bytesOf = (points: Points): number => points.values.byteLength + (points.steps?.byteLength ?? 0) + (points.times?.byteLength ?? 0);

export class ColumnCache {
  readonly #held = new Map<string, Held>();
  #bytes = 0;

  constructor(
    readonly read: ReadPoints,
    readonly budget = 512 * 1024 * 1024,
  ) {}

  /**
   * Reads what is missing of these series.
   * @returns whether all points are there; false while long series are held as overviews only
   * @throws what reading throws
   */
  async load(series: readonly PlacedSeries[], detail: 'quick' | 'full'): Promise<boolean> {
    const missing = new Map<RunId, Map<number, PlacedSeries>>();
    let whole = true;
    for (const ref of series) {
      for (const index of ref.other === null ? [ref.index] : [ref.index, ref.other]) {
        const held = this.#held.get(keyOf(ref.run, index));
        const long = ref.count > wholeAtOnce;
        if (held?.stamp === ref.stamp && (held.full || detail === 'quick')) {
          whole &&= held.full;
          continue;
        }
        if (detail === 'quick' && long) whole = false;
        const ofRun = missing.get(ref.run) ?? new Map<number, PlacedSeries>();
        missing.set(ref.run, ofRun.set(index, ref));
      }
    }
    await Promise.all([...missing].map(([run, refs]) => this.#readRun(run, refs, detail)));
    this.#evict(new Set(series.flatMap((ref) => [keyOf(ref.run, ref.index), ...(ref.other === null ? [] : [keyOf(ref.run, ref.other)])])));
    return whole;
  }

  async #readRun(run: RunId, refs: ReadonlyMap<number, PlacedSeries>, detail: 'quick' | 'full'): Promise<void> {
    const overview = [...refs].filter(([, ref]) => detail === 'quick' && ref.count > wholeAtOnce);
    const full = [...refs].filter(([, ref]) => detail === 'full' || ref.count <= wholeAtOnce);
    for (const [group, kind] of [
      [overview, 'overview'],
      [full, 'full'],
    ] as const) {
      if (group.length === 0) continue;
      const points = await this.read(
        run,
        group.map(([index]) => index),
        kind,
      );
      for (const [at, [index, ref]] of group.entries()) this.#put(keyOf(run, index), points[at] as Points, ref.stamp, kind === 'full');
    }
  }

  #put(key: string, points: Points, stamp: string, full: boolean): void {
    const before = this.#held.get(key);
    if (before) this.#bytes -= bytesOf(before.points);
    this.#held.delete(key);
    this.#held.set(key, { points, stamp, full, columns: new Map() });
    this.#bytes += bytesOf(points);
  }

  #evict(needed: ReadonlySet<string>): void {
    for (const [key, held] of this.#held) {
      if (this.#bytes <= this.budget) break;
      if (needed.has(key)) continue;
      this.#held.delete(key);
      this.#bytes -= bytesOf(held.points);
    }
  }

  /** Columns of a series that was loaded, the same object as long as its points stay; undefined for one that was not. */
  columns(ref: PlacedSeries): SeriesColumns | undefined {
    const key = keyOf(ref.run, ref.index);
    const held = this.#held.get(key);
    const other = ref.other === null ? null : this.#held.get(keyOf(ref.run, ref.other));
    if (!held || other === undefined) return undefined;
    // Used now: the last to go.
    this.#held.delete(key);
    this.#held.set(key, held);
    const axis = `${JSON.stringify(ref.axis)} ${ref.other}`;
    const known = held.columns.get(axis);
    if (known && known.source.other === (other?.points ?? null)) return known;
    const columns = new SeriesColumns({ points: held.points, startedMs: ref.startedMs, axis: ref.axis, other: other?.points ?? null });
    // One axis at a time: the columns of the one before are let go.
    held.columns.clear();
    held.columns.set(axis, columns);
    return columns;
  }

  /** Points as stored, of a series that was loaded. */
  points(run: RunId, index: number): Points | undefined {
    return this.#held.get(keyOf(run, index))?.points;
  }
}

const keyOf = (run: RunId, index: number): string => `${run}/${index}`;
