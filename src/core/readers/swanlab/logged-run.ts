// What the records of both generations say of a run.

import type { RunStatus } from '../../model/run';

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
  /** Infinities whose sign the tracker did not write. */
  signsLost: number;
  /** Values that could not be understood. */
  badValues: number;
}

/** Takes the records of one generation. @throws SyntaxError for one that is malformed */
export interface RecordDecoder {
  decode(bytes: Uint8Array, view: DataView, start: number, end: number): void;
}

/** Series of the machine, by their name. */
export const isSystem = (key: string): boolean => key.startsWith('__swanlab__.');
