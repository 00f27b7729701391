// All readers and tracker connections, found by a glob: a new folder is a new format, nothing else changes.

import { folderId, registryOf } from '../base/registry';
import type { ReaderMeta, RunReader } from '../source/reader';
import type { Tracker } from '../source/tracker';

export const readers: readonly RunReader[] = registryOf(import.meta.glob<RunReader>('./*/reader.ts', { eager: true, import: 'reader' }), folderId);

export const trackers: readonly Tracker[] = registryOf(import.meta.glob<Tracker>('./*/tracker.ts', { eager: true, import: 'tracker' }), folderId);

/** What a run's `format` may name. A connection that says what its reader of folders says has the same name. */
export const formats: readonly ReaderMeta[] = [...readers, ...trackers.filter((tracker) => !readers.some((reader) => reader.meta.id === tracker.meta.id))].map(
  ({ meta }) => meta,
);
