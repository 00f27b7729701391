// What a reader says while it reads: a stream of plain events. A reader never holds a whole big run.

import type { Issue } from '../base/issues';
import type { SourceFile } from '../source/source';
import type { Fact } from './facts';
import type { Media, MediaForm, MediaItem, MediaKey } from './media';
import type { Artifact, Run, RunHeader, SeriesKey } from './run';
import type { Values } from './values';

/** Names a run within one claim: a small number that the reader chooses. */
export type RunKey = number;

/**
 * Who a run is (decision 12). With a native id: (family, scope, nativeId). Without: (family, path within the smallest
 * run root, the first header and first 4 KB of data); never the dropped path, never what grows.
 */
export type Identity =
  | { readonly nativeId: string; readonly scope?: string }
  | { readonly nativeId: null; readonly within: string; readonly head: Uint8Array }
  /** A run that was read before and comes from a bundle: who it is was settled then. */
  | { readonly nativeId: string | null; readonly settled: Pick<Run, 'id' | 'parentId' | 'format' | 'sources' | 'origins' | 'conflicts' | 'extract' | 'own'> };

/** An item as its reader knows it; a size is told only where there are no bytes. */
export type LoggedItem = Omit<MediaItem, 'content' | 'size'> & { readonly size?: number | null };

/** A file that is kept under its path among the run's artifacts; it is read last, when it is known what is kept. */
export interface MediaFile {
  readonly file: SourceFile;
  readonly path: string;
}

/** What a server holds, of a size that it does not tell: asked for last, when it is known what is kept. */
export interface ServedBytes {
  /** @throws SourceError, `too-large` where there are more bytes */
  fetch(mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Its path among the run's artifacts, where it has one. */
  readonly path?: string;
}

/** Bytes in the form in which they are kept; `cut` where bounds made them less than what was logged, `with` the files that a table's cells name. */
export interface ShapedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where only the bytes tell what they are: instead of the item's. */
  readonly form?: MediaForm;
  readonly type?: string;
  readonly cut?: boolean;
  readonly with?: readonly (MediaFile | ServedBytes)[];
}

/**
 * Where the bytes of an item are. What is handed over must not be used again by the reader.
 * `shape` makes one of our own forms of them (media-forms); it is asked only where the item is kept, and answers null where they are no such thing.
 */
export type MediaBytes = (MediaFile | ServedBytes | { readonly bytes: Uint8Array<ArrayBuffer> }) & {
  readonly shape?: (bytes: Uint8Array<ArrayBuffer>) => ShapedBytes | null | Promise<ShapedBytes | null>;
};

/** One item of a media, with its bytes; `from` is null where they are not there. */
export interface LoggedMedia {
  readonly of: MediaKey;
  readonly item: LoggedItem;
  readonly from: MediaBytes | null;
}

export type RunEvent =
  | {
      readonly kind: 'begin';
      readonly run: RunKey;
      readonly identity: Identity;
      /** Relative to the PATH given. */
      readonly path: string;
      /** The run's files, where they do not all lie at or below `path`: a resumed run has several folders. */
      readonly files?: readonly SourceFile[];
    }
  /** Sets header fields; a later event wins. */
  | { readonly kind: 'header'; readonly run: RunKey; readonly set: Partial<RunHeader> }
  /** Merges names; a later event wins. */
  | { readonly kind: 'params' | 'tags' | 'summary'; readonly run: RunKey; readonly values: Values }
  /** Declares a series; `series` is a small number that the reader chooses, unique within the run. */
  | { readonly kind: 'series'; readonly run: RunKey; readonly series: number; readonly key: SeriesKey; readonly xAxis?: string; readonly system?: boolean }
  /** Appends points. The arrays are handed over and must not be used again by the reader. */
  | {
      readonly kind: 'points';
      readonly run: RunKey;
      readonly series: number;
      readonly steps: Float64Array<ArrayBuffer> | null;
      readonly values: Float64Array<ArrayBuffer>;
      readonly times: Float64Array<ArrayBuffer> | null;
      /** Steps that float64 cannot hold: index in this batch → exact digits. */
      readonly exactSteps?: Readonly<Record<number, string>>;
    }
  /** Takes back points with step ≥ fromStep (of one series, or of all), as the tracker's own client does after a restart. */
  | { readonly kind: 'purge'; readonly run: RunKey; readonly fromStep: number; readonly series?: number }
  /** `file` is where its bytes lie; without it the artifact is only listed. */
  | { readonly kind: 'artifact'; readonly run: RunKey; readonly artifact: Artifact; readonly file?: SourceFile }
  /** What was logged, counted. */
  | { readonly kind: 'media'; readonly run: RunKey; readonly media: Media }
  /** One item of it, told only where the context says `keepMedia`. */
  | ({ readonly kind: 'media-item'; readonly run: RunKey } & LoggedMedia)
  /** Many at once, where a log holds hundreds of thousands. */
  | { readonly kind: 'media-items'; readonly run: RunKey; readonly items: readonly LoggedMedia[] }
  /** Takes back the items of one media with step ≥ fromStep, as the tracker's own client does after a restart. */
  | { readonly kind: 'media-purge'; readonly run: RunKey; readonly of: MediaKey; readonly fromStep: number }
  /** One fact per kind; a second one of the same kind replaces the first. */
  | { readonly kind: 'fact'; readonly run: RunKey; readonly fact: Fact }
  /** Without `run`: about the claim as a whole. */
  | { readonly kind: 'issue'; readonly run?: RunKey; readonly issue: Issue }
  /** What began turned out to be no run: nothing of it is given. */
  | { readonly kind: 'discard'; readonly run: RunKey }
  /** The run is complete and may be committed. A run without it is committed when the reader ends. */
  | { readonly kind: 'end'; readonly run: RunKey };
