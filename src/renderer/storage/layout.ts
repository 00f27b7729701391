// Which series go into which row: measured in Chromium, rows cost about 0.4 ms each and large ones become blob files.

/** Series up to this length share rows; longer ones are cut into rows of this length. */
export const chunkPoints = 65_536;
/** A pack is closed when its values reach this many points (two columns: 4 MB). */
export const packPoints = 262_144;

export interface Layout {
  /** Series of each pack, by index. */
  readonly packs: readonly (readonly number[])[];
  /** Series that have chunks and an overview. */
  readonly long: readonly number[];
}

/**
 * Where the series of a run lie, from their lengths alone; so nothing but the run's own row is needed to find a curve.
 * Part of the stored format: a change of these rules or numbers needs a new schema version.
 */
export function layoutOf(counts: readonly number[]): Layout {
  const packs: number[][] = [];
  const long: number[] = [];
  let room = 0;
  counts.forEach((count, series) => {
    if (count > chunkPoints) {
      long.push(series);
      return;
    }
    if (packs.length === 0 || count > room) {
      packs.push([]);
      room = packPoints;
    }
    packs.at(-1)?.push(series);
    room -= count;
  });
  return { packs, long };
}

/** Series → its pack and place in it, for the series that have one. */
export function placesOf(layout: Layout): ReadonlyMap<number, { readonly pack: number; readonly at: number }> {
  return new Map(layout.packs.flatMap((series, pack) => series.map((index, at) => [index, { pack, at }] as const)));
}
