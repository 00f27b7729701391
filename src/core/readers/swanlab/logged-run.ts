// What the records of both generations say of a run.

import type { RunStatus } from '../../model/run';
import { type LoggedFiles, mostHeld } from './media';

/** What a log says of its run. */
export interface LoggedRun {
  id: string;
  name: string | null;
  project: string | null;
  group: string | null;
  jobType: string | null;
  description: string | null;
  tags: readonly string[];
  startedMs: number | null;
  endedMs: number | null;
  status: RunStatus;
  nativeStatus: string | null;
  /** Name of media → how many were logged. */
  readonly media: Map<string, number>;
  readonly files: LoggedFiles[];
  /** Infinities whose sign the tracker did not write. */
  signsLost: number;
  /** Values that could not be understood. */
  badValues: number;
}

/** Counts media, and holds what they are. */
export function logMedia(run: LoggedRun, logged: LoggedFiles, count = logged.files.length): void {
  run.media.set(logged.key, (run.media.get(logged.key) ?? 0) + count);
  if (run.files.length < mostHeld) run.files.push(logged);
}

/** Takes the records of one generation. @throws SyntaxError for one that is malformed */
export interface RecordDecoder {
  decode(bytes: Uint8Array, view: DataView, start: number, end: number): void;
}

/** Series of the machine, by their name. */
export const isSystem = (key: string): boolean => key.startsWith('__swanlab__.');
