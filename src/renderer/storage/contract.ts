// The app's store as the page sees it: the RunStore of core, and what only the app keeps.

import type { RunId } from '../../core/base/units';
import type { Points, ReadRun, Run } from '../../core/model/run';
import type { ImportRecord, RunStore } from '../../core/store/contract';
import type { Workspace } from '../state/workspace';

export type PutOutcome = 'added' | 'updated' | 'unchanged';

export interface Overview {
  /** At most about 2,400 points with the least and the greatest of every stretch; all of them where there are few. */
  readonly points: Points;
  /** False where `points` are all that were logged. */
  readonly thinned: boolean;
}

/** Bytes that we wrote, counted by ourselves: the browser's own estimate is fiction. */
export interface Usage {
  readonly runs: number;
  readonly binned: number;
  readonly bytes: number;
  readonly binnedBytes: number;
}

export interface AppStore extends RunStore {
  put(read: ReadRun): Promise<PutOutcome>;
  run(id: RunId): Promise<Run | null>;
  /** A run with all its points and files, as it was put; null where it is not there (any more). */
  whole(id: RunId): Promise<ReadRun | null>;
  /** Some series of a run, thinned where they are long: what a first paint needs. */
  overviews(id: RunId, series: readonly number[]): Promise<readonly Overview[]>;
  /** Runs in the bin, with the time they went there. */
  binned(): Promise<readonly { readonly run: Run; readonly atMs: number }[]>;

  imports(): Promise<readonly ImportRecord[]>;
  putImport(record: ImportRecord): Promise<void>;

  workspaces(): Promise<readonly Workspace[]>;
  /** As it is stored, or undefined. */
  workspace(id: string): Promise<unknown>;
  putWorkspace(workspace: Workspace): Promise<void>;
  /**
   * Reads and writes a workspace in one go, so that no window overwrites what another wrote meanwhile.
   * @param next what is to be stored in place of what is there (undefined where there is none); null leaves it
   */
  updateWorkspace(id: string, next: (there: unknown) => Workspace | null): Promise<void>;
  deleteWorkspace(id: string): Promise<void>;

  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  /** As updateWorkspace; undefined leaves what is there. */
  updateSetting(key: string, next: (there: unknown) => unknown): Promise<void>;

  usage(): Promise<Usage>;
  /** Deletes everything, for good. */
  wipe(): Promise<void>;
  close(): void;
}
