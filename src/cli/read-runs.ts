// Reads the PATHs of a command into runs: what every verb begins with.
import type { Issue } from '../core/base/issues';
import type { RunId } from '../core/base/units';
import type { Progress } from '../core/ingest/contract';
import { ingest } from '../core/ingest/ingest';
import type { Content, Points, ReadRun, Run } from '../core/model/run';
import { defaultLimits, type Limits } from '../core/source/reader';
import { asset } from '../host/assets';
import { nodeSha256 } from '../host/sha256';
import { numberOption } from './arguments';
import { type ExitCode, exitCodes, UsageError } from './exit';
import { mappingOf, mappingOption } from './load-mapping';
import { byRunOrder } from './run-order';
import { sourceOf } from './sources';
import type { CliContext, OptionSpec, VerbArgs } from './verb';

/** Options of every verb that reads PATHs: name of the option → the limit that it sets. */
const limitOptions = {
  'max-entries': 'entries',
  'max-depth': 'depth',
  'max-file-bytes': 'fileBytes',
  'max-whole-file-bytes': 'wholeFileBytes',
  'max-archive-bytes': 'archiveBytes',
  'max-points': 'pointsPerRun',
  'max-series': 'seriesPerRun',
} as const satisfies Record<string, keyof Limits>;

export const limitSpecs: Readonly<Record<string, OptionSpec>> = Object.fromEntries(
  Object.entries(limitOptions).map(([name, limit]) => [name, { type: 'string', help: `Raise or lower a limit (${defaultLimits[limit]}).` } as const]),
);
export const readOptions: Readonly<Record<string, OptionSpec>> = { ...mappingOption, ...limitSpecs };

export interface LoadedRuns {
  /** In the fixed order: experiment, started, name, id. */
  readonly runs: readonly Run[];
  /** What belongs to no run, with the index of its PATH. */
  readonly issues: readonly (Issue & { readonly source: number })[];
  /** Points of the runs that `keepPoints` asked for. */
  readonly points: ReadonlyMap<RunId, readonly Points[]>;
  readonly contents: ReadonlyMap<RunId, readonly Content[]>;
  readonly exitCode: ExitCode;
}

export interface LoadOptions {
  /** Which runs' points to keep; none unless given, so that memory does not grow with what is read. */
  keepPoints?(run: Run): boolean;
  keepContents?: boolean;
  /** As `keepContents` unless given. */
  keepMedia?: boolean;
  /** Called with every run as it is read, points included; what it does not keep is let go. */
  each?(read: ReadRun): void;
  /** Files up to so many bytes get a digest in the run's sources. */
  digestBytes?: number;
}

/**
 * Reads everything below the PATHs.
 * @throws UsageError without a PATH or with a limit that is no number; the signal's reason when stopped
 */
export async function loadRuns(paths: readonly string[], args: VerbArgs, context: CliContext, options: LoadOptions = {}): Promise<LoadedRuns> {
  if (paths.length === 0) throw new UsageError('a PATH is missing: a run folder, a folder of folders, a file or an archive');
  const runs = new Map<RunId, Run>();
  const points = new Map<RunId, readonly Points[]>();
  const contents = new Map<RunId, readonly Content[]>();
  const issues: (Issue & { source: number })[] = [];
  let claimed = 0;
  const keep = ({ run, ...read }: ReadRun) => {
    runs.set(run.id, run);
    options.each?.({ run, ...read });
    if (options.keepPoints?.(run)) points.set(run.id, read.points);
    if (options.keepContents) contents.set(run.id, read.contents);
  };
  const sources = paths.map((path) => sourceOf(path, context));
  const mapping = mappingOf(args, context);
  const settings = {
    signal: context.signal,
    limits: limitsOf(args),
    keepContents: options.keepContents ?? false,
    ...(options.keepMedia === undefined ? {} : { keepMedia: options.keepMedia }),
    asset,
    sha256: nodeSha256,
    ...(options.digestBytes === undefined ? {} : { digestBytes: options.digestBytes }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  for await (const event of ingest(sources, settings)) {
    if (event.kind === 'run') keep(event.read);
    if (event.kind === 'issue') issues.push({ ...event.issue, source: event.source });
    if (event.kind === 'progress') {
      if (event.progress.phase === 'read') claimed = Math.max(claimed, event.progress.files);
      context.status(progressText(event.progress));
    }
  }
  const sorted = [...runs.values()].sort(byRunOrder);
  return { runs: sorted, issues, points, contents, exitCode: exitCodeOf(sorted, issues, claimed) };
}

/** The limits, with those that options change. @throws UsageError where one is no number */
export function limitsOf(args: VerbArgs): Limits {
  const set = Object.entries(limitOptions).flatMap(([option, limit]) => {
    const value = numberOption(args, option);
    return value === undefined ? [] : [[limit, value] as const];
  });
  return { ...defaultLimits, ...Object.fromEntries(set) };
}

/** An empty store that is whole is done; nothing known at all is 3; whatever gave nothing where a run should be is 4. */
function exitCodeOf(runs: readonly Run[], issues: LoadedRuns['issues'], claimed: number): ExitCode {
  if (runs.length === 0 && claimed === 0) return exitCodes.nothing;
  const gaveRuns = new Set(runs.map(({ source }) => source));
  const failed = ({ severity, code, source }: LoadedRuns['issues'][number]) =>
    severity === 'critical' || code === 'missing-file' || code === 'locked' || (severity === 'warn' && !gaveRuns.has(source));
  return issues.some(failed) ? exitCodes.some : exitCodes.done;
}

function progressText({ phase, files, runs, points, current }: Progress): string {
  if (phase === 'scan') return `Listing… ${files} files`;
  if (phase === 'probe') return 'Looking for runs…';
  return `Reading… ${runs} runs, ${points} points ${current ?? ''}`;
}
