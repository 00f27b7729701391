// Reads one file of a mapped log, whatever its format, row by row.

import { type Issue, issue } from '../../base/issues';
import { readExactly, readSlices } from '../../formats/bytes';
import { cell, readTable, sniffDialect } from '../../formats/csv';
import { flatten, isObject } from '../../formats/flatten';
import { gunzip, gunzipHead, isGzip } from '../../formats/gzip';
import { parseJson } from '../../formats/json';
import { readJsonPieces } from '../../formats/json-file';
import { linesOf } from '../../formats/lines';
import { decodeUtf8 } from '../../formats/text';
import { nameTest } from '../../mapping/globs';
import { listsAsRows } from '../../mapping/guess-json';
import { LineReader, longestLine } from '../../mapping/lines';
import { type LineRule, type Mapping, mappingFileName } from '../../mapping/mapping';
import { screenTexts } from '../../mapping/screen';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { chosenValues, type Row, type RowTaker } from './rows';

const headBytes = 64 * 1024;
const samplesKept = 20;

/** How the lines or rows of a file fared. */
export interface LogTally {
  readonly file: string;
  lines: number;
  /** Lines that a rule took, those that it passes over included. */
  matched: number;
  unmatched: number;
  /** The first of them. */
  readonly samples: { readonly line: number; readonly text: string }[];
}

export const newTally = (file: string): LogTally => ({ file, lines: 0, matched: 0, unmatched: 0, samples: [] });

/** What a log's reading gives between its slices: time to hand on points. */
export type Slice = undefined;

export interface LogJob {
  readonly file: SourceFile;
  readonly mapping: Mapping;
  readonly taker: RowTaker;
  readonly tally: LogTally;
  readonly context: ReadContext;
  issue(issue: Issue): void;
  /** Params that stand in a JSON document beside its rows. */
  params(values: Values): void;
}

/** Reads the file to its end; trouble is told, a SourceError may pass. */
export async function* readLog(job: LogJob): AsyncGenerator<Slice> {
  const { file, context, mapping } = job;
  const unpacking = { whole: true };
  const packed = isGzip(await readExactly(file, 0, 3, context.signal));
  unpacking.whole = !packed;
  const raw = readSlices(file, context);
  const pieces = packed ? gunzip(raw, file.path, context.limits.archiveRatio, unpacking) : raw;
  if (mapping.format === 'text') yield* readText(job, pieces);
  else if (mapping.format === 'jsonl') yield* readJsonLines(job, pieces);
  else if (mapping.format === 'json') await readDocument(job, pieces);
  else yield* readTableRows(job, pieces, packed);
  if (!unpacking.whole) job.issue(issue('truncated', `${file.name} is damaged or ends early; it was unpacked as far as it goes.`, { file: file.path }));
}

/** The bytes that tell who the run is: the first rows, without what was printed before them. */
export async function headOf(file: SourceFile, mapping: Mapping, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = await readExactly(file, 0, headBytes, signal);
  const head = isGzip(bytes) ? gunzipHead(bytes) : bytes;
  if (mapping.format !== 'text') return head;
  const reader = new LineReader(mapping);
  const lines = decodeUtf8(head).text.split('\n');
  const first = lines.findIndex((line) =>
    screenTexts(line.replace(/\r$/, ''), mapping.updates).some((text) => {
      const meaning = text.length > longestLine ? null : reader.read(text);
      return meaning?.kind === 'row' && meaning.rule.to === 'points' && meaning.cells.some(([name]) => !meaning.rule.carry.includes(name));
    }),
  );
  return first <= 0 ? head : new TextEncoder().encode(lines.slice(first).join('\n'));
}

