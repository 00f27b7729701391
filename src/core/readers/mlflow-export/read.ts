// Reads the tables of one folder: points of charts and last values of runs, together by the id of the run.

import { type Issue, issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { parseNumber } from '../../formats/numbers';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent } from '../../model/events';
import type { RunHeader } from '../../model/run';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { type Block, blocksOf } from '../_downloads/blocks';
import { filled } from '../_downloads/cells';
import { endDownloads } from '../_downloads/ending';
import { type Download, downloadsOf, placeOf } from '../_downloads/find';
import { readRows, type TextRow } from '../_downloads/table';
import { HistoryWriter } from '../_history/writer';
import { isSystemMetric, statusOf } from '../_mlflow/meta';
import { factsOfSource, factsOfTags, headerOfTags, seedFact } from '../_mlflow/tags';
import { unguarded } from './columns';
import type { MlflowTable } from './reader';

/** Groups of runs have no id: their name stands for it, told apart from ids by this. */
const groupMark = 'group\0';

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const path = placeOf(claim);
  const writer = new HistoryWriter(context.limits.seriesPerRun, (key) => {
    if (!key.startsWith(groupMark)) return { identity: { nativeId: key }, path };
    const name = key.slice(groupMark.length);
    return { identity: { nativeId: null, within: name, head: new TextEncoder().encode(claim.files[0]!.name) }, path, header: { name } };
  });
  const trouble: Issue[] = [];
  for (const { file, kind: table } of downloadsOf<MlflowTable>(claim)) {
    if (table.kind === 'history') yield* readHistory({ file, kind: table }, { writer, trouble, context });
    else await readRuns({ file, kind: table }, pathBelow(claim.root, file), { writer, trouble, context });
  }
  yield* endDownloads(claim, writer, trouble, 'The MLflow table');
};

interface Reading {
  readonly writer: HistoryWriter;
  /** Of the tables, not of one run. */
  readonly trouble: Issue[];
  readonly context: ReadContext;
}

/** One point a row. Times are milliseconds, or the steps again where the page shows a chart without them. */
async function* readHistory({ file, kind: { dialect } }: Download<MlflowTable>, { writer, trouble, context }: Reading): AsyncGenerator<RunEvent> {
  const at = placesOf(dialect.columns);
  let bad = 0;
  let firstBad = 0;
  for await (const row of readRows({ file, dialect }, context, trouble)) {
    const text = (name: string): string => unguarded(row.cell(at(name)));
    const [step, value, time] = [parseNumber(text('step')), parseNumber(text('value')), parseNumber(text('timestamp'))];
    const key = subjectOf(row);
    if (key === null || step === null || value === null) {
      firstBad ||= row.line;
      bad++;
      continue;
    }
    writer.header(key, { name: unguarded(row.cell(0)) || null });
    const column = writer.column(key, text('metric'));
    column.system = isSystemMetric(column.name);
    column.add(step, time !== null && time > 0 ? time : Number.NaN, value);
    yield* writer.drain();
  }
  const what = bad === 1 ? 'row is' : 'rows are';
  if (bad > 0) trouble.push(issue('bad-value', `${bad} ${what} no point.`, { file: file.path, where: `line ${firstBad}` }));
}

