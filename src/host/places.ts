// Which places the page may ask for: ids stand for paths, choices on trackers and buckets, and only what was named, picked or connected to becomes a source.
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { SettingsError } from '../core/source/tracker';
import { WireError } from '../wire/errors';
import type { SourceRef } from '../wire/host-api';
import { isAddress } from './buckets/address';
import { type BucketPlace, bucketPlace, namedBucket } from './buckets/place';
import { type TrackerPlace, trackerPlace } from './trackers/place';

const kept = v.object({
  version: v.literal(1),
  secret: v.pipe(v.string(), v.minLength(32)),
  sources: v.array(v.object({ id: v.string(), path: v.string() })),
  trackers: v.optional(v.array(v.object({ id: v.string(), place: trackerPlace })), []),
  buckets: v.optional(v.array(v.object({ id: v.string(), place: bucketPlace })), []),
});
type Kept = v.InferOutput<typeof kept>;
const mostKept = 1000;

export interface Places {
  /** The id of a place that the picker shows. It can be listed and chosen while the host runs. */
  show(path: string): string;
  /** @throws WireError `unknown-id` for an id that was never shown */
  shown(id: string): string;
  /**
   * Makes places into sources, which stay so over restarts. The same place has the same id, whatever it was called. An address of a bucket is
   * one too; whether anything is there shows when it is read.
   * @throws WireError `not-found`, or `refused` for an address of another kind
   */
  admit(paths: readonly string[]): readonly SourceRef[];
  /** Makes a choice of runs on a tracker a source, which stays so over restarts. The same choice has the same id. */
  admitTracker(place: TrackerPlace): SourceRef;
  /** Makes a bucket a source, which stays so over restarts. */
  admitBucket(place: BucketPlace): SourceRef;
  /** @throws WireError `unknown-id` for what is no source */
  source(id: string): SourceRef;
  /** What the source is on its tracker; null for what lies on disk. */
  tracker(id: string): TrackerPlace | null;
  /** The bucket that the source is; null for what is none. */
  bucket(id: string): BucketPlace | null;
}

/** @param folder where the list is kept, readable by the user alone */
export function createPlaces(folder: string): Places {
  const file = join(folder, 'places.json');
  const state = load(file);
  const sources = new Map(state.sources.map(({ id, path }) => [id, path]));
  const trackers = new Map(state.trackers.map(({ id, place }) => [id, place]));
  const buckets = new Map(state.buckets.map(({ id, place }) => [id, place]));
  const visible = new Map<string, string>();
  // With a secret, an id says nothing about a path, and nobody can make the id of a path that they wish to read.
  const idOf = (path: string): string => createHmac('sha256', state.secret).update(path).digest('hex').slice(0, 24);

  const keep = (): void => {
    for (const known of [sources, trackers, buckets]) for (const id of [...known.keys()].slice(0, Math.max(0, known.size - mostKept))) known.delete(id);
    const list = <T>(of: ReadonlyMap<string, T>) => [...of].map(([id, place]) => ({ id, place }));
    const paths = [...sources].map(([id, path]) => ({ id, path }));
    save(file, { version: 1, secret: state.secret, sources: paths, trackers: list(trackers), buckets: list(buckets) });
  };

  const takeBucket = (place: BucketPlace): SourceRef => {
    const id = idOf(JSON.stringify(['bucket', Object.entries(place.settings).sort()]));
    buckets.delete(id);
    buckets.set(id, place);
    return describeBucket(id, place);
  };

  return {
    show(path) {
      const id = idOf(path);
      visible.set(id, path);
      return id;
    },
    shown(id) {
      const path = visible.get(id);
      if (path === undefined) throw new WireError('unknown-id', 'This place is not known any more.', 'Open the picker again.');
      return path;
    },
    admit(paths) {
      const refs = paths.map((given) => {
        if (isAddress(given)) return takeBucket(namedPlace(given));
        const path = realPath(given);
        const id = idOf(path);
        // Last used last, so that the oldest fall out.
        sources.delete(id);
        sources.set(id, path);
        return describe(id, path);
      });
      keep();
      return refs;
    },
    admitTracker(place) {
      const { tracker, base, settings, query } = place;
      const id = idOf(JSON.stringify([tracker, base, Object.entries(settings).sort(), query]));
      trackers.delete(id);
      trackers.set(id, place);
      keep();
      return describeTracker(id, place);
    },
    admitBucket(place) {
      const ref = takeBucket(place);
      keep();
      return ref;
    },
    tracker: (id) => trackers.get(id) ?? null,
    bucket: (id) => buckets.get(id) ?? null,
    source(id) {
      const place = trackers.get(id);
      if (place) return describeTracker(id, place);
      const bucket = buckets.get(id);
      if (bucket) return describeBucket(id, bucket);
      const path = sources.get(id);
      if (path === undefined) throw new WireError('unknown-id', 'This source was not opened on this machine.', 'Open the folder or file again.');
      return describe(id, path);
    },
  };
}

function describe(id: string, path: string): SourceRef {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return { id, label: basename(path) || path, path, kind: isFolder ? 'folder' : 'file' };
}

const describeTracker = (id: string, { label, base }: TrackerPlace): SourceRef => ({ id, label, path: base, kind: 'tracker' });

function describeBucket(id: string, { settings: { place = '' } }: BucketPlace): SourceRef {
  return { id, label: place.slice(place.lastIndexOf('/') + 1), path: place, kind: 'bucket' };
}

function namedPlace(address: string): BucketPlace {
  try {
    return namedBucket(address);
  } catch (error) {
    throw error instanceof SettingsError ? new WireError('refused', error.message) : error;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new WireError('not-found', `There is nothing at ${path}.`, 'Check the spelling, or whether the drive is connected.');
  }
}

function load(file: string): Kept {
  try {
    return v.parse(kept, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or damaged: start anew. The user opens their folders once more.
    return { version: 1, secret: randomBytes(32).toString('hex'), sources: [], trackers: [], buckets: [] };
  }
}

function save(file: string, state: Kept): void {
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
