// What the page and its survey worker say to each other.

import * as v from 'valibot';
import type { LimitChanges } from '../../core/source/reader';
import { surveyAnswer } from '../../wire/survey';
import type { KeptDrop } from './dropped';

export type ToSurvey =
  | { readonly kind: 'drop'; readonly drop: KeptDrop; readonly limits: LimitChanges }
  /** A later question ends the one before. */
  | { readonly kind: 'ask'; readonly id: number; readonly mapping: string | null };

/** Checked by the page: what lies in files shapes it. */
export const fromSurvey = v.variant('kind', [
  v.strictObject({ kind: v.literal('answer'), id: v.number(), answer: surveyAnswer }),
  v.strictObject({ kind: v.literal('failed'), id: v.number(), message: v.string() }),
]);
export type FromSurvey = v.InferOutput<typeof fromSurvey>;
