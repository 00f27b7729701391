// What the trackers' own software says of the runs of a fixture, and how a cell of the page is held against it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface AnswerSeries {
  readonly name: string;
  readonly context: Readonly<Record<string, string>>;
  readonly count: number;
  /** NaN and infinities are written as words. */
  readonly values?: readonly (number | string)[];
}

export interface AnswerRun {
  /** The tracker's own id, where it has one. */
  readonly id: string | null;
  readonly path: string;
  readonly params: Readonly<Record<string, Plain>>;
  readonly series: readonly AnswerSeries[];
  readonly facts: Readonly<Record<string, Plain>>;
}

/** Runs of a case, without those that their tracker calls deleted: the page hides them until asked. */
export function liveRuns(name: string): readonly AnswerRun[] {
  return allRuns(name).filter(({ facts }) => facts.lifecycle_stage !== 'deleted');
}

export function allRuns(name: string): readonly AnswerRun[] {
  return (JSON.parse(readFileSync(resolve('test/fixtures', name, 'expected.json'), 'utf8')) as { runs: readonly AnswerRun[] }).runs;
}

export function answerFor(runs: readonly AnswerRun[], id: string): AnswerRun {
  const run = runs.find((one) => one.id === id);
  if (!run) throw new Error(`No run ${id} is in the answer`);
  return run;
}

/** Whether a text on the page says the value at full precision. */
export function says(text: string | undefined, value: Plain): boolean {
  if (text === undefined) return false;
  if (value === null) return text === 'None';
  if (typeof value === 'number') return Object.is(Number(text), value);
  if (typeof value === 'object') return text === JSON.stringify(value);
  return text === String(value);
}

/** Names of params in which the runs differ; a number and its text are one value, and so is not having it for all of them. */
export function differingParams(runs: readonly AnswerRun[]): readonly string[] {
  const names = [...new Set(runs.flatMap(({ params }) => Object.keys(params)))];
  return names.filter((name) => new Set(runs.map(({ params }) => comparable(params[name]))).size > 1).sort();
}

function comparable(value: Plain | undefined): string {
  if (value === undefined) return 'missing';
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? `number ${number}` : `value ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
