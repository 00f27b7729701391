// Reads tables row by row into runs: what the readers of tables share.

import { issue } from '../../base/issues';
import { readExactly, readSlices } from '../../formats/bytes';
import { cell, readTable, TableReader, type TableSlice } from '../../formats/csv';
import { gunzip, isGzip } from '../../formats/gzip';
import { decidingBytes, encodingOf, endsWithCr, isLatin } from '../../formats/text';
import type { RunEvent } from '../../model/events';
import type { Claim, Read, ReadContext, ReadMemory } from '../../source/reader';
import { SourceError, type SourceFile } from '../../source/source';
import { timeMs } from './columns';
import { type Found, stemOf } from './find';
import { isNumeric } from './plan';
import { finishRuns, startOf } from './runs';
import { type TableShape, tableOf } from './table';
import { type Column, HistoryWriter, type RowKind } from './writer';

const headBytes = 64 * 1024;

/** Reads a claim whose note is what `claimsOf` found. */
export const readTables: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const found = claim.note as Found;
  if (context.memory && (await isGrowing(found, context))) {
    yield* readGrowing(found, claim, context, context.memory);
    return;
  }
  const shapes: { readonly file: SourceFile; readonly shape: TableShape }[] = [];
  const lost: SourceFile[] = [];
  for (const file of found.logs) {
    const head = await readExactly(file, 0, headBytes, context.signal);
    const shape = tableOf(head, head.length >= file.size, stemOf(file.name), true);
    if (shape) shapes.push({ file, shape });
    else lost.push(file);
  }
  const writer = writerFor(
    found,
    shapes.map(({ shape }) => shape),
    context,
  );
  for (const file of lost) writer.issue(issue('bad-record', `${file.name} is no table any more.`, { file: file.path }));
  for (const { file, shape } of shapes) yield* readLog(file, shape, writer, { context, manyLogs: shapes.length > 1 });
  yield* finishRuns(found, claim, writer, context);
};

function writerFor(found: Found, shapes: readonly TableShape[], context: ReadContext): HistoryWriter {
  const manyRuns = shapes.some(({ plan }) => plan.run !== null);
  const heads = shapes.map(({ head }) => head);
  const writer = new HistoryWriter(context.limits.seriesPerRun, startOf(found, heads, manyRuns));
  if (!manyRuns) writer.touch('');
  return writer;
}

/** A table that can be read on where it ended: one file whose first bytes, which decide what its columns are, do not change any more. */
export async function isGrowing({ logs }: Found, { signal }: ReadContext): Promise<boolean> {
  const [log] = logs;
  if (logs.length !== 1 || !log || log.size <= headBytes) return false;
  const head = await readExactly(log, 0, decidingBytes, signal);
  return !isGzip(head) && encodingOf(head).encoding === 'utf-8' && !isLatin(head) && !endsWithCr(new TextDecoder().decode(head));
}

async function* readGrowing(found: Found, claim: Claim, context: ReadContext, memory: ReadMemory): AsyncGenerator<RunEvent> {
  const log = memory.lasting(found.logs[0] as SourceFile);
  const head = await readExactly(log, 0, headBytes, context.signal);
  const shape = tableOf(head, false, stemOf(log.name), true);
  if (!shape) throw new SourceError('bad-record', `${log.name} is no table any more.`, log.path);
  const kept = await memory.keep(`table ${log.path}`, [log], () => {
    const writer = writerFor(found, [shape], context);
    return { at: 0, writer, rows: new RowReader(log, shape, writer, null), table: new TableReader(shape.dialect, textColumns(shape)) };
  });
  for await (const piece of readSlices(log, context, kept.at)) {
    kept.at += piece.length;
    for (const slice of kept.table.push(piece)) kept.rows.read(slice);
  }
  // What holds only if the file ends here is said by copies.
  const writer = kept.writer.fork();
  const rows = kept.rows.fork(writer);
  for (const slice of kept.table.fork().finish(isWholeRow(shape))) rows.read(slice);
  rows.tell(false);
  yield* finishRuns(found, claim, writer, context);
}

/** Columns that are wanted as text: names of runs. */
const textColumns = ({ plan, dialect }: TableShape): ReadonlySet<number> => new Set(plan.run === null ? [] : [dialect.columns.indexOf(plan.run)]);

