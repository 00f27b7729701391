// What the ingest worker is given and what it tells: the two ends are bundled apart and meet only here.
import * as v from 'valibot';
import type { SurveyAnswer } from '../core/ingest/survey';
import type { FromReader } from '../wire/reading';
import { surveyAnswer } from '../wire/survey';
import type { SourceJob } from './sources/source-at';
import type { TrackerPlace } from './trackers/place';

/** A thread reads sources, or looks one over for files that nobody knows. */
export type WorkerTask = ({ readonly task: 'import' } & WorkerJob) | ({ readonly task: 'survey' } & SurveyJob);

export interface SurveyJob {
  readonly place: SourceJob;
  /** Null for the mapping that is proposed. */
  readonly mapping: string | null;
}

/** Runs on a tracker. Holds secrets: it goes to a thread of ours and nowhere else. */
export interface TrackerJob {
  readonly tracker: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly trusted?: string;
  readonly query: TrackerPlace['query'];
  readonly version: string;
}

export interface WorkerJob {
  readonly paths: readonly SourceJob[];
  /** Instead of paths: a tracker is read by itself. */
  readonly tracker?: TrackerJob;
  readonly what: 'runs' | 'code';
  readonly keepContents: boolean;
  /** Changed limits, by name. */
  readonly limits: Readonly<Record<string, number>>;
  /** Marks of claims that were read before, by key. */
  readonly known?: Readonly<Record<string, string>>;
  /** Keeps reading the one of them as it grows. */
  readonly follow?: boolean;
  /** Text of a mapping file for every source. */
  readonly mapping?: string;
}

export type FromWorker = FromReader | FromSurvey;

type FromSurvey = { readonly kind: 'survey'; readonly answer: SurveyAnswer } | { readonly kind: 'refused'; readonly message: string };

/** Checked by the host: what lies in files shapes it. */
export const fromSurvey = v.variant('kind', [
  v.strictObject({ kind: v.literal('survey'), answer: surveyAnswer }),
  v.strictObject({ kind: v.literal('refused'), message: v.string() }),
]);

/** `taken`: the page fetched a batch, the next may be made. */
export type ToWorker = 'taken' | 'cancel';

/** Batches that may wait unfetched; the reader stands still at this many. */
export const mostWaiting = 3;
