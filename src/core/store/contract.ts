// Where runs are kept: Dexie in the app, a Map on the command line. Views read from here and from nowhere else.

import type { Issue } from '../base/issues';
import type { EpochMs, RunId } from '../base/units';
import type { Points, ReadRun, Run } from '../model/run';

/** One import as the user made it: kept so that it can be refreshed and told apart. */
export interface ImportRecord {
  readonly id: string;
  readonly label: string;
  readonly at: EpochMs;
  readonly runs: readonly RunId[];
  readonly issues: readonly Issue[];
}

export interface RunStore {
  /** Adds or replaces one run, all or nothing. The same run again updates it and never doubles it. */
  put(read: ReadRun): Promise<'added' | 'updated' | 'unchanged'>;
  /** All runs that are not in the bin, without points. */
  runs(): Promise<readonly Run[]>;
  /** Points of some series of a run, by index in `run.series`. */
  points(id: RunId, series: readonly number[]): Promise<readonly Points[]>;
  /** Bytes kept for preview, or null where they were not kept. */
  content(id: RunId, path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Moves runs to the bin; `restore` brings them back, `purge` frees the space. */
  remove(ids: readonly RunId[]): Promise<void>;
  restore(ids: readonly RunId[]): Promise<void>;
  purge(ids: readonly RunId[]): Promise<void>;
}
