// What the page and its review worker say to each other.

import type { RunId } from '../../core/base/units';
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
  /** Runs of this code, null for none; code that is there already is judged again. */
  | { readonly kind: 'runs'; readonly runs: readonly Run[] | null }
  /** Rules that a person set aside: they have no part in the patch of all findings. */
  | { readonly kind: 'waived'; readonly rules: readonly string[] };

export type FromReview =
  /** Files parsed, of how many. */
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  /** `joined`: runs that it was judged with; null where it was judged alone. */
  | { readonly kind: 'reviewed'; readonly code: ReviewedCode; readonly joined: readonly RunId[] | null }
  | { readonly kind: 'failed'; readonly message: string };
