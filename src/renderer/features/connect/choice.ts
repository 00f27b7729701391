// What is to be read, from what is checked, filtered and narrowed.

import type { ListedTrackerRun, TrackerQuery } from '../../../wire/trackers';
import type { Pages } from './use-pages';

/** More are chosen by a filter. */
export const mostPicked = 10_000;

export interface Choice {
  readonly query: TrackerQuery;
  readonly names: readonly string[];
  /** Runs that are named one by one; null where all are read that the tracker finds. */
  readonly count: number | null;
  /** How many the tracker finds, once all of them are listed. */
  readonly found: number | null;
}

interface Chosen {
  readonly query: TrackerQuery;
  /** Of the projects. */
  readonly names: readonly string[];
  readonly picked: ReadonlySet<string>;
  readonly runs: Pick<Pages<ListedTrackerRun>, 'items' | 'more' | 'failure'>;
  /** Those of `runs` that are shown. */
  readonly shown: readonly ListedTrackerRun[];
  /** Only some of the listed runs are shown: those are meant, as our own words are none of the tracker's. */
  readonly isNarrowed: boolean;
}

/** Null while there is nothing to read. */
export function choiceOf({ query, names, picked, runs, shown, isNarrowed }: Chosen): Choice | null {
  if (names.length === 0) return null;
  const ids = picked.size > 0 ? [...picked] : isNarrowed ? shown.slice(0, mostPicked).map(({ id }) => id) : null;
  if (ids) return ids.length === 0 ? null : { query: { ...query, filter: null, since: null, ids }, names, count: ids.length, found: null };
  if (runs.failure || (runs.items.length === 0 && !runs.more)) return null;
  return { query, names, count: null, found: runs.more ? null : runs.items.length };
}
