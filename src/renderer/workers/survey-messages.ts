// What the page and its survey worker say to each other.

import type { SurveyAnswer } from '../../core/ingest/survey';
import type { LimitChanges } from '../../core/source/reader';
import type { KeptDrop } from './dropped';

export type ToSurvey =
  | { readonly kind: 'drop'; readonly drop: KeptDrop; readonly limits: LimitChanges }
  /** A later question ends the one before. */
  | { readonly kind: 'ask'; readonly id: number; readonly mapping: string | null };

export type FromSurvey =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: SurveyAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
