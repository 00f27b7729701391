// Media of several runs side by side: a row a name, a cell a run, all at one step.

import type { RunId } from '../base/units';
import type { Media } from '../model/media';
import type { Run } from '../model/run';
import { type MediaAt, mediaAt, mediaKey, mediaTitle, natural } from './media-steps';

export const mediaFilters = ['all', 'shared', 'missing', 'differs'] as const;
/** `shared`: in every run. `missing`: not in every run. `differs`: not the same in every run at the step, missing included. */
export type MediaFilter = (typeof mediaFilters)[number];

export interface MediaRow {
  readonly key: string;
  readonly title: string;
  /** The trackers' words for it; more than one where runs logged different things under one name. */
  readonly kinds: readonly string[];
  readonly cells: ReadonlyMap<RunId, Media>;
}

/** Rows by name; names that hold nothing to see are left out, and said by `hiddenMedia`. Linear in the media of all runs, but for sorting. */
export function mediaRows(runs: readonly Run[]): readonly MediaRow[] {
  const rows = new Map<string, { title: string; kinds: Set<string>; cells: Map<RunId, Media> }>();
  for (const run of runs)
    for (const media of run.media) {
      if ((media.items?.length ?? 0) === 0) continue;
      const key = mediaKey(media);
      const row = rows.get(key) ?? { title: mediaTitle(media), kinds: new Set(), cells: new Map() };
      rows.set(key, row);
      row.kinds.add(media.kind);
      // Two kinds under one name in one run: the one with more to see stands for it.
      const known = row.cells.get(run.id);
      if (!known || (known.items?.length ?? 0) < (media.items?.length ?? 0)) row.cells.set(run.id, media);
    }
  return [...rows].map(([key, { title, kinds, cells }]) => ({ key, title, kinds: [...kinds].sort(), cells })).sort((a, b) => natural(a.title, b.title));
}

/** Media that were logged and of which nothing was kept, over all runs. */
export const hiddenMedia = (runs: readonly Run[]): number =>
  new Set(runs.flatMap(({ media }) => media.filter(({ items }) => (items?.length ?? 0) === 0).map(mediaKey))).size;

/** @param differing keys of rows that are known to differ at the step */
export function filterRows(rows: readonly MediaRow[], filter: MediaFilter, runs: number, differing: ReadonlySet<string>): readonly MediaRow[] {
  switch (filter) {
    case 'all':
      return rows;
    case 'shared':
      return rows.filter(({ cells }) => cells.size === runs);
    case 'missing':
      return rows.filter(({ cells }) => cells.size < runs);
    case 'differs':
      return rows.filter(({ key, cells }) => cells.size < runs || differing.has(key));
  }
}

/** What a run has at a step, and how that stands to the step asked for. */
export interface MediaCellAt extends MediaAt {
  /** What is to be said beside it: the step, and that it is an earlier one; null where there is nothing to say. */
  readonly says: string | null;
}

/** @param step null for the last of all runs */
export function cellAt(media: Media, step: number | null, number: (step: number) => string): MediaCellAt {
  const at = mediaAt(media, step);
  if (at.later !== null) return { ...at, says: `nothing yet: the first is at step ${number(at.later)}` };
  if (at.step === null) return { ...at, says: null };
  return { ...at, says: step !== null && at.step !== step ? `step ${number(at.step)}, the nearest before` : `step ${number(at.step)}` };
}
