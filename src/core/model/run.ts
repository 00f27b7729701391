// The one model that every tracker's runs are read into. Plain data: it is stored, sent and compared as it is.

import type { Issue } from '../base/issues';
import type { EpochMs, RunId } from '../base/units';
import type { Fact } from './facts';
import type { Media } from './media';
import type { OwnWords } from './own-words';
import type { Value, Values } from './values';

/** Version of the stored shape; a bump needs an upgrader and a kept sample (test/upgrades). */
export const modelVersion = 1;

export type RunStatus = 'finished' | 'failed' | 'killed' | 'running' | 'unknown';
export type Split = 'train' | 'val' | 'test' | 'other';
export type Direction = 'min' | 'max' | 'none';

/** Everything about a run that is one value. Unknown is null, never a guess. */
export interface RunHeader {
  readonly name: string | null;
  readonly experiment: string | null;
  /** The parent's native id. */
  readonly parent: string | null;
  readonly group: string | null;
  readonly jobType: string | null;
  readonly status: RunStatus;
  /** The tracker's own word for the status. */
  readonly nativeStatus: string | null;
  readonly startedMs: EpochMs | null;
  readonly endedMs: EpochMs | null;
  readonly user: string | null;
  readonly notes: string | null;
  readonly deleted: boolean;
  readonly formatVersion: string | null;
}

/** A header of which nothing is known. */
export const emptyHeader: RunHeader = {
  name: null,
  experiment: null,
  parent: null,
  group: null,
  jobType: null,
  status: 'unknown',
  nativeStatus: null,
  startedMs: null,
  endedMs: null,
  user: null,
  notes: null,
  deleted: false,
  formatVersion: null,
};

/** A series is named by (name, context): context tells TensorBoard sub-runs and the like apart; `{}` where there is none. */
export interface SeriesKey {
  readonly name: string;
  readonly context: Values;
}

/** What is known of a series without its points. Statistics are over finite values; null where there is none. */
export interface Series extends SeriesKey {
  readonly role: string | null;
  readonly split: Split;
  readonly direction: Direction;
  /** Confidence of role, split and direction, 0 to 1. */
  readonly confidence: number;
  /** Name of the series that the tracker uses as this one's x axis (W&B define_metric). */
  readonly xAxis: string | null;
  /** Hardware series (GPU load and the like), hidden until asked. */
  readonly system: boolean;
  readonly count: number;
  readonly finite: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Arithmetic mean of finite values, Neumaier-compensated. */
  readonly mean: number | null;
  readonly firstStep: number | null;
  readonly lastStep: number | null;
  /** Step at which min and max were first reached. */
  readonly minStep: number | null;
  readonly maxStep: number | null;
  /** Exact text of steps that float64 cannot hold: index → digits. */
  readonly exactSteps?: Readonly<Record<number, string>>;
  /** SHA-256 (hex) over little-endian float64, NaN as 7ff8000000000000; null where not logged. */
  readonly valuesDigest: string;
  readonly stepsDigest: string | null;
  readonly timesDigest: string | null;
}

/** The points of one series in the order of the tracker's own client. All arrays have the series' count. */
export interface Points {
  readonly steps: Float64Array<ArrayBuffer> | null;
  readonly values: Float64Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array<ArrayBuffer> | null;
}

export interface Artifact {
  /** Relative to the run folder (MLflow: to `artifacts/`), with `/`. */
  readonly path: string;
  readonly size: number | null;
  readonly kind: 'file' | 'reference';
}

