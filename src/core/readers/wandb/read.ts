// Reads the folders of one run into events: a single one as it streams, the parts of a resumed run put together.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { readEventFiles } from './event-files';
import type { Found } from './find';
import { readOld } from './old';
import { type Column, inBatches, joined, overlaid } from './overlay';
import { PartReader } from './part';
import { partEvents, sharedEvents } from './run-events';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { kind, parts } = claim.note as Found;
  const readers = parts.map((part) => new PartReader(part, context));
  const [only] = readers;
  if (!only) return;
  if (kind === 'old') yield* readOld(only.part, context);
  else if (readers.length === 1) yield* readStreaming(only, context);
  else yield* readTogether(readers, context);
};

/** @param scope what W&B makes ids unique in */
function begin(run: RunKey, reader: PartReader, scope: string): RunEvent {
  return { kind: 'begin', run, identity: { nativeId: reader.id, scope }, path: reader.part.path };
}

const scopeOf = ({ log }: PartReader): string => `${log?.info.entity ?? ''}/${log?.info.project ?? ''}`;

async function* readStreaming(reader: PartReader, context: ReadContext): AsyncGenerator<RunEvent> {
  const run = 0;
  const { log } = reader;
  const declared = new Set<number>();
  let begun = false;
  for (let more = true; more; ) {
    more = await reader.next();
    // The id and project come with one of the first records.
    if (!begun && more && !reader.isKnown) continue;
    if (!begun) yield begin(run, reader, scopeOf(reader));
    begun = true;
    for (const { series, batch } of log?.drain(!more) ?? []) {
      const { number, name, system } = series;
      if (!declared.has(number)) yield { kind: 'series', run, series: number, key: { name, context: {} }, system };
      declared.add(number);
      yield { kind: 'points', run, series: number, ...batch };
    }
  }
  await reader.finish();
  let curves = 0;
  for (const { name, number, system } of log?.history.series.byName.values() ?? []) {
    const xAxis = log?.metrics.xAxisOf(name) ?? null;
    if (!system) curves++;
    if (xAxis !== null && !system) yield { kind: 'series', run, series: number, key: { name, context: {} }, xAxis };
  }
  if (curves === 0 && reader.part.files) curves = yield* readEventFiles(run, reader.part.files, declared.size, context);
  yield* partEvents(run, reader, true);
  yield* sharedEvents(run, [reader], curves);
  yield { kind: 'end', run };
}

interface Gathered {
  readonly system: boolean;
  /** Batches of each part. */
  readonly parts: Column[][];
}

/** Several folders with one run id: parts of one run where their project is the same. */
async function* readTogether(readers: readonly PartReader[], context: ReadContext): AsyncGenerator<RunEvent> {
  const points = new Map<PartReader, Map<string, { readonly system: boolean; readonly batches: Column[] }>>();
  for (const reader of readers) {
    const series = new Map<string, { readonly system: boolean; readonly batches: Column[] }>();
    points.set(reader, series);
    for (let more = true; more; ) {
      more = await reader.next();
      for (const { series: of, batch } of reader.log?.drain(!more) ?? []) {
        const known = series.get(of.name) ?? { system: of.system, batches: [] };
        known.batches.push(batch);
        series.set(of.name, known);
      }
    }
    await reader.finish();
  }
  let run = 0;
  for (const parts of runsOf(readers)) {
    const last = parts.at(-1) as PartReader;
    const entity = parts.findLast(({ log }) => log?.info.entity)?.log?.info.entity ?? '';
    yield begin(run, last, `${entity}/${last.log?.info.project ?? ''}`);
    let curves = 0;
    const gathered = new Map<string, Gathered>();
    for (const part of parts)
      for (const [name, { system, batches }] of points.get(part) ?? []) {
        const known = gathered.get(name) ?? { system, parts: [] };
        known.parts.push(batches);
        gathered.set(name, known);
      }
    let series = 0;
    let replaced = 0;
    for (const [name, { system, parts: columns }] of gathered) {
      const xAxis = system ? null : (last.log?.metrics.xAxisOf(name) ?? null);
      yield { kind: 'series', run, series, key: { name, context: {} }, system, ...(xAxis === null ? {} : { xAxis }) };
      let whole: Column | null = null;
      for (const batches of columns) {
        const column = joined(batches);
        const both = whole ? overlaid(whole, column) : { column, replaced: 0 };
        whole = both.column;
        replaced += both.replaced;
      }
      if (whole) for (const batch of inBatches(whole)) yield { kind: 'points', run, series, ...batch };
      if (!system) curves++;
      series++;
    }
    for (const part of parts) yield* partEvents(run, part, part === last);
    const started = parts.map(({ startedMs }) => startedMs).find((ms) => ms !== null);
    if (started !== undefined && started !== null) yield { kind: 'header', run, set: { startedMs: epochMs(started) } };
    yield* sharedEvents(run, parts, curves);
    if (replaced > 0)
      yield {
        kind: 'issue',
        run,
        issue: issue('step-restart', `The run was resumed: ${replaced} points were logged again by a later part, which counts.`, { file: last.part.path }),
      };
    yield { kind: 'end', run };
    run++;
  }
}

/** The readers by run, each in order of start, copies left out. */
function runsOf(readers: readonly PartReader[]): PartReader[][] {
  const projectOf = (reader: PartReader): string => reader.log?.info.project ?? '';
  // A part that has not said yet where it belongs is taken to belong to the others.
  const told = readers.find(({ isKnown }) => isKnown);
  const runs = new Map<string, PartReader[]>();
  for (const reader of readers) {
    const from = reader.isKnown || !told ? reader : told;
    const key = `${from.id}\0${projectOf(from)}`;
    runs.set(key, [...(runs.get(key) ?? []), reader]);
  }
  return [...runs.values()].map((parts) => withoutCopies(parts.sort(byStart)));
}

function byStart(a: PartReader, b: PartReader): number {
  if (a.startedMs !== null && b.startedMs !== null && a.startedMs !== b.startedMs) return a.startedMs - b.startedMs;
  return a.part.dir.name < b.part.dir.name ? -1 : 1;
}

/** Two logs that began in the same instant are one, copied (a link made a folder, or a folder saved twice): the longer counts. */
function withoutCopies(sorted: readonly PartReader[]): PartReader[] {
  const kept: PartReader[] = [];
  for (const reader of sorted) {
    const before = kept.at(-1);
    const isCopy = before !== undefined && reader.startedMs !== null && reader.startedMs === before.startedMs;
    if (!isCopy) kept.push(reader);
    else if ((reader.part.log?.size ?? 0) >= (before.part.log?.size ?? 0)) kept[kept.length - 1] = reader;
  }
  return kept;
}
