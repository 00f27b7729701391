// Reads rows of JSON into runs.

import { issue } from '../../base/issues';
import { readExactly, readSlices } from '../../formats/bytes';
import { flatten } from '../../formats/flatten';
import { gunzip, isGzip } from '../../formats/gzip';
import { readJsonPieces } from '../../formats/json-file';
import { GrowingLines, type LineSlice, linesOf } from '../../formats/lines';
import type { RunEvent } from '../../model/events';
import type { Values } from '../../model/values';
import type { Claim, Read, ReadContext, ReadMemory } from '../../source/reader';
import type { SourceFile } from '../../source/source';
import { type Found, stemOf } from '../_history/find';
import { finishRuns, startOf } from '../_history/runs';
import { seedFacts } from '../_history/sidecars';
import { isGrowing } from '../_history/table-rows';
import { HistoryWriter, type RowKind } from '../_history/writer';
import { documentOf } from './document';
import { PointRows } from './point-rows';
import { meaningOf, type Row } from './rows';
import { type JsonShape, rowsOfLine, shapeOf } from './shape';

const headBytes = 64 * 1024;
/** A longer line is no row of a log. */
const lineLength = 16 * 1024 * 1024;

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const found = claim.note as Found;
  const logs: { readonly file: SourceFile; readonly shape: JsonShape | null }[] = [];
  for (const file of found.logs) {
    const head = await readExactly(file, 0, headBytes, context.signal);
    logs.push({ file, shape: shapeOf(head, head.length >= file.size, stemOf(file.name), true) });
  }
  const manyRuns = logs.some(({ shape }) => shape?.plan.run != null);
  const heads = logs.flatMap(({ shape }) => (shape ? [shape.head] : []));
  const begin = (): HistoryWriter => {
    const made = new HistoryWriter(context.limits.seriesPerRun, startOf(found, heads, manyRuns));
    if (!manyRuns) made.touch('');
    return made;
  };
  const [only] = logs;
  if (context.memory && only?.shape?.layout === 'lines' && (await isGrowing(found, context))) {
    yield* finishRuns(found, claim, await readGrowing(only.file, only.shape, begin, context, context.memory), context);
    return;
  }
  const writer = begin();
  for (const { file, shape } of logs) {
    if (shape) yield* new LogReader(file, shape, writer, context, logs.length > 1 ? { key: 'file', value: file.name } : null).read();
    else writer.issue(issue('bad-record', `${file.name} is no JSON any more.`, { file: file.path }));
  }
  yield* finishRuns(found, claim, writer, context);
};

/** Reads on a file of lines; what it holds in all is in the writer that comes back. */
async function readGrowing(file: SourceFile, shape: JsonShape, begin: () => HistoryWriter, context: ReadContext, memory: ReadMemory): Promise<HistoryWriter> {
  const log = memory.lasting(file);
  const kept = await memory.keep(`lines ${log.path}`, [log], () => {
    const writer = begin();
    return { writer, reader: new LogReader(log, shape, writer, context, null), lines: new GrowingLines(log, Math.min(lineLength, context.limits.recordBytes)) };
  });
  for await (const slice of kept.lines.read(context)) kept.reader.readLines(slice);
  // What holds only if the file ends here is said by copies.
  const writer = kept.writer.fork();
  const reader = kept.reader.fork(writer);
  const last = kept.lines.last();
  if (last) reader.readLines(last);
  reader.tell(false);
  return writer;
}

/** One file of rows. */
class LogReader {
  private readonly points: PointRows;
  private rows = 0;
  private badLines = 0;
  private firstBad = 0;
  private cutLine: number | null = null;
  private badText = false;
  private readonly tooLong: number[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly shape: JsonShape,
    private readonly writer: HistoryWriter,
    private readonly context: ReadContext,
    kind: RowKind | null,
  ) {
    this.points = new PointRows(shape.plan, writer, kind);
  }

