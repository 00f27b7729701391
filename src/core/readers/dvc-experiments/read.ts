// Reads the tables of one folder: a revision that has metrics or params is a run.

import type { Issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { readJsonFile } from '../../formats/json-file';
import { numberOf } from '../../formats/numbers';
import { seedFacts } from '../../formats/seed';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent } from '../../model/events';
import type { Dataset, Fact } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { Claim, Read, ReadContext } from '../../source/reader';
import { pathBelow } from '../../source/source';
import { blocksOf } from '../_downloads/blocks';
import { cellValue, filled } from '../_downloads/cells';
import { endDownloads } from '../_downloads/ending';
import { type Download, downloadsOf, placeOf } from '../_downloads/find';
import { readRows } from '../_downloads/table';
import { HistoryWriter } from '../_history/writer';
import type { ExperimentTable } from './reader';

/** One revision, whichever way it is written. */
interface Experiment {
  /** The commit, or `workspace`. */
  readonly rev: string;
  readonly name: string | null;
  readonly parent: string | null;
  readonly time: string;
  readonly params: Values;
  readonly metrics: Values;
  readonly datasets: readonly Dataset[];
  readonly failed: boolean;
  readonly where: string;
}

export const read: Read = async function* (claim: Claim, context: ReadContext): AsyncGenerator<RunEvent> {
  const path = placeOf(claim);
  const starts = new Map<string, string>();
  const writer = new HistoryWriter(context.limits.seriesPerRun, (rev) =>
    rev === 'workspace'
      ? { identity: { nativeId: null, within: rev, head: new TextEncoder().encode(starts.get(rev) ?? '') }, path }
      : { identity: { nativeId: rev.slice(0, shownDigits) }, path },
  );
  const trouble: Issue[] = [];
  for (const download of downloadsOf<ExperimentTable>(claim)) {
    const evidence = pathBelow(claim.root, download.file);
    for await (const one of experimentsOf(download, trouble, context)) {
      if (Object.keys(one.params).length + Object.keys(one.metrics).length === 0) continue;
      const key = one.rev === 'workspace' ? one.rev : one.rev.slice(0, shownDigits);
      starts.set(
        key,
        JSON.stringify(Object.entries(one.params), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
      take(one, key, evidence, writer);
    }
  }
  yield* endDownloads(claim, writer, trouble, 'The table of DVC');
};

/** The table as CSV has so many digits of a commit: enough to know it in the other one. */
const shownDigits = 7;

function take(one: Experiment, key: string, file: string, writer: HistoryWriter): void {
  const started = parseTimestamp(one.time);
  writer.header(key, {
    name: one.name ?? (key === 'workspace' ? key : null),
    parent: one.parent,
    startedMs: started === null ? null : epochMs(started),
    ...(one.failed ? { status: 'failed' } : {}),
  });
  writer.params(key, one.params);
  writer.summary(key, one.metrics);
  const facts: Fact[] = [...seedFacts(one.params, { file, where: one.where })];
  if (key !== 'workspace') facts.push({ kind: 'git_commit', value: one.rev, evidence: [{ file, where: one.where, value: one.rev }] });
  if (one.datasets.length > 0)
    facts.push({
      kind: 'datasets',
      value: one.datasets,
      evidence: one.datasets.slice(0, 10).map(({ name, digest }) => ({ file, where: name, value: digest ?? '' })),
    });
  for (const fact of facts) writer.fact(key, fact);
}

async function* experimentsOf({ file, kind }: Download<ExperimentTable>, trouble: Issue[], context: ReadContext): AsyncGenerator<Experiment> {
  if (kind.kind === 'csv') {
    yield* rowsOf({ file, kind }, kind.dialect, trouble, context);
    return;
  }
  const { value, issues } = await readJsonFile(file, context);
  yield* revisionsOf(value ?? null, null);
  trouble.push(...issues);
}

/** Revisions, and below each the experiments that began there; of several checkpoints the first is the last. */
function* revisionsOf(value: Value, parent: string | null): Generator<Experiment> {
  for (const one of list(value)) {
    if (!isObject(one)) continue;
    const data = isObject(one.data) ? one.data : {};
    const rev = typeof one.rev === 'string' ? one.rev : '';
    if (rev !== '')
      yield {
        rev,
        name: typeof one.name === 'string' ? one.name : null,
        parent: parent === null || parent === 'workspace' ? null : parent.slice(0, shownDigits),
        time: typeof data.timestamp === 'string' ? data.timestamp : '',
        params: filesOf(data.params),
        metrics: Object.fromEntries(
          Object.entries(filesOf(data.metrics)).map(([name, item]) => [name, typeof item === 'string' ? (numberOf(item) ?? item) : item]),
        ),
        datasets: datasetsOf(data.deps),
        failed: isObject(one.error),
        where: `rev ${rev}`,
      };
    for (const experiment of list(one.experiments)) if (isObject(experiment)) yield* revisionsOf(list(experiment.revs).slice(0, 1), rev || parent);
  }
}

const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** `{file: {data}}` → names as in the files; one that is in two files is told apart by the file, as DVC does. */
function filesOf(value: Value | undefined): Values {
  const all: Record<string, Value> = Object.create(null);
  for (const [file, held] of Object.entries(isObject(value) ? value : {}))
    for (const [name, item] of Object.entries(flatten(isObject(held) ? (held.data ?? null) : null))) all[name in all ? `${file}:${name}` : name] = item;
  return all;
}

const code = /\.(?:py|pyx|ipynb|sh|bash|r|jl|c|cc|cpp|cu|h|rs|go|java|js|ts|ya?ml|toml|cfg|ini|lock)$/i;

const datasetsOf = (value: Value | undefined): Dataset[] =>
  Object.entries(isObject(value) ? value : {}).flatMap(([name, held]) =>
    isObject(held) && typeof held.hash === 'string' && !code.test(name) ? [{ name, digest: held.hash }] : [],
  );

const ownColumns = ['Experiment', 'rev', 'typ', 'Created', 'parent', 'State', 'Executor'];

/** Rows of the CSV: DVC's own columns, metrics, params, then dependencies with their digests. `!` is an error, `-` nothing. */
async function* rowsOf(
  { file }: Download<ExperimentTable>,
  dialect: (ExperimentTable & { kind: 'csv' })['dialect'],
  trouble: Issue[],
  context: ReadContext,
): AsyncGenerator<Experiment> {
  const at = (name: string) => dialect.columns.indexOf(name);
  const isDigest = (column: number) => dialect.sample.some((row) => /^[0-9a-f]{32}(?:\.dir)?$/.test(row[column] ?? ''));
  const free = [...dialect.columns.entries()].filter(([, name]) => !ownColumns.includes(name) && name !== '');
  const values = free.filter(([column]) => !isDigest(column));
  const blocks = blocksOf(
    values.map(([column, name]) => ({ name, cells: dialect.sample.map((row) => given(row[column] ?? '')) })),
    ['results', 'params'],
    false,
  );
  for await (const row of readRows({ file, dialect }, context, trouble)) {
    const part = (block: 'params' | 'results') =>
      values.flatMap(([column, name], i) => (blocks[i] === block ? [[name, given(row.cell(column))] as const] : []));
    const deps = free.filter(([column, name]) => isDigest(column) && !code.test(name));
    const [name, rev] = [row.cell(at('Experiment')), row.cell(at('rev'))];
    // A branch stands in the column of revisions by its name, without a commit: what it holds is not known.
    if (rev !== 'workspace' && !/^[0-9a-f]{7,40}$/.test(rev)) continue;
    yield {
      rev,
      name: name || null,
      parent: null,
      time: row.cell(at('Created')),
      params: filled(part('params'), cellValue),
      metrics: filled(part('results'), cellValue),
      datasets: deps.flatMap(([column, dep]) => (given(row.cell(column)) === '' ? [] : [{ name: dep, digest: row.cell(column) }])),
      failed: /fail/i.test(row.cell(at('State'))),
      where: `line ${row.line}`,
    };
  }
}

const given = (cell: string): string => (cell === '!' || cell === '-' ? '' : cell);
