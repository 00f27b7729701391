// What judges runs off the main thread, found by a glob: features/<id>/job.ts, or features/<any>/jobs/<id>.ts for more than one.
// Only the worker imports this file's values; the page names a job by its id and its type (queries/use-job.ts).

import { fileId, folderId, registryOf } from '../../core/base/registry';
import type { RunId } from '../../core/base/units';
import type { Points, Run } from '../../core/model/run';

/** A run as it was when the wish was made: `stamp` changes when anything of the run does, so that a result can be kept by its request. */
export interface RunRef {
  readonly id: RunId;
  readonly stamp: number;
}

/** What a job reads; the worker has opened the store by itself. */
export interface JobStore {
  /** In the order asked for, without those that are gone. Kept between jobs, so asking again costs nothing. */
  runs(refs: readonly RunRef[]): Promise<readonly Run[]>;
  /** Points of some series, by index in `run.series`. */
  points(id: RunId, series: readonly number[]): Promise<readonly Points[]>;
  /** Bytes kept for preview; null where they were not kept. */
  content(id: RunId, path: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted, or what is done now: `runs`. */
  readonly label: string;
}

export interface JobContext {
  readonly store: JobStore;
  readonly signal: AbortSignal;
  /** May be called often; the page hears of it ten times a second. */
  readonly progress: (progress: JobProgress) => void;
  /**
   * To be awaited between pieces of work of at most 50 ms: lets a cancel in, and lets jobs that somebody waits for go first.
   * @throws the signal's reason when the work is not wanted any more
   */
  readonly breathe: () => Promise<void>;
}

/**
 * @typeParam Request plain data (as JSON has it) that names all that the result depends on: runs by `RunRef`, and settings
 * @typeParam Result what can be cloned to the page
 */
export interface Job<Request, Result> {
  readonly meta: { readonly id: string };
  /** @throws anything; the page gets the message as a value */
  run(request: Request, context: JobContext): Promise<Result>;
}

/** A job of which the types are not known here; whoever wishes for it knows them. */
export type AnyJob = Job<never, unknown>;

const idOf = (path: string): string | null => (path.endsWith('/job.ts') ? folderId(path) : fileId(path));

/** @returns id → job */
export const jobs = (): ReadonlyMap<string, AnyJob> =>
  new Map(
    registryOf(import.meta.glob<AnyJob>(['../features/*/job.ts', '../features/*/jobs/*.ts'], { eager: true, import: 'job' }), idOf).map((job) => [
      job.meta.id,
      job,
    ]),
  );