  async *read(): AsyncGenerator<RunEvent> {
    const { file, context, writer } = this;
    const unpacking = { whole: true };
    const packed = isGzip(await readExactly(file, 0, 3, context.signal));
    unpacking.whole = !packed;
    const raw = readSlices(file, context);
    const pieces = packed ? gunzip(raw, file.path, context.limits.archiveRatio, unpacking) : raw;
    if (this.shape.layout === 'document') await this.readDocument(pieces);
    else {
      for await (const slice of linesOf(pieces, Math.min(lineLength, context.limits.recordBytes))) {
        this.readLines(slice);
        yield* writer.drain();
      }
    }
    this.tell(!unpacking.whole);
  }

  /** The same rows, to be gone on with in another writer that has gathered the same. */
  fork(writer: HistoryWriter): LogReader {
    const fork: LogReader = Object.create(LogReader.prototype);
    return Object.assign(fork, this, { writer, points: this.points.fork(writer), tooLong: [...this.tooLong] });
  }

  readLines({ lines, firstLine, complete, bad, tooLong }: LineSlice): void {
    this.badText ||= bad;
    this.tooLong.push(...tooLong);
    lines.forEach((line, at) => {
      if (line.trim() === '') return;
      const rows = rowsOfLine(line);
      if (rows) for (const row of rows) this.row(row, firstLine + at);
      else if (!complete && at === lines.length - 1) this.cutLine = firstLine + at;
      else if (this.badLines++ === 0) this.firstBad = firstLine + at;
    });
  }

  private row(row: Row, line: number): void {
    const first = this.rows++ === 0;
    const meaning = first && this.shape.settingsFirst ? ({ kind: 'params', values: row } as const) : meaningOf(row);
    if (meaning.kind === 'points') this.points.add(meaning.row, line);
    else if (meaning.kind === 'summary') this.writer.summary(this.points.runOf(row), flatten(meaning.values, '/'));
    else this.params(this.points.runOf(row), flatten(meaning.values), `line ${line}`);
  }

  private params(run: string, values: Values, where: string): void {
    this.writer.params(run, values);
    for (const fact of seedFacts(values, this.file.name))
      this.writer.fact(run, { ...fact, evidence: fact.evidence.map((one) => ({ ...one, where: `${where}, ${one.where}` })) });
  }

  private async readDocument(pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const { file, writer } = this;
    const { value, issues } = await readJsonPieces(pieces, file, this.context.limits);
    for (const one of issues) writer.issue(one);
    const document = value === undefined ? null : documentOf(value, false);
    if (!document) return;
    this.params('', document.params, 'document');
    if (Object.keys(document.summary).length > 0) writer.summary('', document.summary);
    for (const row of document.rows) this.row(row, this.rows + 1);
    for (const { name, steps, values } of document.curves) {
      this.rows += values.length;
      const column = writer.column('', name);
      values.forEach((one, at) => {
        column.add(steps[at]!, Number.NaN, one);
      });
    }
  }

  tell(packedCut: boolean): void {
    const { writer, file } = this;
    const tell = (code: Parameters<typeof issue>[0], message: string, line?: number) =>
      writer.issue(issue(code, message, { file: file.path, ...(line === undefined ? {} : { where: `line ${line}` }) }));
    if (writer.names.length === 0) writer.touch('');
    if (this.cutLine !== null) tell('truncated', `${file.name} ends in the middle of a row; that row was left out.`, this.cutLine);
    if (packedCut) tell('truncated', `${file.name} is damaged or ends early; it was unpacked as far as it goes.`);
    const bad = this.badLines;
    if (bad > 0) tell('bad-record', `${bad} ${bad === 1 ? 'line is' : 'lines are'} no JSON object; left out.`, this.firstBad);
    if (this.tooLong.length > 0) tell('too-large', `A line is longer than ${lineLength} characters; left out.`, this.tooLong[0]);
    if (this.badText) tell('bad-utf8', `${file.name} is not valid UTF-8.`);
    if (this.points.imprecise !== null) tell('precision', `An integer of “${this.points.imprecise.name}” is larger than 2^53.`, this.points.imprecise.line);
    if (this.rows === 0 && this.cutLine === null && bad === 0 && this.shape.layout === 'lines') tell('empty', `${file.name} has no rows yet.`);
  }
}
