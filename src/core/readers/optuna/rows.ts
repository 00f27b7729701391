// What rows of a storage mean, whichever database they come from. Rows of owned things begin with the owner's id, which is passed over.

import { parseJson } from '../../formats/json';
import { type Cell, cellNumber, cellText } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value, Values } from '../../model/values';
import { paramValue, type Trial } from './trial';

export type Row = readonly (Cell | undefined)[];

/** The row of a trial; what belongs to it is asked for apart. */
export interface TrialRow {
  readonly id: number;
  readonly studyId: number;
  /** Null where the schema keeps none. */
  readonly number: number | null;
  readonly state: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** Where schemas before 2020 kept the objective. */
  readonly value: number | null;
}

/** What belongs to one trial. */
export interface TrialParts {
  readonly params: Iterable<Row>;
  readonly userAttributes: Iterable<Row>;
  /** Null where the schema keeps the objective in the row of the trial. */
  readonly values: Iterable<Row> | null;
  readonly intermediate: Iterable<Row>;
}

export const trialRow = ([id, study, number, state, started, ended, value]: Row): TrialRow => ({
  id: cellNumber(id) ?? -1,
  studyId: cellNumber(study) ?? -1,
  number: cellNumber(number),
  state: cellText(state) ?? '',
  startedMs: timeOf(started),
  endedMs: timeOf(ended),
  value: cellNumber(value),
});

/** A trial with all that belongs to it. @param number its place in its study where the row holds none */
export function trialOf(row: TrialRow, number: number, parts: TrialParts): Trial {
  const badParams: string[] = [];
  const params: [string, Value][] = [];
  for (const [, name, stored, distribution] of parts.params) {
    const key = cellText(name) ?? '';
    try {
      params.push([key, paramValue(cellNumber(stored) ?? Number.NaN, cellText(distribution) ?? '')]);
    } catch {
      badParams.push(key);
    }
  }
  const steps: number[] = [];
  const intermediate: number[] = [];
  for (const [, step, value, kind] of parts.intermediate) {
    steps.push(cellNumber(step) ?? Number.NaN);
    intermediate.push(numberOfType(value, kind));
  }
  const { id, state, startedMs, endedMs, value } = row;
  return {
    id: String(id),
    number: row.number ?? number,
    state,
    startedMs,
    endedMs,
    params: Object.fromEntries(params),
    userAttributes: attributesOf(parts.userAttributes),
    values: parts.values ? [...parts.values].map(([, stored, kind]) => numberOfType(stored, kind)) : value === null ? [] : [value],
    steps: Float64Array.from(steps),
    intermediate: Float64Array.from(intermediate),
    badParams,
  };
}

/** Attributes are JSON; what is none is kept as text. */
export function attributesOf(rows: Iterable<Row>): Values {
  const found: [string, Value][] = [];
  for (const [, key, value] of rows) {
    const text = cellText(value) ?? 'null';
    let parsed: Value = text;
    try {
      parsed = parseJson(text);
    } catch {
      // Shown as it stands.
    }
    found.push([cellText(key) ?? '', parsed]);
  }
  return Object.fromEntries(found);
}

const special: Readonly<Record<string, number>> = { INF_POS: Number.POSITIVE_INFINITY, INF_NEG: Number.NEGATIVE_INFINITY, NAN: Number.NaN };

/** Schemas since 2022 keep what SQL has no number for in a column of its own; before, NULL was NaN. */
const numberOfType = (value: Cell | undefined, type: Cell | undefined): number => special[cellText(type) ?? ''] ?? cellNumber(value) ?? Number.NaN;

function timeOf(cell: Cell | undefined): number | null {
  const text = cellText(cell);
  return text === null ? null : parseTimestamp(text);
}
