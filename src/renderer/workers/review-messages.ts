// What the page and its review worker say to each other.

import type { Run } from '../../core/model/run';
import type { ReviewedCode } from '../../core/view/code-review';
import type { DroppedFile, DroppedRoot } from './dropped';

export type ToReview =
  | { readonly kind: 'roots'; readonly roots: readonly DroppedRoot[] }
  | { readonly kind: 'files'; readonly files: readonly DroppedFile[] }
  /** A batch of the host (core/setup/project/pack.ts). */
  | { readonly kind: 'packed'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** All files have been handed over. */
  | { readonly kind: 'listed' }
  /** Runs of this code: the same code is judged again. */
  | { readonly kind: 'runs'; readonly runs: readonly Run[] };

export type FromReview =
  /** Files parsed, of how many. */
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  | { readonly kind: 'reviewed'; readonly code: ReviewedCode }
  | { readonly kind: 'failed'; readonly message: string };
