// What ingest takes and tells: the same whether it runs in the command line, a worker thread or a page's worker.

import type { Issue } from '../base/issues';
import type { Sha256Factory } from '../base/sha256';
import type { RunId } from '../base/units';
import type { ReadRun } from '../model/run';
import type { Limits } from '../source/reader';
import type { SourceError, SourceTree } from '../source/source';

/** Something that was given to be read: a folder, a file, an archive, a drop. */
export interface Source {
  /** What the user sees: the folder's name. */
  readonly label: string;
  /** Lists it. Reports what it leaves out (links out of the folder, limits) as issues. */
  scan(context: ScanContext): Promise<SourceTree>;
  /** Frees what the source holds open. */
  close?(): void | Promise<void>;
  /** It is far away: files are not read a second time for a digest. */
  readonly isFar?: true;
  /** Why nothing more can be had of it, once that is so. What is being read then is not given: the next time goes on from there. */
  failure?(): SourceError | null;
}

export interface ScanContext {
  readonly signal: AbortSignal;
  readonly limits: Limits;
  issue(issue: Issue): void;
  /** Entries found so far. */
  progress(entries: number): void;
}

export interface IngestOptions {
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** Keep small text files and images for preview (the app), or not (most verbs). */
  readonly keepContents: boolean;
  /** Keep the items of media to be looked at; as `keepContents` unless given. */
  readonly keepMedia?: boolean;
  /** Files up to so many bytes get a SHA-256 in the run's `sources`; none unless given. They are read once more for it. */
  readonly digestBytes?: number;
  /** Claims that were read before, by key → mark: one whose files are as they were is not read again (a refresh). */
  readonly known?: Readonly<Record<string, string>>;
  /** Text of a mapping file (docs/mapping-file.md) that counts as if it lay in the root of every source and archive; what lies there now does not. */
  readonly mapping?: string;
  asset(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A faster SHA-256 where the platform has one. */
  readonly sha256?: Sha256Factory;
}

export interface Progress {
  readonly phase: 'scan' | 'probe' | 'read';
  readonly source: number;
  /** Entries listed; while reading, files that are claimed. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes of all claimed files; null until probed. */
  readonly bytesTotal: number | null;
  readonly runs: number;
  readonly points: number;
  /** What is being read now. */
  readonly current: string | null;
}

/** What one reader took of a source, and in what state it was: to be kept, and handed back as `known`. */
export interface ClaimMark {
  readonly key: string;
  /** Changes when a file of the claim is added, changes or goes; '' where it must be read again anyhow. */
  readonly mark: string;
  /** The runs that it gave. */
  readonly runs: readonly RunId[];
}

export type IngestEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** A run, whole. Runs come as they are finished; one with an id that was given before replaces it (it holds more of the same). */
  | { readonly kind: 'run'; readonly read: ReadRun }
  /** Behind the runs of a source: which claims were read. */
  | { readonly kind: 'claims'; readonly source: number; readonly claims: readonly ClaimMark[] }
  /** What belongs to no run. */
  | { readonly kind: 'issue'; readonly source: number; readonly issue: Issue };

/** Reads sources one after another. Aborting ends it with the signal's reason; runs already given stay valid. */
export type Ingest = (sources: readonly Source[], options: IngestOptions) => AsyncIterable<IngestEvent>;
