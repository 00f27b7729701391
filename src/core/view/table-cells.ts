// What stands in a cell: a run's value, a group's mean ± deviation, a difference to the baseline.

import { numeric, sameValue } from '../compare/same-value';
import type { Direction } from '../model/run';
import { attributes, type Cell, type Field } from './fields';
import { dateText, durationText, isoText, missingText, shortNumber, valueText } from './format';
import { trackerName } from './tracker-words';

export interface CellText {
  /** Short, for the cell. */
  readonly text: string;
  /** In full, for hovering and copying; the same as `text` where that is all. */
  readonly full: string;
  readonly tone: 'value' | 'missing' | 'odd';
}

const none: CellText = { text: missingText, full: '', tone: 'missing' };

/** A run's value as text. Numbers are shortened in the cell only; `full` reads back exactly. */
export function cellText(cell: Cell, field: Field): CellText {
  if (cell === undefined) return none;
  if (typeof cell === 'number') {
    const type = field.kind === 'attributes' ? attributes[field.name]?.type : undefined;
    if (type === 'time') return { text: dateText(cell, 'minute'), full: isoText(cell) ?? '', tone: 'value' };
    if (type === 'seconds') return { text: durationText(cell * 1000), full: valueText(cell), tone: 'value' };
    return { text: shortNumber(cell), full: valueText(cell), tone: Number.isFinite(cell) ? 'value' : 'odd' };
  }
  const full = valueText(cell);
  if (field.kind === 'attributes' && field.name === 'tracker') return { text: trackerName(full), full, tone: 'value' };
  if (full === '') return { text: '“”', full: '', tone: 'value' };
  return { text: full.length > 200 ? `${full.slice(0, 200)}…` : full, full, tone: 'value' };
}

/** Members of a group in one field. */
export type CellSummary =
  | { readonly kind: 'none' }
  /** All that have it agree; `missing` have none. */
  | { readonly kind: 'same'; readonly value: Exclude<Cell, undefined>; readonly missing: number }
  /** Finite numbers; `odd` were not finite, `missing` had none. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[]; readonly odd: number; readonly missing: number }
  /** So many different values. */
  | { readonly kind: 'several'; readonly values: number; readonly missing: number };

export function summarise(cells: readonly Cell[]): CellSummary {
  const present = cells.filter((cell) => cell !== undefined);
  const missing = cells.length - present.length;
  const [first] = present;
  if (first === undefined) return { kind: 'none' };
  if (present.every((cell) => sameValue(cell, first))) return { kind: 'same', value: first, missing };
  const numbers = present.map((cell) => (typeof cell === 'boolean' ? null : numeric(cell)));
  if (numbers.every((number) => number !== null)) {
    const finite = numbers.filter(Number.isFinite);
    return { kind: 'numbers', numbers: finite, odd: numbers.length - finite.length, missing };
  }
  return { kind: 'several', values: new Set(present.map(valueText)).size, missing };
}

type Numbers = Extract<CellSummary, { readonly kind: 'numbers' }>;

/** Arithmetic mean; NaN where no number is finite. */
export const mean = ({ numbers }: Pick<Numbers, 'numbers'>): number =>
  numbers.reduce((sum, value) => sum + value / numbers.length, numbers.length > 0 ? 0 : Number.NaN);

/** Standard deviation of the sample (n − 1), or null for fewer than two numbers. */
export function deviation({ numbers }: Pick<Numbers, 'numbers'>): number | null {
  if (numbers.length < 2) return null;
  const middle = mean({ numbers });
  // Measured in the largest distance, so that squares neither overflow nor vanish.
  const unit = Math.max(...numbers.map((value) => Math.abs(value - middle)));
  if (unit === 0) return 0;
  return unit * Math.sqrt(numbers.reduce((sum, value) => sum + ((value - middle) / unit) ** 2 / (numbers.length - 1), 0));
}

/** A group's cell: the common value, mean ± standard deviation with the count where it is not that of the group, or how many values. */
export function summaryText(summary: CellSummary, field: Field): CellText {
  const lacking = (missing: number): string => (missing > 0 ? `, missing in ${missing}` : '');
  switch (summary.kind) {
    case 'none':
      return none;
    case 'same': {
      const cell = cellText(summary.value, field);
      return summary.missing === 0 ? cell : { ...cell, full: `${cell.full}${lacking(summary.missing)}` };
    }
    case 'several':
      return { text: `${summary.values} values`, full: `${summary.values} values${lacking(summary.missing)}`, tone: 'missing' };
    case 'numbers': {
      const middle = mean(summary);
      const spread = deviation(summary);
      const n = summary.numbers.length;
      if (n === 0) return { text: 'NaN', full: `${summary.odd} not finite`, tone: 'odd' };
      const isTime = field.kind === 'attributes' && attributes[field.name]?.type === 'time';
      if (isTime) {
        const [low, high] = [Math.min(...summary.numbers), Math.max(...summary.numbers)];
        return { text: dateText(low, 'minute'), full: `${isoText(low)} to ${isoText(high)}`, tone: 'value' };
      }
      const write = (value: number): string => (field.kind === 'attributes' ? cellText(value, field).text : shortNumber(value, 4));
      const counted = summary.odd > 0 || summary.missing > 0 ? ` (n ${n})` : '';
      return {
        text: spread === null ? `${write(middle)}${counted}` : `${write(middle)} ± ${write(Number(spread.toPrecision(2)))}${counted}`,
        full: `mean ${valueText(middle)}, standard deviation ${spread === null ? 'unknown' : valueText(spread)}, n ${n}${summary.odd > 0 ? `, ${summary.odd} not finite` : ''}${lacking(summary.missing)}`,
        tone: summary.odd > 0 ? 'odd' : 'value',
      };
    }
  }
}

export interface Delta {
  readonly difference: number;
  /** Share of the baseline's value; null where that is 0. */
  readonly share: number | null;
  /** Whether the difference is for the better; null where the direction is not known. */
  readonly better: boolean | null;
}

/** Difference of a number to the baseline's; null where either is no finite number or both are the same. */
export function deltaOf(cell: Cell, baseline: Cell, direction: Direction): Delta | null {
  const own = typeof cell === 'boolean' ? null : numeric(cell);
  const reference = typeof baseline === 'boolean' ? null : numeric(baseline);
  if (own === null || reference === null || !Number.isFinite(own) || !Number.isFinite(reference) || own === reference) return null;
  const difference = own - reference;
  return {
    difference,
    share: reference === 0 ? null : difference / Math.abs(reference),
    better: direction === 'none' ? null : (direction === 'max') === difference > 0,
  };
}

/** `+3.1 %`, or the difference itself where a share says nothing. */
export function deltaShort({ difference, share }: Delta): string {
  const sign = difference > 0 ? '+' : '−';
  if (share === null) return `${sign}${shortNumber(Math.abs(difference), 3)}`;
  const percent = Math.abs(share) * 100;
  return `${sign}${percent >= 1000 ? shortNumber(percent, 3).replace(/^(\d+)(\d{3})$/, '$1,$2') : percent >= 99.95 ? percent.toFixed(0) : percent >= 9.995 ? percent.toFixed(1) : Number(percent.toPrecision(2)).toString()} %`;
}
