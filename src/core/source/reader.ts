// The contract of a reader: a pure description, a cheap probe, and a lazily loaded read.

import type { RunEvent } from '../model/events';
import type { SourceDir, SourceFile, SourceTree } from './source';

export interface ReaderMeta {
  /** The folder's name. */
  readonly id: string;
  /** The tracker, not the reader: MLflow file, database and server are one family, so a run keeps its id (decision 12). */
  readonly family: string;
  /** For people: "MLflow file store". */
  readonly title: string;
  /** The tracker's name, and a short word for it where there is little room. */
  readonly tracker: { readonly name: string; readonly short: string };
  /** What to drop, one short line for the first screen: "an `mlruns` folder". */
  readonly accepts: string;
  /** It reads extracts: a table or chart that was downloaded, which holds less of a run than the tracker's own records do. */
  readonly extract?: true;
  /** The tracker's own words where they differ from ours. */
  readonly words?: { readonly run?: string; readonly experiment?: string; readonly param?: string; readonly metric?: string };
  /**
   * Which kinds of evidence the tracker records: `auto` by itself, `optional` if switched on or called, `never` where
   * it has no place for it. Decides fail against unknown (analysis.md C.3, C.5). Left out: `never`.
   */
  readonly records?: Readonly<Partial<Record<Recordable, 'auto' | 'optional' | 'never'>>>;
}

export type Recordable = 'seed' | 'data' | 'commit' | 'patch' | 'packages' | 'python' | 'hardware' | 'command' | 'config' | 'end';

/** A reader's wish to read some files as runs (decision 18). */
export interface Claim {
  /** The directory that the claim stands on: the smallest that holds the run or store. */
  readonly root: SourceDir;
  /** 0 to 1. Certain markers (magic bytes, a tracker's own layout) 0.9 and up; a generic table 0.3. */
  readonly confidence: number;
  /** Without these there is no run: if another claim takes one, this claim falls. */
  readonly key: readonly SourceFile[];
  /** All files that reading needs or covers, `key` included: nobody else will read them. */
  readonly files: readonly SourceFile[];
  /** Says what was run, not what came of it (Hydra's `.hydra`): it belongs to the one run that lies at or below `root` (core/ingest/join). */
  readonly companion?: true;
  /** The reader's own notes from probe to read. */
  readonly note?: unknown;
}

export interface ProbeContext {
  readonly signal: AbortSignal;
  /** The first `length` bytes of a file (at most 64 KB), cached across readers; empty where it cannot be read. */
  head(file: SourceFile, length: number): Promise<Uint8Array>;
}

export interface ReadContext {
  readonly tree: SourceTree;
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** Whether the items of media are wanted (the app), or only their counts: then none is decoded. */
  readonly keepMedia: boolean;
  /** URL or path of a bundled asset such as `sql-wasm.wasm`, as bytes. */
  asset(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Bytes read so far, for progress; call after each slice. */
  progress(bytes: number): void;
  /** There while a claim is followed, and read again each time its files have grown. */
  readonly memory?: ReadMemory;
}

/**
 * What a reader keeps from one read of a claim to the next, so that only new bytes are read. Every read still gives all events, as a
 * first one does: old points come out of what was kept. A reader that keeps nothing is right as well, and reads all again.
 * A tracker that is followed has no files: what it keeps is made once, and it is for the tracker to see whether that still stands.
 */
export interface ReadMemory {
  /**
   * What `make` made under this name at an earlier read; made anew where a file did more than grow at its end since, or `fits` says no.
   * @param files those that the kept thing has read of; it must ask for their bytes by `lasting`
   * @throws SourceError from the source
   */
  keep<T extends object>(name: string, files: readonly SourceFile[], make: () => T, fits?: (kept: T) => boolean): Promise<T>;
  /** The file as one object that lasts over all reads: its size is what it has grown to. */
  lasting(file: SourceFile): SourceFile;
  /** The file, or every file below the folder, is as it was when this was asked last: runs made of it alone may be left out. */
  isUnchanged(place: SourceDir | SourceFile): boolean;
}

export type Read = (claim: Claim, context: ReadContext) => AsyncIterable<RunEvent>;

export interface RunReader {
  readonly meta: ReaderMeta;
  /** Looks over the whole tree and claims what it knows. Never throws for bad data, never reads whole files. */
  probe(tree: SourceTree, context: ProbeContext): Promise<readonly Claim[]>;
  /** The heavy part, loaded on first use (decision 6). */
  load(): Promise<{ readonly read: Read }>;
}

/** Bounds on what a stranger's folder may ask of us; reaching one is an issue `too-large` that names it. */
export interface Limits {
  /** Files and directories in one source. */
  readonly entries: number;
  readonly depth: number;
  /** Bytes of one file that is read whole (JSON, YAML, SQLite). */
  readonly wholeFileBytes: number;
  /** Bytes of one file that is read in slices. */
  readonly fileBytes: number;
  /** Bytes that an archive may unpack to, in all. */
  readonly archiveBytes: number;
  /** Unpacked bytes per packed byte of one archive member. */
  readonly archiveRatio: number;
  readonly pointsPerRun: number;
  readonly seriesPerRun: number;
  /** Bytes of one record, line or cell. */
  readonly recordBytes: number;
  /** Bytes of one file kept for preview, and of all of a run. */
  readonly contentBytes: number;
  readonly contentBytesPerRun: number;
  /** Items kept of one media, spread evenly over its steps. */
  readonly mediaItems: number;
  readonly mediaItemsPerRun: number;
  /** Bytes of one item, and of all of a run. */
  readonly mediaItemBytes: number;
  readonly mediaBytesPerRun: number;
}

export const defaultLimits: Limits = {
  entries: 2_000_000,
  depth: 64,
  wholeFileBytes: 512 * 1024 * 1024,
  fileBytes: 64 * 1024 * 1024 * 1024,
  archiveBytes: 16 * 1024 * 1024 * 1024,
  archiveRatio: 1000,
  pointsPerRun: 100_000_000,
  seriesPerRun: 100_000,
  recordBytes: 64 * 1024 * 1024,
  contentBytes: 1024 * 1024,
  contentBytesPerRun: 8 * 1024 * 1024,
  mediaItems: 200,
  mediaItemsPerRun: 2000,
  mediaItemBytes: 16 * 1024 * 1024,
  mediaBytesPerRun: 64 * 1024 * 1024,
};

/** Limits that a person changed, by name. */
export type LimitChanges = Readonly<Record<string, number>>;

/** The limits with changes; what is no known name or no positive number keeps its default. */
export function limitsWith(changes: LimitChanges): Limits {
  const known = Object.entries(changes).filter(([name, value]) => Object.hasOwn(defaultLimits, name) && Number.isFinite(value) && value > 0);
  return { ...defaultLimits, ...Object.fromEntries(known) };
}
