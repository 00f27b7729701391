// What `effects`, `suggest` and `groups` begin with: PATHs or a table, a metric, a reading and a direction to a table of trials.
import { readExactly } from '../core/formats/bytes';
import { decodeUtf8 } from '../core/formats/text';
import { defaultLimits } from '../core/source/reader';
import { SourceError } from '../core/source/source';
import { trialsFromRuns } from '../core/trials/from-runs';
import { isTrialTable, trialsFromTable } from '../core/trials/from-table';
import { type Reading, readings, type TrialOptions, type Trials, type TrialTable } from '../core/trials/trial';
import { type ExitCode, exitCodes, UsageError } from './exit';
import { type LoadedRuns, loadRuns, readOptions } from './read-runs';
import { sourceOf } from './sources';
import { nearestTo } from './spelling';
import type { CliContext, OptionSpec, VerbArgs } from './verb';

/** Options of every verb that judges a table of trials. */
export const trialOptions: Readonly<Record<string, OptionSpec>> = {
  metric: { type: 'string', help: 'The metric to judge by: name of a series, or a column of the table.' },
  direction: { type: 'string', help: 'min or max: which way is better, where the name does not say it.' },
  at: { type: 'string', help: 'What stands for a curve: last (default), best, or mean-tail (its last 5 %).' },
  json: { type: 'boolean', help: 'Print one JSON document (docs/cli.md).' },
  ...readOptions,
};

export interface LoadedTrials {
  /** Null where there was nothing readable. */
  readonly table: TrialTable | null;
  readonly issues: LoadedRuns['issues'];
  /** What reading ended with: 0, 3 or 4. */
  readonly exitCode: ExitCode;
}

const tableName = /\.(csv|tsv|tab|txt)$/i;
const mostBytes = 256 * 1024 * 1024;

/**
 * Reads PATH... or one TABLE.csv.
 * @throws UsageError without `--metric`, with a value that is none, or where metric or direction cannot be settled
 */
export async function loadTrials(args: VerbArgs, context: CliContext): Promise<LoadedTrials> {
  const options = optionsOf(args);
  const [path] = args.positionals;
  const text = path !== undefined && args.positionals.length === 1 ? await tableText(path, context) : null;
  if (text !== null && isTrialTable(text, options.metric))
    return { table: tableOf(trialsFromTable(text, options), options), issues: [], exitCode: exitCodes.done };
  const loaded = await loadRuns(args.positionals, args, context, { keepPoints: () => options.reading === 'mean-tail' });
  const { issues, exitCode } = loaded;
  if (loaded.runs.length > 0) return { table: tableOf(trialsFromRuns(loaded.runs, options, loaded.points), options), issues, exitCode };
  // A table whose metric is misspelt is no run either: its columns are what helps.
  const asTable = text === null ? null : trialsFromTable(text, options);
  if (asTable?.problem?.code === 'no-metric') tableOf(asTable, options);
  return { table: null, issues, exitCode: exitCode === exitCodes.done ? exitCodes.nothing : exitCode };
}

function optionsOf(args: VerbArgs): TrialOptions & { readonly reading: Reading } {
  const metric = args.text('metric');
  if (metric === undefined) throw new UsageError('--metric is missing');
  const direction = args.text('direction');
  if (direction !== undefined && direction !== 'min' && direction !== 'max') throw new UsageError(`--direction wants min or max, not '${direction}'`);
  const at = args.text('at') ?? 'last';
  const reading = readings.find((one) => one === at);
  if (!reading) throw new UsageError(`--at wants ${readings.join(', ')}, not '${at}'`, nearestTo(at, readings));
  return { metric, reading, ...(direction === undefined ? {} : { direction }) };
}

/** The text of one file, in a folder or a bucket; null where it is none that may be a table. */
async function tableText(path: string, context: CliContext): Promise<string | null> {
  if (!tableName.test(path)) return null;
  const { signal } = context;
  const source = sourceOf(path, context);
  try {
    const { named } = await source.scan({ signal, limits: defaultLimits, issue: () => {}, progress: () => {} });
    return named && named.size <= mostBytes ? decodeUtf8(await readExactly(named, 0, named.size, signal)).text : null;
  } catch (error) {
    // Whoever reads it as runs tells what is wrong with it.
    if (error instanceof SourceError) return null;
    throw error;
  } finally {
    await source.close?.();
  }
}

function tableOf({ table, problem }: Trials, { metric }: TrialOptions): TrialTable {
  if (table) return table;
  const near = problem.candidates.length === 0 ? undefined : nearestTo(metric, problem.candidates);
  const listed = near === undefined && problem.candidates.length > 0 ? `; there is ${problem.candidates.slice(0, 8).join(', ')}` : '';
  throw new UsageError(`${problem.message}${listed}`, near);
}