/** The last line has no line feed where a writer was killed, and where one joins its lines by hand: then the last cell is as long as others. */
function isWholeRow({ dialect }: TableShape): (cells: readonly string[]) => boolean {
  const shortest = Math.min(...dialect.sample.map((row) => row.at(-1)?.length ?? 0));
  return (cells) => cells.length >= dialect.columns.length && (cells.at(-1)?.length ?? 0) >= shortest && dialect.sample.length > 1;
}

export interface LogContext {
  readonly context: ReadContext;
  readonly manyLogs: boolean;
}

/** Reads the rows of one table into the writer. */
export async function* readLog(file: SourceFile, shape: TableShape, writer: HistoryWriter, { context, manyLogs }: LogContext): AsyncGenerator<RunEvent> {
  const unpacking = { whole: true };
  const raw = readSlices(file, context);
  const packed = isGzip(await readExactly(file, 0, 3, context.signal));
  const pieces = packed ? gunzip(raw, file.path, context.limits.archiveRatio, unpacking) : raw;
  if (packed) unpacking.whole = false;
  const rows = new RowReader(file, shape, writer, manyLogs ? { key: 'file', value: file.name } : null);
  const isWhole = packed ? () => false : isWholeRow(shape);
  for await (const slice of readTable(pieces, shape.dialect, textColumns(shape), isWhole)) {
    rows.read(slice);
    yield* writer.drain();
  }
  rows.tell(!unpacking.whole);
}

/** Turns the rows of one log into points. */
class RowReader {
  private rows = 0;
  private short = 0;
  private firstShort = 0;
  private firstHole = 0;
  private readonly restarts: number[] = [];
  /** Line of the first step that float64 may not hold exactly; 0 where there is none. */
  private imprecise = 0;
  private cut: TableSlice['cut'] = null;
  /** Column → how many cells of it are no numbers, and the first. */
  private readonly bad = new Map<string, { count: number; text: string; line: number }>();
  private readonly at: { readonly step: number; readonly time: number; readonly run: number; readonly split: number; readonly name: number };
  private readonly values: readonly number[];

  constructor(
    private readonly file: SourceFile,
    private readonly shape: TableShape,
    private readonly writer: HistoryWriter,
    private readonly kind: RowKind | null,
  ) {
    const { dialect, plan } = shape;
    const index = (name: string | null | undefined) => (name == null ? -1 : dialect.columns.indexOf(name));
    this.at = { step: index(plan.step), time: index(plan.time), run: index(plan.run), split: index(plan.split), name: index(plan.long?.name) };
    const axes = new Set(Object.values(this.at));
    this.values = dialect.columns.flatMap((name, at) => {
      if (plan.long) return name === plan.long.value ? [at] : [];
      return axes.has(at) || plan.ignored.has(name) ? [] : [at];
    });
  }

  /** The same rows, to be gone on with in another writer that has gathered the same. */
  fork(writer: HistoryWriter): RowReader {
    const fork: RowReader = Object.create(RowReader.prototype);
    const bad = new Map([...this.bad].map(([name, trouble]) => [name, { ...trouble }]));
    return Object.assign(fork, this, { writer, bad, restarts: [...this.restarts] });
  }

  read(slice: TableSlice): void {
    this.rows += slice.rows;
    if (this.short === 0) this.firstShort = slice.short[0] ?? 0;
    this.short += slice.short.length;
    if (this.firstHole === 0) this.firstHole = slice.holes[0] ?? 0;
    this.restarts.push(...slice.restarts.map((row) => slice.lines[row] ?? 0));
    this.cut = slice.cut ?? this.cut;
    const steps = this.stepsOf(slice);
    const times = this.timesOf(slice);
    for (const at of this.values) this.readColumn(slice, at, steps, times);
    for (const [at, name] of this.shape.dialect.columns.entries())
      if (this.shape.plan.ignored.has(name) && at !== this.at.run && name !== '') this.readTexts(slice, at, name);
  }