async function* readText(job: LogJob, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Slice> {
  const { file, mapping, taker, tally, context } = job;
  const reader = new LineReader(mapping);
  const ends = new LineEnds();
  const long: number[] = [];
  let bad = false;
  for await (const slice of linesOf(pieces, Math.min(context.limits.recordBytes, 64 * 1024 * 1024))) {
    bad ||= slice.bad;
    long.push(...slice.tooLong);
    for (const [at, line] of slice.lines.entries()) {
      const number = slice.firstLine + at;
      const texts = screenTexts(line, mapping.updates).filter((text) => text.trim() !== '');
      for (const [nth, text] of texts.entries()) {
        tally.lines++;
        if (text.length > longestLine) {
          long.push(number);
          continue;
        }
        const meaning = reader.read(text);
        const last = !slice.complete && at === slice.lines.length - 1 && nth === texts.length - 1;
        if (last && !(meaning?.kind === 'row' && ends.isWhole(meaning.rule, meaning.cells))) {
          job.issue(issue('truncated', `${file.name} ends in the middle of a line; that line was left out.`, { file: file.path, where: `line ${number}` }));
          continue;
        }
        if (!meaning) {
          unmatched(tally, number, text);
          continue;
        }
        tally.matched++;
        if (meaning.kind === 'quiet') continue;
        ends.saw(meaning.rule, meaning.cells);
        taker.take({ cells: meaning.cells, line: number, rule: meaning.rule, carried: reader.carried, asked: meaning.groups });
      }
    }
    yield;
  }
  if (long.length > 0)
    job.issue(issue('too-large', `A line is longer than ${longestLine} characters; left out.`, { file: file.path, where: `line ${long[0]}` }));
  if (bad) job.issue(issue('bad-utf8', `${file.name} is not valid UTF-8.`, { file: file.path }));
}

function unmatched(tally: LogTally, line: number, text: string): void {
  tally.unmatched++;
  if (tally.samples.length < samplesKept) tally.samples.push({ line, text: text.slice(0, 300) });
}

/** How short the end of a whole line of a rule was seen to be: a last line without its line feed may be cut. */
class LineEnds {
  private readonly shortest = new Map<LineRule, { cells: number; length: number }>();

  saw(rule: LineRule, cells: readonly (readonly [string, string])[]): void {
    const now = { cells: cells.length, length: cells.at(-1)?.[1].length ?? 0 };
    const known = this.shortest.get(rule);
    if (!known || now.cells < known.cells || (now.cells === known.cells && now.length < known.length)) this.shortest.set(rule, now);
  }

  isWhole(rule: LineRule, cells: readonly (readonly [string, string])[]): boolean {
    const known = this.shortest.get(rule);
    return known !== undefined && cells.length >= known.cells && (cells.at(-1)?.[1].length ?? 0) >= known.length;
  }
}

async function* readJsonLines(job: LogJob, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Slice> {
  const { file, tally, context } = job;
  let badLines = 0;
  for await (const { lines, firstLine, complete, bad } of linesOf(pieces, context.limits.recordBytes)) {
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const number = firstLine + at;
      const rows = objectsIn(line);
      tally.lines++;
      if (rows) {
        tally.matched++;
        for (const row of rows) job.taker.take({ cells: Object.entries(flatten(row, '/')), line: number });
      } else if (!complete && at === lines.length - 1) {
        job.issue(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, { file: file.path, where: `line ${number}` }));
      } else {
        badLines++;
        unmatched(tally, number, line);
      }
    }
    if (bad) job.issue(issue('bad-utf8', `${file.name} is not valid UTF-8.`, { file: file.path }));
    yield;
  }
  const place = { file: file.path, where: `line ${tally.samples[0]?.line}` };
  if (badLines > 0) job.issue(issue('bad-record', `${badLines} ${badLines === 1 ? 'line is' : 'lines are'} no JSON object; left out.`, place));
}

function objectsIn(line: string): readonly Value[] | null {
  try {
    const value = parseJson(line);
    return isObject(value) ? [value] : Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : null;
  } catch {
    return null;
  }
}

async function readDocument(job: LogJob, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const { file, mapping, tally, taker } = job;
  const { value: document, issues } = await readJsonPieces(pieces, file, job.context.limits);
  for (const one of issues) job.issue(one);
  if (document === undefined) return;
  const found =
    mapping.rows === null ? document : mapping.rows.split('/').reduce<Value | undefined>((at, key) => (isObject(at) ? at[key] : undefined), document);
  const rows = Array.isArray(found) ? found.filter(isObject) : found === undefined ? [] : listsAsRows(found);
  if (mapping.params.length > 0) job.params(chosenValues(flatten(document), nameTest(mapping.params)));
  tally.lines = rows.length;
  tally.matched = rows.length;
  if (rows.length === 0) {
    const where = mapping.rows === null ? 'document' : `key ${mapping.rows}`;
    job.issue(
      issue('bad-value', `${file.name} holds no rows there.`, { file: file.path, where, tip: `Name the key of the rows as “rows” in ${mappingFileName}.` }),
    );
  }
  for (const [at, row] of rows.entries()) taker.take({ cells: Object.entries(flatten(row, '/')), line: at + 1 });
}

async function* readTableRows(job: LogJob, pieces: AsyncIterable<Uint8Array>, packed: boolean): AsyncGenerator<Slice> {
  const { file, mapping, tally, taker } = job;
  const bytes = await readExactly(file, 0, headBytes, job.context.signal);
  const head = packed ? gunzipHead(bytes) : bytes;
  const dialect = sniffDialect(head, bytes.length >= file.size && !packed);
  if (!dialect) {
    job.issue(issue('bad-record', `${file.name} is no table.`, { file: file.path }));
    return;
  }
  const run = typeof mapping.run === 'object' ? dialect.columns.indexOf(mapping.run.column) : -1;
  const shortest = Math.min(...dialect.sample.map((row) => row.at(-1)?.length ?? 0));
  const isWhole = (cells: readonly string[]) =>
    !packed && dialect.sample.length > 1 && cells.length >= dialect.columns.length && (cells.at(-1)?.length ?? 0) >= shortest;
  let short = 0;
  let firstShort = 0;
  for await (const slice of readTable(pieces, dialect, new Set(run < 0 ? [] : [run]), isWhole)) {
    for (let row = 0; row < slice.rows; row++) {
      const cells = slice.columns.flatMap(({ kinds, numbers, texts }, at): [string, Value][] => {
        if (kinds[row] === cell.number) return [[dialect.columns[at]!, numbers[row]!]];
        return kinds[row] === cell.text ? [[dialect.columns[at]!, texts.get(row)!]] : [];
      });
      taker.take({ cells, line: slice.lines[row]! } satisfies Row);
    }
    tally.lines += slice.rows;
    tally.matched += slice.rows;
    if (short === 0) firstShort = slice.short[0] ?? 0;
    short += slice.short.length;
    if (slice.cut)
      job.issue(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, { file: file.path, where: `line ${slice.cut.line}` }));
    yield;
  }
  if (dialect.latin) job.issue(issue('bad-utf8', `${file.name} is not UTF-8; it was read as Windows-1252.`, { file: file.path }));
  if (short > 0)
    job.issue(
      issue('bad-record', `${short} ${short === 1 ? 'row has' : 'rows have'} fewer cells than ${file.name} has columns.`, {
        file: file.path,
        where: `line ${firstShort}`,
      }),
    );
}
