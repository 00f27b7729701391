// Reads the folders of one run into events: a single one as it streams, the parts of a resumed run put together.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import type { RunEvent, RunKey } from '../../model/events';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { readEventFiles } from './event-files';
import { type Found, filesOf } from './find';
import { type LoggedMedia, mediaEvents } from './media';
import { readOld } from './old';
import { type Column, inBatches, joined, overlaid } from './overlay';
import { PartReader } from './part';
import { partEvents, sharedEvents } from './run-events';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const { kind, parts } = claim.note as Found;
  const readers: PartReader[] = [];
  for (const part of parts) readers.push(await PartReader.open(part, context));
  const [only] = readers;
  if (!only) return;
  if (kind === 'old') yield* readOld(only.part, context);
  else if (readers.length === 1) yield* readStreaming(only, context);
  else yield* readTogether(readers);
};

/** What W&B makes ids unique in. */
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
    if (!begun) yield { kind: 'begin', run, identity: { nativeId: reader.id, scope: scopeOf(reader) }, path: reader.part.path };
    begun = true;
    for (const { series, batch } of log?.drain(!more) ?? []) {
      const { number, name, system } = series;
      if (!declared.has(number)) yield { kind: 'series', run, series: number, key: { name, context: {} }, system };
      declared.add(number);
      yield { kind: 'points', run, series: number, ...batch };
    }
    yield* mediaEvents(run, log?.drainMedia(!more) ?? [], reader.mediaPlace(true));
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

type Points = ReadonlyMap<string, { readonly system: boolean; readonly column: Column }>;

/** Several folders with one run id: parts of one run where their project is the same. */
async function* readTogether(readers: readonly PartReader[]): AsyncGenerator<RunEvent> {
  const points = new Map<PartReader, Points>();
  for (const reader of readers) points.set(reader, await readWhole(reader));
  for (const [run, parts] of runsOf(readers).entries()) {
    const last = parts.at(-1) as PartReader;
    const entity = parts.findLast(({ log }) => log?.info.entity)?.log?.info.entity ?? '';
    const identity = { nativeId: last.id, scope: `${entity}/${last.log?.info.project ?? ''}` };
    yield { kind: 'begin', run, identity, path: last.part.path, files: parts.flatMap(({ part }) => [...filesOf(part)]) };
    const curves = yield* overlaidEvents(run, parts, points);
    for (const part of parts) yield* partMediaEvents(run, part, part === last);
    for (const part of parts) yield* partEvents(run, part, part === last);
    const started = parts.map(({ startedMs }) => startedMs).find((ms) => ms !== null);
    if (started !== undefined && started !== null) yield { kind: 'header', run, set: { startedMs: epochMs(started) } };
    yield* sharedEvents(run, parts, curves);
    yield { kind: 'end', run };
  }
}

/** Media of a part; of the steps from its first on, what earlier parts logged is replaced. */
function* partMediaEvents(run: RunKey, part: PartReader, isLast: boolean): Generator<RunEvent> {
  const first = new Map<string, LoggedMedia>();
  for (const one of part.media) {
    const key = `${one.kind}\0${one.name}`;
    if (!Number.isNaN(one.step) && !(one.step >= (first.get(key)?.step ?? Number.POSITIVE_INFINITY))) first.set(key, one);
  }
  for (const { name, kind, step } of first.values()) yield { kind: 'media-purge', run, of: { name, kind }, fromStep: step };
  yield* mediaEvents(run, part.media, part.mediaPlace(isLast));
}

/** All points of a part, by series. */
async function readWhole(reader: PartReader): Promise<Points> {
  const batches = new Map<string, { readonly system: boolean; readonly batches: Column[] }>();
  for (let more = true; more; ) {
    more = await reader.next();
    for (const { series, batch } of reader.log?.drain(!more) ?? []) {
      const known = batches.get(series.name) ?? { system: series.system, batches: [] };
      known.batches.push(batch);
      batches.set(series.name, known);
    }
    reader.holdMedia(!more);
  }
  await reader.finish();
  return new Map([...batches].map(([name, { system, batches: all }]) => [name, { system, column: joined(all) }]));
}

/** The series of all parts laid over one another. @returns the number of curves */
function* overlaidEvents(run: RunKey, parts: readonly PartReader[], points: ReadonlyMap<PartReader, Points>): Generator<RunEvent, number> {
  const last = parts.at(-1) as PartReader;
  const whole = new Map<string, { readonly system: boolean; readonly column: Column }>();
  let replaced = 0;
  for (const part of parts)
    for (const [name, { system, column }] of points.get(part) ?? []) {
      const before = whole.get(name);
      const both = before ? overlaid(before.column, column) : { column, replaced: 0 };
      whole.set(name, { system, column: both.column });
      replaced += both.replaced;
    }
  let curves = 0;
  for (const [series, [name, { system, column }]] of [...whole].entries()) {
    const xAxis = system ? null : (last.log?.metrics.xAxisOf(name) ?? null);
    yield { kind: 'series', run, series, key: { name, context: {} }, system, ...(xAxis === null ? {} : { xAxis }) };
    for (const batch of inBatches(column)) yield { kind: 'points', run, series, ...batch };
    if (!system) curves++;
  }
  if (replaced > 0) {
    const message = `The run was resumed: ${replaced} points were logged again by a later part, which counts.`;
    yield { kind: 'issue', run, issue: issue('step-restart', message, { file: last.part.path }) };
  }
  return curves;
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
