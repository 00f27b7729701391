// What a mapping file says: which files of a home-made log are meant, and which column, key or group of a pattern plays which part.

export const mappingFileName = 'diptych.mapping.json';
/** Raised when a field changes its meaning; a newer file is refused. */
export const mappingVersion = 1;
/** A probe reads no more of a file; people write a tenth of it. */
export const mappingFileBytes = 64 * 1024;

export const mappingFormats = ['text', 'csv', 'tsv', 'jsonl', 'json'] as const;
export type MappingFormat = (typeof mappingFormats)[number];

export const timeUnits = ['auto', 's', 'ms', 'us', 'ns'] as const;
export type TimeUnit = (typeof timeUnits)[number];

export interface MappingDocument {
  readonly mappings: readonly Mapping[];
}

/** How some files are read. Names are those of columns (csv, tsv), of keys (json, jsonl; nested ones joined with `/`) or of groups and pairs (text). */
export interface Mapping {
  /** For people; no part of any run. */
  readonly label: string | null;
  /** Globs, relative to the folder that the mapping file lies in. */
  readonly files: readonly string[];
  readonly format: MappingFormat;
  /** Text: the first rule that fits takes a line. */
  readonly lines: readonly LineRule[];
  /** Text: what of a line that a progress bar wrote over again and again is read. */
  readonly updates: 'last' | 'all';
  /** JSON: the key that holds the rows, nested ones joined with `/`; null for the whole document. */
  readonly rows: string | null;
  readonly step: StepRule | null;
  readonly time: { readonly column: string; readonly unit: TimeUnit } | null;
  /** Names or globs of what becomes a series; null for every number that plays no other part. */
  readonly metrics: readonly string[] | null;
  /** Names or globs of what is left out. */
  readonly ignore: readonly string[];
  /** Names or globs of what is constant in a run. */
  readonly params: readonly string[];
  /** Files of settings, beside the log or in a folder above it. */
  readonly paramFiles: readonly string[];
  /** Params in the path: `{model}-lr{lr}/log.txt`. */
  readonly path: string | null;
  /** What is one run: each file, each folder, or all rows of one value of a column. */
  readonly run: 'file' | 'folder' | { readonly column: string };
  /** Templates over params, parts of the path, `file`, `folder` and `run`. */
  readonly name: string | null;
  readonly group: string | null;
  readonly experiment: string | null;
}

export type StepRule =
  /** The first of these that a row has. */
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  /** Counted anew in each epoch: (epoch − first) · perEpoch + iteration. */
  | { readonly kind: 'within'; readonly epoch: string; readonly iteration: string; readonly perEpoch: string; readonly firstEpoch: number };

/** Which lines of a text log are meant, and what is in them. */
export interface LineRule {
  /** A regular expression with named groups; null for a line of `key: value` pairs. Groups whose name begins with `_` are no values. */
  readonly pattern: string | null;
  /** The group `pairs`, or without a pattern the whole line, holds `key: value` pairs. */
  readonly pairs: boolean;
  /** What stands in it: points, params of the run, or nothing of interest. */
  readonly to: 'points' | 'params' | 'nothing';
  /** Groups that stay known for the lines that follow: an epoch that stands in a line of its own. */
  readonly carry: readonly string[];
  /** Two groups that must be equal, for lines of progress of which only the last counts. */
  readonly equal: readonly [string, string] | null;
  readonly prefix: string;
  readonly rename: Readonly<Record<string, string>>;
  /** Where lines of this kind count their steps otherwise. */
  readonly step: StepRule | null;
}

/** A mapping with everything that may be left out at its default. */
export const plainMapping: Mapping = {
  label: null,
  files: [],
  format: 'text',
  lines: [],
  updates: 'last',
  rows: null,
  step: null,
  time: null,
  metrics: null,
  ignore: [],
  params: [],
  paramFiles: [],
  path: null,
  run: 'file',
  name: null,
  group: null,
  experiment: null,
};

export const plainRule: LineRule = { pattern: null, pairs: false, to: 'points', carry: [], equal: null, prefix: '', rename: {}, step: null };

export const stepOf = (...columns: readonly string[]): StepRule => ({ kind: 'columns', columns });

/** All names that a step is made of. */
export const stepColumns = (step: StepRule | null): readonly string[] =>
  step === null ? [] : step.kind === 'columns' ? step.columns : [step.epoch, step.iteration, step.perEpoch];
