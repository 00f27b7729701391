// All points of a run on a server: tables that it exports for some scalars at a time, never the curves that it thins out for charts.

import { ahead } from '../../base/ahead';
import { issue } from '../../base/issues';
import { readSlices } from '../../formats/bytes';
import { cell, type Dialect, readTable } from '../../formats/csv';
import { splitRecords } from '../../formats/csv-dialect';
import { textOf } from '../../formats/http-json';
import { exactInteger } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import { HttpError } from '../../source/http';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { PointCollector } from '../_logs/collector';
import type { RunRef, SwanLabApi } from './api';
import { isSystem } from './logged-run';

/** Scalars of one table, as the server bounds it. */
const keysPerTable = 16;
const tablesAtOnce = 2;
const scalarTypes: ReadonlySet<string | null> = new Set(['FLOAT', 'BOOLEAN']);

interface Table {
  readonly keys: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @param name of the experiment: it stands in the header of a table */
export async function* pointEvents(run: RunKey, ref: RunRef, name: string, api: SwanLabApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const points = new PointCollector(run, context.limits.seriesPerRun);
  let inexact: string | null = null;
  for await (const { keys, bytes } of tables(ref, name, api, context)) {
    for await (const step of tablePoints(bytes, keys, name, points, api, context)) inexact ??= step;
    yield* points.drain();
  }
  yield* points.flush(true);
  if (inexact !== null) yield { kind: 'issue', run, issue: issue('precision', `Steps such as ${inexact} are larger than a 64-bit float can hold exactly.`) };
}

async function* tables(ref: RunRef, name: string, api: SwanLabApi, { signal, limits }: ReadContext): AsyncGenerator<Table> {
  let keys: readonly string[];
  try {
    keys = await api.keys('scalar', ref, signal);
  } catch (error) {
    if (!(error instanceof HttpError) || error.code !== 'not-found') throw error;
    const id = ref.rootExpId ?? ref.experimentId;
    const columns = await api.columns(id, signal);
    const old = columns.flatMap(({ key, type }) => (scalarTypes.has(textOf(type)) ? (textOf(key) ?? []) : []));
    yield* ahead(old.slice(0, limits.seriesPerRun + 1), tablesAtOnce * 2, async (key) => ({ keys: [key], bytes: await api.columnTable(id, key, signal) }));
    return;
  }
  const wanted = keys.slice(0, limits.seriesPerRun + 1);
  const chunks = Array.from({ length: Math.ceil(wanted.length / keysPerTable) }, (_, at) => wanted.slice(at * keysPerTable, (at + 1) * keysPerTable));
  yield* ahead(chunks, tablesAtOnce, async (some) => ({ keys: some, bytes: await api.table(ref, some, name, signal) }));
}

/**
 * Takes in the points of a table: `step,{name}-{key}_step,{name}-{key}_timestamp,…`. The column whose name ends with `_step` holds values.
 * @returns steps that no float64 holds
 */
async function* tablePoints(
  bytes: Uint8Array<ArrayBuffer>,
  keys: readonly string[],
  name: string,
  points: PointCollector,
  api: SwanLabApi,
  context: ReadContext,
): AsyncGenerator<string> {
  const dialect = dialectOf(bytes);
  const places = placesOf(dialect.columns, keys, name);
  if (!places) throw new HttpError('bad-answer', `SwanLab exports ${dialect.columns.length} columns for ${keys.length} scalars.`, api.access.base);
  const file: SourceFile = {
    name: 'export.csv',
    path: 'export.csv',
    size: bytes.length,
    modifiedMs: null,
    read: (from, length) => bytes.slice(from, from + length),
  };
  for await (const { rows, columns } of readTable(readSlices(file, context), dialect, new Set([0]), () => true)) {
    for (let row = 0; row < rows; row++) {
      const digits = columns[0]?.texts.get(row) ?? '';
      if (!/^-?\d+$/.test(digits)) continue;
      const step = exactInteger(digits);
      if (typeof step === 'bigint') yield digits;
      for (const [at, key] of keys.entries()) {
        const place = places[at] ?? -1;
        const [value, time] = [columns[place], columns[place + 1]];
        if (value?.kinds[row] !== cell.number) continue;
        points.add(key, step, time?.kinds[row] === cell.number ? (time.numbers[row] ?? null) : null, value.numbers[row] as number, { system: isSystem(key) });
      }
    }
  }
}

function dialectOf(bytes: Uint8Array): Dialect {
  const end = bytes.indexOf(10);
  const text = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).replace(/\r$/, '');
  const columns = splitRecords(text, ',', 1)[0]?.cells.map((one) => one.trim()) ?? [];
  return { delimiter: ',', decimal: '.', thousands: '', columns, named: true, header: text, latin: false, dataLine: 2, sample: [] };
}

/** The column of each key's values, -1 where it has none: by its name, and where no name fits in the order of the keys, as the official client has it. */
function placesOf(columns: readonly string[], keys: readonly string[], name: string): readonly number[] | null {
  const named = keys.map((key) => columns.indexOf(`${name}-${key}_step`));
  if (named.some((place) => place >= 0)) return named;
  return columns.length === 1 + 2 * keys.length ? keys.map((_, at) => 1 + 2 * at) : null;
}
