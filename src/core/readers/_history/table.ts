// What the first bytes of a table tell: how it is written, and which column plays which part.

import { cellNumber, type Dialect, isMissing, sniffDialect } from '../../formats/csv';
import { gunzipHead, isGzip } from '../../formats/gzip';
import { type Plan, planOf, type SampledColumn } from './plan';

export interface TableShape {
  readonly dialect: Dialect;
  readonly plan: Plan;
  readonly sampled: readonly SampledColumn[];
  /** The unpacked first bytes. */
  readonly head: Uint8Array;
}

/**
 * @param whole the bytes are the whole file
 * @returns null where it is no history
 */
export function tableOf(bytes: Uint8Array, whole: boolean, stem: string, named: boolean): TableShape | null {
  const packed = isGzip(bytes);
  const head = packed ? gunzipHead(bytes) : bytes;
  const dialect = sniffDialect(head, whole && !packed);
  if (!dialect) return null;
  const sampled = dialect.columns.map((name, at) => sampleOf(dialect, name, at));
  const plan = planOf(sampled, stem, named) ?? emptyHistory(sampled, dialect, stem);
  return plan && { dialect, plan, sampled, head };
}

function sampleOf(dialect: Dialect, name: string, at: number): SampledColumn {
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const row of dialect.sample) {
    const cell = row[at] ?? '';
    if (isMissing(cell)) continue;
    const value = cellNumber(cell, dialect);
    if (value === null) texts.push(cell);
    else numbers.push(value);
  }
  return { name, numbers, texts };
}

/** A header alone is a run that has just begun, if its names would make a history. */
function emptyHistory(sampled: readonly SampledColumn[], dialect: Dialect, stem: string): Plan | null {
  if (dialect.sample.length > 0 || !dialect.named || dialect.columns.length < 2) return null;
  return planOf(
    sampled.map(({ name }) => ({ name, numbers: [0, 1], texts: [] })),
    stem,
    false,
  );
}
