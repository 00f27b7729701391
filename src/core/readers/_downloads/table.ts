// Tables of downloads: the header by its names, the rows as the text that stands there.

import { type Issue, issue } from '../../base/issues';
import { readSlices } from '../../formats/bytes';
import { type Dialect, readTable, sniffDialect } from '../../formats/csv';
import { decodeUtf8 } from '../../formats/text';
import type { ProbeContext, ReadContext } from '../../source/reader';
import type { SourceFile } from '../../source/source';

const headBytes = 64 * 1024;
const ending = /\.(?:csv|tsv|txt)$/i;

/**
 * How a table is written, where its first line has a word of the tracker's: cheap for every other file.
 * @param named the user named this very file: its ending says nothing then
 */
export async function tableHead(file: SourceFile, context: ProbeContext, word: RegExp, named: boolean): Promise<Dialect | null> {
  if (!named && !ending.test(file.name)) return null;
  const head = await context.head(file, headBytes);
  const { text } = decodeUtf8(head);
  const feed = text.search(/[\r\n]/);
  if (!word.test(feed < 0 ? text : text.slice(0, feed))) return null;
  const dialect = sniffDialect(head, head.length >= file.size);
  return dialect?.named ? dialect : null;
}

export interface GivenTable {
  readonly file: SourceFile;
  readonly dialect: Dialect;
}

/** A row by the places of its columns; an empty cell is ''. */
export interface TextRow {
  readonly line: number;
  cell(column: number): string;
}

/**
 * All rows of a table. What is wrong with it is added to `trouble` at their end.
 * @param quoted every cell stands in quotes: a last row without a line feed is whole if its cells are; otherwise it was cut
 */
export async function* readRows({ file, dialect }: GivenTable, context: ReadContext, trouble: Issue[], quoted = false): AsyncGenerator<TextRow> {
  const { columns } = dialect;
  const isWhole = (cells: readonly string[]): boolean => quoted && cells.length >= columns.length;
  let short = 0;
  let firstShort = 0;
  let cut = 0;
  for await (const slice of readTable(readSlices(file, context), dialect, new Set(columns.keys()), isWhole)) {
    if (short === 0) firstShort = slice.short[0] ?? 0;
    short += slice.short.length;
    cut = slice.cut?.line ?? cut;
    for (let row = 0; row < slice.rows; row++) yield { line: slice.lines[row]!, cell: (column) => slice.columns[column]?.texts.get(row) ?? '' };
  }
  const place = (line: number) => ({ file: file.path, where: `line ${line}` });
  const rows = short === 1 ? 'row has' : 'rows have';
  if (short > 0) trouble.push(issue('bad-record', `${short} ${rows} fewer cells than ${file.name} has columns.`, place(firstShort)));
  if (cut > 0) trouble.push(issue('truncated', `${file.name} ends in the middle of a row; that row was left out.`, place(cut)));
}
