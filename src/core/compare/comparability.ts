// What must be said before runs are compared: where the comparison would not be like with like.

import type { Severity } from '../base/issues';
import { displayName, type Run, type Series } from '../model/run';
import { dataRows } from './facts';
import { seriesId } from './metrics';
import { numeric } from './same-value';

export interface ComparabilityNote {
  readonly code: 'data' | 'data-unknown' | 'metric-definition' | 'length' | 'budget' | 'step-unit' | 'no-common-metric' | 'job-type' | 'status' | 'experiment';
  readonly severity: Severity;
  readonly message: string;
}

const note = (code: ComparabilityNote['code'], severity: Severity, message: string): ComparabilityNote => ({ code, severity, message });

/** Runs are at least two. Notes come most severe first. */
export function comparabilityNotes(runs: readonly Run[]): readonly ComparabilityNote[] {
  return [
    dataNote(runs),
    commonMetricNote(runs),
    metricDefinitionNote(runs),
    stepUnitNote(runs),
    lengthNote(runs) ?? budgetNote(runs),
    jobTypeNote(runs),
    statusNote(runs),
    experimentNote(runs),
  ].filter((found) => found !== null);
}

function dataNote(runs: readonly Run[]): ComparabilityNote | null {
  const rows = dataRows(runs);
  const knowing = runs.filter((run) => run.facts.some((fact) => fact.kind === 'datasets'));
  if (knowing.length === runs.length && rows.some((row) => row.differs)) {
    return note('data', 'critical', 'The runs were trained or evaluated on different data: differences of metrics are not differences of the method.');
  }
  if (knowing.length > 0 && knowing.length < runs.length) {
    return note('data-unknown', 'note', `${runs.length - knowing.length} of ${runs.length} runs do not record their data: whether it was the same is unknown.`);
  }
  return null;
}

const measured = (run: Run): readonly Series[] => run.series.filter((series) => !series.system && series.count > 0);

function commonMetricNote(runs: readonly Run[]): ComparabilityNote | null {
  const [first, ...rest] = runs.map((run) => new Set(measured(run).map(seriesId)));
  if (!first || first.size === 0) return null;
  const common = [...first].filter((id) => rest.every((ids) => ids.has(id)));
  return common.length > 0 ? null : note('no-common-metric', 'warn', 'No metric has the same name in all runs.');
}

/** The same metric logged at steps of a very different pace: epochs here, batches there. */
function stepUnitNote(runs: readonly Run[]): ComparabilityNote | null {
  const pace = new Map<string, number[]>();
  for (const run of runs) {
    for (const series of measured(run)) {
      const { firstStep, lastStep, count } = series;
      if (firstStep === null || lastStep === null || count < 3 || lastStep <= firstStep) continue;
      put(pace, seriesId(series), (lastStep - firstStep) / (count - 1));
    }
  }
  const names = [...pace].filter(([, paces]) => paces.length > 1 && largest(paces) >= 10 * smallest(paces)).map(([id]) => id.split('\u0000')[0] as string);
  if (names.length === 0) return null;
  return note(
    'step-unit',
    'warn',
    `Steps of ${list(names)} are ten or more times further apart in one run than in another: they may count epochs in one and batches in the other.`,
  );
}

function lengthNote(runs: readonly Run[]): ComparabilityNote | null {
  const ends = new Map<string, number[]>();
  for (const run of runs) {
    for (const series of measured(run)) {
      if (series.lastStep === null || series.lastStep <= 0) continue;
      put(ends, seriesId(series), series.lastStep);
    }
  }
  const shorter = [...ends].filter(([, last]) => last.length > 1 && largest(last) >= 1.25 * smallest(last)).map(([id]) => id.split('\u0000')[0] as string);
  return shorter.length === 0 ? null : note('length', 'warn', `The runs were not trained equally long (${list(shorter)} ends at different steps).`);
}

/** Runs that ended at the same steps may still have been given other budgets: told only where `length` is not. */
function budgetNote(runs: readonly Run[]): ComparabilityNote | null {
  const budgets = new Map<string, number[]>();
  for (const run of runs) {
    for (const [key, value] of Object.entries(run.params)) {
      const size = budgetKey.test(key) ? numeric(value) : null;
      if (size !== null && size > 0) put(budgets, key, size);
    }
  }
  const [differing] = [...budgets].filter(([, sizes]) => sizes.length > 1 && largest(sizes) >= 1.25 * smallest(sizes));
  if (!differing) return null;
  const [key, sizes] = differing;
  return note('budget', 'warn', `The runs were given different budgets: ${key} is ${list([...new Set(sizes)].sort((a, b) => a - b).map(String))}.`);
}

const budgetKey = /(^|[._/])((max|num|n|total|train|training)_?)*(epochs?|steps|iterations|iters|updates|timesteps|tokens|n_estimators|boost_rounds?)$/i;

/** The same name for other things: another direction or role, or shares of 1 here and percent there. */
function metricDefinitionNote(runs: readonly Run[]): ComparabilityNote | null {
  const seen = new Map<string, Series[]>();
  for (const run of runs) for (const series of measured(run)) put(seen, seriesId(series), series);
  const names = [...seen].filter(([, column]) => column.length > 1 && otherMeaning(column)).map(([id]) => id.split('\u0000')[0] as string);
  if (names.length === 0) return null;
  return note(
    'metric-definition',
    'warn',
    `${list(names)} may not mean the same in all runs: its direction, kind or scale (a share of 1 against percent) differs.`,
  );
}

function otherMeaning(column: readonly Series[]): boolean {
  const directions = new Set(column.map(({ direction }) => direction).filter((direction) => direction !== 'none'));
  const roles = new Set(column.map(({ role }) => role).filter((role) => role !== null));
  if (directions.size > 1 || roles.size > 1) return true;
  if (!roles.has('accuracy')) return false;
  const tops = column.map(({ max }) => max).filter((max) => max !== null);
  return tops.some((top) => top <= 1) && tops.some((top) => top > 1.5 && top <= 100);
}

function jobTypeNote(runs: readonly Run[]): ComparabilityNote | null {
  const types = new Set(runs.map((run) => run.jobType).filter((type) => type !== null));
  return types.size > 1 ? note('job-type', 'warn', `The runs are of different kinds: ${list([...types])}.`) : null;
}

function statusNote(runs: readonly Run[]): ComparabilityNote | null {
  const unfinished = runs.filter((run) => run.status === 'failed' || run.status === 'killed' || run.status === 'running');
  return unfinished.length === 0 ? null : note('status', 'note', `Not finished: ${list(unfinished.map((run) => `${displayName(run)} (${run.status})`))}.`);
}

function experimentNote(runs: readonly Run[]): ComparabilityNote | null {
  const names = new Set(runs.map((run) => run.experiment).filter((name) => name !== null));
  return names.size > 1 ? note('experiment', 'info', `The runs are of different experiments: ${list([...names])}.`) : null;
}

const list = (names: readonly string[]): string => (names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', '));

function put<T>(columns: Map<string, T[]>, key: string, value: T): void {
  const column = columns.get(key);
  if (column) column.push(value);
  else columns.set(key, [value]);
}

const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
const smallest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
