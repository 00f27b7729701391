// What the page and its ingest worker say to each other.

import type { LimitChanges } from '../../core/source/reader';
import type { FromReader } from '../../wire/reading';
import type { DroppedFile, DroppedRoot } from './dropped';

export type ToIngest =
  | { readonly kind: 'roots'; readonly roots: readonly DroppedRoot[]; readonly limits: LimitChanges; readonly mapping?: string }
  | { readonly kind: 'files'; readonly files: readonly DroppedFile[] }
  /** All files have been listed. */
  | { readonly kind: 'listed' }
  /** A batch was taken; the next may be made. */
  | { readonly kind: 'taken' };

/** Checked on arrival by `readerMessage`. */
export type FromIngest = FromReader;

/** Batches that may wait; the reader stands still at this many. */
export const mostWaiting = 3;
