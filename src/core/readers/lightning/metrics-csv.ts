// metrics.csv of Lightning's and Fabric's CSVLogger: sparse rows, one per call of log_metrics.

import { PointColumns } from '../../base/growable';
import { type Issue, issue } from '../../base/issues';
import { readExactly, readSlices } from '../../formats/bytes';
import { cell, type Dialect, readTable, type TableSlice } from '../../formats/csv';
import { splitRecords } from '../../formats/csv-dialect';
import { decodeUtf8 } from '../../formats/text';
import type { ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

const stepColumn = 'step';
/** A header may be long: one name per metric. */
const headBytes = 1024 * 1024;
/** Rows that tell runs apart: as many are written at once by default settings many times over. */
const knownRows = 16;

/** The points of all columns but `step`, and what was wrong. */
export interface Metrics {
  readonly columns: ReadonlyMap<string, PointColumns>;
  readonly issues: readonly Issue[];
}

/** A header that ends with its line, or was cut. */
const isCutHeader = (head: Uint8Array): boolean => head.length > 0 && splitRecords(decodeUtf8(head).text, ',', 1)[0]?.closed === false;

/** True where the first line is a header of the logger: names with `step` among them. */
export function isMetricsHead(head: Uint8Array): boolean {
  return dialectOf(head).columns.includes(stepColumn);
}

/** The logger always writes commas and points, so nothing is sniffed: names may hold any other delimiter. */
function dialectOf(head: Uint8Array): Dialect {
  const [header, ...rows] = splitRecords(decodeUtf8(head).text, ',', knownRows + 1);
  return {
    delimiter: ',',
    decimal: '.',
    thousands: '',
    columns: header?.cells ?? [],
    named: true,
    header: header?.text ?? '',
    dataLine: header ? header.line + header.lines : 1,
    sample: rows.filter((row) => row.closed).map((row) => row.cells),
    latin: false,
  };
}

/**
 * What a run is known by: the values of its first rows by name. A new metric rewrites the file with a wider header, so the
 * order and number of columns do not count.
 */
export async function metricsFingerprint(file: SourceFile, signal: AbortSignal): Promise<Uint8Array> {
  const { columns, sample } = dialectOf(await readExactly(file, 0, headBytes, signal));
  const rows = sample.map((row) => row.map((text, at) => (text === '' ? '' : `${columns[at]}=${text}`)).filter((text) => text !== ''));
  return new TextEncoder().encode(rows.map((row) => row.sort().join('\n')).join('\n\n'));
}

/** Reads the whole file; it is small: a row per logging step. */
export async function readMetrics(file: SourceFile, context: ReadContext): Promise<Metrics> {
  const head = await readExactly(file, 0, headBytes, context.signal);
  const dialect = dialectOf(head);
  const stepAt = dialect.columns.indexOf(stepColumn);
  const columns = new Map(dialect.columns.filter((_, at) => at !== stepAt).map((name) => [name, new PointColumns()]));
  const trouble = new Trouble(file.path);
  if (isCutHeader(head)) trouble.cutAt(1);
  else if (head.length > 0 && stepAt < 0) trouble.noSteps = true;
  for await (const slice of readTable(readSlices(file, context), dialect, new Set())) {
    trouble.look(slice);
    const steps = slice.columns[stepAt];
    for (const [at, name] of dialect.columns.entries()) {
      const column = slice.columns[at];
      if (at === stepAt || !column) continue;
      const rows: number[] = [];
      for (let row = 0; row < slice.rows; row++) {
        if (column.kinds[row] === cell.number) rows.push(row);
        else if (column.kinds[row] === cell.text) trouble.badCell(slice.lines[row] ?? 0);
      }
      if (rows.length === 0) continue;
      const values = Float64Array.from(rows, (row) => column.numbers[row] ?? Number.NaN);
      columns.get(name)?.append(steps ? Float64Array.from(rows, (row) => steps.numbers[row] ?? Number.NaN) : null, values, null);
    }
  }
  for (const [name, points] of columns) if (points.count === 0) columns.delete(name);
  return { columns, issues: trouble.issues() };
}

/** Counts what was wrong with the rows. */
class Trouble {
  private cut = 0;
  private cells = { count: 0, line: 0 };
  private short = { count: 0, line: 0 };
  private restarts = 0;
  noSteps = false;

  constructor(private readonly file: string) {}

  cutAt(line: number): void {
    this.cut = line;
  }

  look(slice: TableSlice): void {
    if (slice.cut) this.cutAt(slice.cut.line);
    if (slice.short.length > 0 && this.short.count === 0) this.short.line = slice.short[0] ?? 0;
    this.short.count += slice.short.length;
    this.restarts += slice.restarts.length;
  }

  badCell(line: number): void {
    if (this.cells.count++ === 0) this.cells.line = line;
  }

  issues(): Issue[] {
    const { file, cut, cells, short, restarts } = this;
    const found: Issue[] = [];
    if (this.noSteps) found.push(issue('bad-record', 'The header names no column “step”: points have no step.', { file, where: 'line 1' }));
    if (cut > 0) found.push(issue('truncated', 'The last line has no line end: it may have been cut and was left out.', { file, where: `line ${cut}` }));
    if (cells.count > 0) found.push(issue('bad-value', `Cells that are no numbers were left out: ${cells.count}.`, { file, where: `line ${cells.line}` }));
    if (short.count > 0) found.push(issue('bad-record', `Rows with fewer cells than the header has: ${short.count}.`, { file, where: `line ${short.line}` }));
    if (restarts > 0) found.push(issue('step-restart', 'The header stands again in the middle: another training was appended.', { file }));
    return found;
  }
}
