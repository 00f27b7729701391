// The whole history of a run on a server: from Parquet files where it exported them, row by row of steps where not.

import { ahead } from '../../base/ahead';
import { isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { openParquet } from '../../formats/parquet';
import { textDigest } from '../../formats/text-digest';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { KeptRuns } from '../_remote/kept-runs';
import type { RunPlace, WandbApi } from './graphql';

/** Steps of one question; of sparse histories more, so that it holds about as many rows. */
const usualWindow = 1000;
const widestWindow = 50_000;
const windowsAtOnce = 4;
const mostParquetBytes = 1024 * 1024 * 1024;

/** How far the server says that the history goes. */
export interface Extent {
  /** -1 where there are no rows. */
  readonly lastStep: number;
  /** Rows up to it. */
  readonly count: number;
  /** The run goes on: what is read of it is worth keeping for the next look. */
  readonly goesOn: boolean;
}

/**
 * All rows in order of their steps. Where the run is followed, only rows behind those that are known are asked for, if these are still all that
 * there were: the last one is as it was, and together they are as many as the server counts. A run that was rewound is read whole.
 * @throws HttpError; SyntaxError for rows and files that are damaged
 */
export async function* historyRows(place: RunPlace, extent: Extent, api: WandbApi, context: ReadContext): AsyncGenerator<Values> {
  const kept = await context.memory?.keep('history', [], () => new KeptRuns<readonly Values[]>());
  if (!kept) {
    yield* wholeHistory(place, extent.lastStep, api, context);
    return;
  }
  const name = `${place.entity}/${place.project}/${place.run}`;
  const before = kept.of(name);
  const behind = before && (await rowsBehind(before, place, extent, api, context));
  const rows: Values[] = [];
  let values = 0;
  for await (const row of behind ? [...before, ...behind] : wholeHistory(place, extent.lastStep, api, context)) {
    if (extent.goesOn && isWithin(row, extent)) {
      values += Object.keys(row).length;
      rows.push(row);
    }
    yield row;
  }
  // Names and values of rows take more room than points do.
  if (rows.length > 0 && rows.length === extent.count) kept.keep(name, rows, wordsPerValue * values);
  else kept.forget(name);
}

const wordsPerValue = 3;

const isWithin = (row: Values, { lastStep }: Extent): boolean => (stepOf(row) ?? Number.POSITIVE_INFINITY) <= lastStep;

/** The rows behind those that are known, or null where these may not be all that was before. */
async function rowsBehind(before: readonly Values[], place: RunPlace, extent: Extent, api: WandbApi, context: ReadContext): Promise<readonly Values[] | null> {
  const last = before.at(-1) as Values;
  const rows: Values[] = [];
  for await (const row of windowRows(place, stepOf(last) as number, extent.lastStep, api, context)) rows.push(row);
  const [same, ...behind] = rows;
  const isSame = same !== undefined && digestOfRow(same) === digestOfRow(last);
  return isSame && before.length + behind.filter((row) => isWithin(row, extent)).length === extent.count ? behind : null;
}

/** The same whether the row came out of a file or as JSON. */
const digestOfRow = (row: Values): string => textDigest(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));

async function* wholeHistory(place: RunPlace, lastStep: number, api: WandbApi, context: ReadContext): AsyncGenerator<Values> {
  const exported = await api.parquet(place, context.signal);
  let from = 0;
  if (exported && exported.urls.length > 0) {
    for (const file of await parquetFiles(exported.urls, api, context)) {
      for await (const row of parquetRows(file, context)) {
        const step = stepOf(row);
        if (step !== null) from = Math.max(from, step + 1);
        yield row;
      }
    }
  }
  yield* windowRows(place, from, lastStep, api, context);
}

async function* windowRows(place: RunPlace, from: number, lastStep: number, api: WandbApi, { signal }: ReadContext): AsyncGenerator<Values> {
  const first = await api.history(place, from, from + usualWindow, signal);
  yield* rowsOf(first);
  const width = Math.min(widestWindow, Math.ceil((usualWindow * usualWindow) / Math.max(1, Math.min(first.length, usualWindow))));
  for await (const lines of ahead(windows(from + usualWindow, lastStep, width), windowsAtOnce, ([start, end]) => api.history(place, start, end, signal)))
    yield* rowsOf(lines);
}

/** Half-open ranges of steps up to the last. */
function* windows(from: number, lastStep: number, width: number): Generator<readonly [number, number]> {
  for (let start = from; start <= lastStep; start += width) yield [start, Math.min(start + width, lastStep + 1)];
}

function* rowsOf(lines: readonly string[]): Generator<Values> {
  for (const line of lines) {
    const row = parseJson(line);
    if (isObject(row)) yield withNumbers(row);
  }
}

const words: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY };

/** The server writes numbers that JSON has not as words. */
export function withNumbers(row: Values): Values {
  const entries = Object.entries(row);
  if (!entries.some(([, value]) => typeof value === 'string' && value in words)) return row;
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? (words[value] ?? value) : value]));
}

/** Files in order of their first step: the server names them in any. */
async function parquetFiles(urls: readonly string[], api: WandbApi, context: ReadContext): Promise<readonly SourceFile[]> {
  const found: { readonly file: SourceFile; readonly first: number }[] = [];
  for (const [at, url] of urls.entries()) {
    const bytes = await api.fetch(url, mostParquetBytes, context.signal);
    const file: SourceFile = {
      name: `history-${at}.parquet`,
      path: `history-${at}.parquet`,
      size: bytes.length,
      modifiedMs: null,
      read: (offset, length) => bytes.subarray(offset, offset + length),
    };
    const table = await openParquet(file, context);
    const [first = null] = table.groups > 0 ? await table.column(0, '_step') : [];
    found.push({ file, first: Number(first ?? Number.POSITIVE_INFINITY) });
  }
  return found.sort((a, b) => a.first - b.first).map(({ file }) => file);
}

async function* parquetRows(file: SourceFile, context: ReadContext): AsyncGenerator<Values> {
  const table = await openParquet(file, context);
  for (let group = 0; group < table.groups; group++) {
    const names = [...table.columns];
    const columns: (readonly Value[])[] = [];
    for (const name of names) columns.push(await table.column(group, name));
    const order = (columns[names.indexOf('_step')] ?? []).map((step, at) => [Number(step), at] as const).sort(([a], [b]) => a - b);
    for (const [, at] of order) {
      const row: Record<string, Value> = {};
      for (const [i, name] of names.entries()) {
        const value = columns[i]?.[at];
        if (value !== null && value !== undefined) row[name] = value;
      }
      yield row;
    }
  }
}

const stepOf = ({ _step: step }: Values): number | null => (typeof step === 'number' ? step : typeof step === 'bigint' ? Number(step) : null);