  private readColumn(slice: TableSlice, at: number, steps: Float64Array | null, times: Float64Array | null): void {
    const { plan, dialect, sampled } = this.shape;
    const { kinds, numbers, texts } = slice.columns[at]!;
    const name = dialect.columns[at]!;
    const setting = plan.settings.has(name);
    const numeric = isNumeric(sampled[at]!);
    const fixed = plan.run === null && plan.split === null && plan.long === null;
    let column: Column | null = null;
    let run = '';
    for (let row = 0; row < kinds.length; row++) {
      if (kinds[row] === cell.text && numeric) this.tellBad(name, texts.get(row)!, slice.lines[row]!);
      if (kinds[row] !== cell.number) continue;
      if (!fixed) {
        run = this.at.run < 0 ? run : this.textAt(slice, this.at.run, row);
        column = this.writer.column(run, this.at.name < 0 ? name : this.textAt(slice, this.at.name, row), this.kindAt(slice, row), setting);
      }
      column ??= this.writer.column(run, name, this.kind, setting);
      column.add(steps ? steps[row]! : Number.NaN, times?.[row] ?? Number.NaN, numbers[row]!);
    }
  }

  /** Text columns: params where they never change. */
  private readTexts(slice: TableSlice, at: number, name: string): void {
    for (const [row, text] of slice.columns[at]!.texts) this.writer.text(this.at.run < 0 ? '' : this.textAt(slice, this.at.run, row), name, text);
  }

  private textAt(slice: TableSlice, at: number, row: number): string {
    const { kinds, numbers, texts } = slice.columns[at]!;
    return kinds[row] === cell.text ? texts.get(row)! : kinds[row] === cell.number ? String(numbers[row]) : '';
  }

  private kindAt(slice: TableSlice, row: number): RowKind | null {
    const value = this.at.split < 0 ? '' : this.textAt(slice, this.at.split, row);
    return value === '' ? this.kind : { key: this.shape.plan.split!, value };
  }

  private stepsOf(slice: TableSlice): Float64Array | null {
    const steps = this.at.step < 0 ? null : slice.columns[this.at.step]!.numbers;
    if (steps?.length !== slice.rows) return null;
    if (this.imprecise === 0) this.imprecise = slice.lines[steps.findIndex((step) => Math.abs(step) > Number.MAX_SAFE_INTEGER)] ?? 0;
    return steps;
  }

  private timesOf(slice: TableSlice): Float64Array | null {
    if (this.at.time < 0) return null;
    const { kinds, numbers, texts } = slice.columns[this.at.time]!;
    const { dateOrder } = this.shape.plan;
    return Float64Array.from(kinds, (_, row) => (kinds[row] === cell.text ? timeMs(texts.get(row)!, dateOrder) : timeMs(numbers[row]!)));
  }

  private tellBad(name: string, text: string, line: number): void {
    const known = this.bad.get(name);
    if (known) known.count++;
    else this.bad.set(name, { count: 1, text, line });
  }

  /** Issues of the whole log. */
  tell(packedCut: boolean): void {
    const { writer, file } = this;
    const tell = (code: Parameters<typeof issue>[0], message: string, line?: number) =>
      writer.issue(issue(code, message, { file: file.path, ...(line === undefined ? {} : { where: `line ${line}` }) }));
    if (this.rows === 0 && writer.names.length === 0) writer.touch('');
    if (this.rows === 0 && !this.cut) tell('empty', `${file.name} has no rows yet.`);
    if (this.shape.dialect.latin) tell('bad-utf8', `${file.name} is not UTF-8; it was read as Windows-1252.`);
    if (this.cut) tell('truncated', `${file.name} ends in the middle of a row; that row was left out.`, this.cut.line);
    if (this.imprecise > 0) tell('precision', `Steps of ${file.name} are larger than 2^53.`, this.imprecise);
    if (packedCut) tell('truncated', `${file.name} is damaged or ends early; it was unpacked as far as it goes.`);
    if (this.short > 0) tell('bad-record', `${count(this.short, 'row has', 'rows have')} fewer cells than ${file.name} has columns.`, this.firstShort);
    if (this.firstHole > 0) tell('bad-record', `${file.name} holds NUL bytes, as a crash leaves them; it was read without.`, this.firstHole);
    for (const [name, { count: cells, text, line }] of this.bad)
      tell('bad-value', `“${name}” holds text in ${count(cells, 'row', 'rows')}, first “${text.slice(0, 40)}”; left out.`, line);
    if (this.restarts.length > 0)
      writer.issue(
        issue('step-restart', `The header of ${file.name} stands again in the middle: the writer was started again.`, {
          file: file.path,
          where: `line ${this.restarts[0]}`,
          tip: 'All rows are kept as they stand.',
        }),
      );
  }
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
