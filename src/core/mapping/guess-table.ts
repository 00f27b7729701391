// Tables that no reader took for a history: which column may count the steps.

import { cellNumber, isMissing, type NumberStyle, sniffDialect } from '../formats/csv';
import type { FoundGuess } from './guess';
import { plainMapping, stepOf } from './mapping';

const certainty = 0.45;
const fewestRows = 2;

/** One guess where the bytes are a table with numbers in it. */
export function guessTable(head: Uint8Array, whole: boolean): readonly FoundGuess[] {
  const dialect = sniffDialect(head, whole);
  if (!dialect || dialect.columns.length < 2 || dialect.sample.length < fewestRows) return [];
  const numeric = dialect.columns.filter((_, at) => mostlyNumbers(dialect.sample, at, dialect));
  if (numeric.length === 0) return [];
  const step = stepAmong(numeric.map((name) => ({ name, values: dialect.sample.map((row) => cellNumber(row[dialect.columns.indexOf(name)] ?? '', dialect)) })));
  if (numeric.length === (step === null ? 0 : 1)) return [];
  const format = dialect.delimiter === '\t' ? 'tsv' : 'csv';
  const share = numeric.length / dialect.columns.length;
  // Words between blanks are prose more often than a table.
  const prose = dialect.delimiter === ' ' && !dialect.sample.every((row) => row.length === dialect.columns.length) ? 0.2 : 1;
  const score = certainty * (0.5 + 0.5 * share) * prose;
  return [{ id: 'table', title: 'Table', score, mapping: { ...plainMapping, label: 'Table', format, step: step === null ? null : stepOf(step) } }];
}

function mostlyNumbers(sample: readonly (readonly string[])[], at: number, style: NumberStyle): boolean {
  const cells = sample.map((row) => row[at] ?? '').filter((cell) => !isMissing(cell));
  return cells.length > 0 && cells.filter((cell) => cellNumber(cell, style) !== null).length * 2 > cells.length;
}

const counting = /^(?:.*[/_. ])?(?:global_?)?(?:steps?|iter(?:ation)?s?|epochs?|updates?|rounds?|batch(?:es)?|time_?steps?|episodes?|generation|it|t|i|n)$/i;

/** A column that is called a step, else the first of whole numbers that never fall and do rise. */
export function stepAmong(columns: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]): string | null {
  const rising = columns.filter(({ values }) => rises(values));
  return (rising.find(({ name }) => counting.test(name)) ?? rising[0] ?? columns.find(({ name }) => counting.test(name)))?.name ?? null;
}

function rises(values: readonly (number | null)[]): boolean {
  const numbers = values.filter((value) => value !== null);
  return (
    numbers.length > 1 &&
    numbers.every((value, at) => Number.isInteger(value) && value >= 0 && (at === 0 || value >= numbers[at - 1]!)) &&
    numbers.at(-1)! > numbers[0]!
  );
}
