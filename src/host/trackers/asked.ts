// What a kept place asks for: its tracker, and which of its runs.
import { trackers } from '../../core/readers';
import type { RunQuery, Tracker } from '../../core/source/tracker';
import { WireError } from '../../wire/errors';
import type { TrackerQuery } from '../../wire/trackers';
import type { TrackerPlace } from './place';

/** @throws WireError where this Diptych has no such tracker: a place may have been kept by another version */
export function trackerOf({ tracker: id }: Pick<TrackerPlace, 'tracker'>): Tracker {
  const tracker = trackers.find(({ meta }) => meta.id === id);
  if (!tracker) throw new WireError('unknown-id', `This Diptych does not read ${id} servers.`);
  return tracker;
}

export const runQuery = ({ projects, filter, since, ids }: TrackerQuery): RunQuery => ({
  projects,
  filter,
  since: since as RunQuery['since'],
  ...(ids ? { ids } : {}),
});