/** One run a row. `path`: how evidence names the file. */
async function readRuns({ file, kind: { kind, dialect } }: Download<MlflowTable>, path: string, { writer, trouble, context }: Reading): Promise<void> {
  let nameless = 0;
  let firstNameless = 0;
  const at = placesOf(dialect.columns);
  const parts = partsOf(kind, dialect.columns, dialect.sample);
  for await (const row of readRows({ file, dialect }, context, trouble)) {
    const text = (name: string): string => unguarded(row.cell(at(name)));
    const key = kind === 'search' ? text('run_id') || null : subjectOf(row, at('Run ID'));
    if (key === null) {
      firstNameless ||= row.line;
      nameless++;
      continue;
    }
    const cells = (block: Block) => parts[block].map(({ name, column }) => [name, unguarded(row.cell(column))] as const);
    const params = filled(cells('params'), (cell) => cell);
    const tags = filled(cells('tags'), (cell) => cell);
    writer.header(key, kind === 'search' ? searchHeader(text, tags) : pageHeader(kind, text));
    writer.params(key, params);
    writer.tags(key, tags);
    writer.summary(
      key,
      filled(cells('results'), (cell) => parseNumber(cell) ?? cell),
    );
    const place = (column: string) => ({ file: path, where: `line ${row.line}, column ${column}` });
    for (const fact of factsOfTags(tags, (tag) => place(`tags.${tag}`))) writer.fact(key, fact);
    const source = { name: kind === 'runs' ? text('Source Name') : '', version: null };
    for (const fact of factsOfSource(source, tags, () => place('Source Name'))) writer.fact(key, fact);
    const seed = seedFact(params, place);
    if (seed) writer.fact(key, seed);
  }
  const what = nameless === 1 ? 'row names' : 'rows name';
  if (nameless > 0) trouble.push(issue('bad-record', `${nameless} ${what} no run.`, { file: file.path, where: `line ${firstNameless}` }));
}

const placesOf = (columns: readonly string[]) => {
  const places = new Map(columns.map((name, at) => [unguarded(name), at]));
  return (name: string): number => places.get(name) ?? -1;
};

/** The run of a row of the page's tables, or the group of runs that it stands for. */
function subjectOf(row: TextRow, id = 1): string | null {
  const [name, runId] = [unguarded(row.cell(0)), row.cell(id)];
  return runId !== '' ? runId : id === 1 && name !== '' ? groupMark + name : null;
}

interface Part {
  readonly name: string;
  readonly column: number;
}

/** The page's own columns; what follows is the user's. */
const pageColumns = ['Start Time', 'Duration', 'Run ID', 'Name', 'Source Type', 'Source Name', 'User', 'Status'];

/** Which columns are params, metrics and tags: named so by the client, in blocks on the page. */
function partsOf(kind: MlflowTable['kind'], columns: readonly string[], sample: readonly (readonly string[])[]): Readonly<Record<Block, readonly Part[]>> {
  const parts: Record<Block, Part[]> = { params: [], results: [], tags: [] };
  if (kind === 'search') {
    const blocks = { params: 'params', metrics: 'results', tags: 'tags' } as const;
    for (const [column, name] of columns.entries()) {
      const [, block, key] = /^(params|metrics|tags)\.(.+)$/s.exec(name) ?? [];
      if (block !== undefined && key !== undefined) parts[blocks[block as keyof typeof blocks]].push({ name: key, column });
    }
    return parts;
  }
  const free = [...columns.entries()]
    .map(([column, name]) => ({ name: unguarded(name), column }))
    .filter(({ name, column }) => (kind === 'chart' ? column > 1 : !pageColumns.includes(name)));
  const sampled = free.map(({ name, column }) => ({ name, cells: sample.map((row) => unguarded(row[column] ?? '')) }));
  const blocks = blocksOf(sampled, kind === 'chart' ? ['results', 'params'] : ['params', 'results', 'tags'], false);
  for (const [at, part] of free.entries()) parts[blocks[at]!].push(part);
  return parts;
}

type Text = (column: string) => string;

function pageHeader(kind: MlflowTable['kind'], text: Text): Partial<RunHeader> {
  if (kind === 'chart') return { name: text('Run') || text('Group') || null };
  const started = parseTimestamp(text('Start Time'));
  return {
    name: text('Name') || null,
    ...statusOf(text('Status') || null),
    startedMs: started === null ? null : epochMs(started),
    user: text('User') || null,
  };
}

function searchHeader(text: Text, tags: Readonly<Record<string, string>>): Partial<RunHeader> {
  const [started, ended] = [parseTimestamp(text('start_time')), parseTimestamp(text('end_time'))];
  return {
    name: tags['mlflow.runName'] ?? null,
    experiment: text('experiment_id') || null,
    ...statusOf(text('status') || null),
    startedMs: started === null ? null : epochMs(started),
    endedMs: ended === null ? null : epochMs(ended),
    user: tags['mlflow.user'] ?? null,
    ...headerOfTags(tags),
  };
}
