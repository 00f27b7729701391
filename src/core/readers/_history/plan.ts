// Decides from a sample of rows whether they are a training history, and which column plays which part.

import { isHistoryName, isIndexName, isMetricName, isSettingName, type Part, partOf, timeMs } from './columns';
import { type DateOrder, dateOrderOf } from './dates';

/** A column as far as a sample shows it. Cells that are missing are in neither list. */
export interface SampledColumn {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

export interface Plan {
  /** Name of the column of steps, or null where rows are only in order. */
  readonly step: string | null;
  readonly time: string | null;
  /** Of the dates in it, where they have slashes. */
  readonly dateOrder?: DateOrder | null;
  /** The column that names the run of a row. */
  readonly run: string | null;
  /** The column that tells kinds of rows apart (`train`, `val`): becomes a context where names collide. */
  readonly split: string | null;
  /** Long form: one row per value, named by one column and held by another. */
  readonly long: { readonly name: string; readonly value: string } | null;
  /** Columns that are no series: the index, and text. */
  readonly ignored: ReadonlySet<string>;
  /** Columns that hold one setting of the run: params where they never change. */
  readonly settings: ReadonlySet<string>;
}

/**
 * @param stem the file's name without its ending
 * @param named the user named this very file: then any numbers are a history
 * @returns null where the rows do not look like one: a data set is not a run
 */
export function planOf(columns: readonly SampledColumn[], stem: string, named: boolean): Plan | null {
  const withPart = (part: Part) =>
    columns
      .map((column) => ({ column, at: partOf(column.name) }))
      .filter(({ at }) => at?.part === part)
      .sort((a, b) => a.at!.rank - b.at!.rank)
      .map(({ column }) => column);
  const run = runColumn(withPart);
  const split = withPart('split').find(isText) ?? null;
  const long = longForm(withPart);
  const steps = [...withPart('step'), ...withPart('epoch'), ...withPart('weak-step')].filter(isNumeric);
  const index = columns.find((column) => isIndexName(column.name) && isSequence(column.numbers)) ?? null;
  const step = stepColumn(steps, columns, run) ?? null;
  const time = withPart('time').find(isTime) ?? null;
  const metrics = columns.filter(
    (column) => isNumeric(column) && ![step, time, run, index].includes(column) && !isIndexName(column.name) && !isSettingName(column.name),
  );
  if (metrics.length === 0 && !(named && steps.length > 0)) return null;
  if (!named && !looksLikeHistory({ steps, index, time, metrics, long: long !== null, table: run !== null, labelled: columns.some(isLabel), stem }))
    return null;
  const ignored = columns.filter((column) => column === run || isIndexName(column.name) || (isText(column) && column !== split));
  return {
    step: step?.name ?? (steps.length === 0 ? (index?.name ?? null) : null),
    time: time?.name ?? null,
    ...(time && time.texts.length > 0 ? { dateOrder: dateOrderOf(time.texts) } : {}),
    run: run?.name ?? null,
    split: split?.name ?? null,
    long,
    ignored: new Set(ignored.map(({ name }) => name)),
    settings: new Set(
      columns
        .filter(({ name }) => isSettingName(name) || (run !== null && !isMetricName(name.replace(/^lr$|learning[\s_-]?rate/i, ''))))
        .map(({ name }) => name),
    ),
  };
}

/** The column that names runs: a good name; or a weak one (a seed) where steps start again under each of its values. */
function runColumn(withPart: (part: Part) => readonly SampledColumn[]): SampledColumn | null {
  const named = withPart('run').find((column) => isText(column) || column.numbers.every(Number.isInteger));
  if (named) return named;
  const steps = [...withPart('step'), ...withPart('epoch')].find(isNumeric);
  if (!steps) return null;
  const rows = steps.numbers;
  return (
    withPart('weak-run').find((column) => {
      const keys: readonly (string | number)[] = column.texts.length > 0 ? column.texts : column.numbers;
      if (keys.length !== rows.length || column.texts.length * column.numbers.length > 0 || new Set(keys).size < 2) return false;
      const pairs = new Set(keys.map((key, row) => `${key}\0${rows[row]}`));
      return new Set(rows).size < rows.length && pairs.size === rows.length;
    }) ?? null
  );
}

function longForm(withPart: (part: Part) => readonly SampledColumn[]): Plan['long'] {
  const name = withPart('metric-name').find(isText);
  const value = withPart('metric-value').find(isNumeric);
  return name && value ? { name: name.name, value: value.name } : null;
}

/**
 * The first column of steps that goes on. One that starts again with every epoch counts within the epoch: it is no axis,
 * and neither is the epoch then, which stands still between.
 */
function stepColumn(steps: readonly SampledColumn[], columns: readonly SampledColumn[], run: SampledColumn | null): SampledColumn | undefined {
  const [first] = steps;
  const epoch = columns.find((column) => partOf(column.name)?.part === 'epoch' && isNumeric(column));
  if (!first || !epoch || first === epoch || run || first.numbers.length !== epoch.numbers.length) return first;
  const resets = first.numbers.filter((value, row) => row > 0 && value < first.numbers[row - 1]!).length;
  const turns = epoch.numbers.filter((value, row) => row > 0 && value > epoch.numbers[row - 1]!).length;
  if (resets === 0 || turns === 0 || resets < turns) return first;
  return epoch.numbers.every((value, row) => row === 0 || value !== epoch.numbers[row - 1]!) ? epoch : undefined;
}

interface Look {
  readonly steps: readonly SampledColumn[];
  readonly index: SampledColumn | null;
  readonly time: SampledColumn | null;
  readonly metrics: readonly SampledColumn[];
  readonly long: boolean;
  /** Rows name their run. */
  readonly table: boolean;
  /** Each row has a name of its own. */
  readonly labelled: boolean;
  readonly stem: string;
}

function looksLikeHistory({ steps, index, time, metrics, long, table, labelled, stem }: Look): boolean {
  const sounding = metrics.filter(({ name }) => isMetricName(name)).length;
  const named = isHistoryName(stem);
  const metricLike = sounding > 0 && sounding * 2 >= metrics.length;
  const strong = steps.some((column) => partOf(column.name)?.part !== 'weak-step' && column.numbers.every((value) => value >= 0 || Number.isNaN(value)));
  if (labelled && !long && steps.every(isConstant)) return false;
  if (strong) return metricLike || named || sounding > 0 || long || steps.some(progresses);
  if (steps.length > 0) return metricLike || named;
  // One row per run is a table of results, no history.
  if (table) return false;
  if (index) return metricLike;
  if (time) return metricLike || (named && sounding > 0);
  return named && metricLike;
}

export const isNumeric = (column: SampledColumn): boolean => column.numbers.length > 0 && column.numbers.length >= column.texts.length;
const isText = (column: SampledColumn): boolean => column.texts.length > 0 && column.texts.length > column.numbers.length;
function isTime(column: SampledColumn): boolean {
  const order = dateOrderOf(column.texts);
  return [...column.numbers.slice(0, 20), ...column.texts.slice(0, 20)].every((value) => !Number.isNaN(timeMs(value, order)));
}
const isSequence = (values: readonly number[]): boolean =>
  values.length > 0 && values.every((value, at) => Number.isInteger(value) && (at === 0 || value === values[at - 1]! + 1));

/** Names its row: a first column, or one called `name`, `model` or `fold`, in which nothing stands twice. */
function isLabel(column: SampledColumn, at: number): boolean {
  const part = partOf(column.name)?.part;
  const keys: readonly (string | number)[] = isText(column) ? column.texts : part === 'weak-run' ? column.numbers : [];
  if (keys.length < 2 || new Set(keys).size < keys.length || isTime(column)) return false;
  return part === 'weak-run' || part === 'metric-name' || (part === undefined && at === 0);
}

/** A number of epochs that each row repeats is a setting. */
const isConstant = ({ numbers }: SampledColumn): boolean => numbers.length > 1 && numbers.every((value) => value === numbers[0]);

/** Steps mostly go forward. */
function progresses({ numbers }: SampledColumn): boolean {
  if (numbers.length < 2) return false;
  let forward = 0;
  for (let at = 1; at < numbers.length; at++) if (numbers[at]! >= numbers[at - 1]!) forward++;
  return forward >= (numbers.length - 1) * 0.6 && numbers.at(-1)! > numbers[0]!;
}
