// What the page and its review worker say to each other.

import type { RunId } from '../../core/base/units';
import type { RoleStatement } from '../../core/project/project';
import type { ReviewedCode } from '../../core/view/code-review';
import type { RunRef } from '../registry/jobs';
import type { DroppedFile, DroppedRoot } from './dropped';

/** The worker reads them out of the store: a library of runs is too much to hand over. */
export interface JoinedRuns {
  readonly refs: readonly RunRef[];
  /** What people stated of their metrics. */
  readonly roles: readonly RoleStatement[];
}

export type ToReview =
  | { readonly kind: 'roots'; readonly roots: readonly DroppedRoot[] }
  | { readonly kind: 'files'; readonly files: readonly DroppedFile[] }
  /** A batch of the host (core/setup/project/pack.ts). */
  | { readonly kind: 'packed'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** All files have been handed over. */
  | { readonly kind: 'listed' }
  /** Runs of this code, null for none; code that is there already is judged again. */
  | { readonly kind: 'runs'; readonly joined: JoinedRuns | null }
  /** Rules that a person set aside: they have no part in the patch of all findings. */
  | { readonly kind: 'waived'; readonly rules: readonly string[] };

export type FromReview =
  /** Files parsed, of how many. */
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  /** `joined`: runs that it was judged with; null where it was judged alone. */
  | { readonly kind: 'reviewed'; readonly code: ReviewedCode; readonly joined: readonly RunId[] | null }
  | { readonly kind: 'failed'; readonly message: string };