export interface Run extends RunHeader {
  readonly id: RunId;
  readonly nativeId: string | null;
  readonly parentId: RunId | null;
  /** Relative to the PATH given, `.` for the PATH itself (decision 14). */
  readonly path: string;
  /** Index of the PATH given. */
  readonly source: number;
  /** Id of the reader that won the claim. */
  readonly format: string;
  readonly sources: readonly RunSource[];
  /** Read from an extract, such as a downloaded table: the tracker's own record holds more, and wins (extracts.ts). */
  readonly extract?: true;
  readonly params: Values;
  readonly tags: Values;
  readonly summary: Values;
  readonly media: readonly Media[];
  readonly series: readonly Series[];
  readonly artifacts: readonly Artifact[];
  readonly facts: readonly Fact[];
  readonly issues: readonly Issue[];
  /** What a person said of it in Diptych: in a bundle it goes along, in the page it is part of the workspace. */
  readonly own?: OwnWords;
  /** Whose each value is, in a run that several readers read; left out where one reader did. */
  readonly origins?: Origins;
  /** Where the sources of the run do not say the same; left out where one reader read it. */
  readonly conflicts?: readonly Conflict[];
}

/** Who says so: indices into `sources`, the one whose value stands first. */
export type Origin = readonly number[];

/** By name, as in the run; what is not named comes from the first source alone. */
export interface Origins {
  readonly header: Readonly<Record<string, Origin>>;
  readonly params: Readonly<Record<string, Origin>>;
  readonly tags: Readonly<Record<string, Origin>>;
  readonly summary: Readonly<Record<string, Origin>>;
  readonly facts: Readonly<Record<string, Origin>>;
  /** By path. */
  readonly artifacts: Readonly<Record<string, Origin>>;
  /** In the order of `series`. */
  readonly series: readonly Origin[];
}

/** One thing that sources of a run say differently. */
export interface Conflict {
  readonly what: 'header' | 'params' | 'tags' | 'summary' | 'facts';
  readonly name: string;
  /**
   * `differs`: they contradict each other. `typed`: the same, written in another way (`0.1` and `"0.1"`, `${lr}` and 0.1).
   * `worded`: what each tracker calls or times in its own way (names, the start, the operating system).
   */
  readonly kind: 'differs' | 'typed' | 'worded';
  /** The one that stands first. */
  readonly values: readonly { readonly source: number; readonly value: Value }[];
}

/** What one reader contributed. */
export interface RunSource {
  readonly reader: string;
  /** In a run of several sources: who the run is by this one alone, where its tracker gave it an id. */
  readonly nativeId?: string;
  readonly runId?: RunId;
  /** Relative to the PATH given. */
  readonly files: readonly string[];
  /** File → SHA-256 (hex) of its bytes, where it was asked for and the file is small enough. */
  readonly digests?: Readonly<Record<string, string>>;
}

/** A file's bytes kept for preview and diff, so that it can be looked at offline. */
export interface Content {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A run as it comes out of ingest: whole, with its points in the order of `run.series`. */
export interface ReadRun {
  readonly run: Run;
  readonly points: readonly Points[];
  readonly contents: readonly Content[];
}

/** Longer than any tracker lets a person write; a damaged file could make every list and report hold a megabyte per mention. */
const longestName = 500;

/** What to call a run where it has no name of its own: its folder, else its id. At most 500 characters and `…`. */
export function displayName(run: Pick<Run, 'name' | 'path' | 'id'>): string {
  const name = run.name || folderOf(run.path) || run.id;
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

const folderOf = (path: string): string | undefined =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .at(-1);

export const sameContext = (a: Values, b: Values): boolean => contextText(a) === contextText(b);

/** A context as one line, keys sorted: `subrun=train`. Empty for `{}`. Contexts that differ have lines that differ. */
export function contextText(context: Values): string {
  return Object.keys(context)
    .sort()
    .map((key) => `${key}=${valueText(context[key] ?? null)}`)
    .join(', ');
}

/** Texts that would read as something else stand in quotes: the number 1 and the text "1" are two contexts. */
const ambiguous = (text: string): boolean => /^(?:[[{"]|(?:null|true|false)$)/.test(text) || readsAsMore(text) || String(Number(text)) === text;

/** As the end of one entry and the begin of the next. */
function readsAsMore(text: string): boolean {
  const end = text.indexOf(', ');
  return end >= 0 && text.includes('=', end);
}

function valueText(value: Value): string {
  if (typeof value === 'string') return ambiguous(value) ? JSON.stringify(value) : value;
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  return typeof value === 'object' && value !== null ? `{${contextText(value as Values)}}` : String(value);
}
