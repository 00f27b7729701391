// Tables with one run a row: that of W&B's page, and the guide's script of summary, config and name.

import { issue } from '../../base/issues';
import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { parseJson } from '../../formats/json';
import { parsePythonLiteral } from '../../formats/python-literal';
import { seedFacts } from '../../formats/seed';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunHeader, RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';
import type { ReadContext } from '../../source/reader';
import { blocksOf } from '../_downloads/blocks';
import { cellValue, filled } from '../_downloads/cells';
import { type GivenTable, readRows } from '../_downloads/table';
import { isPageColumn } from './columns';
import type { WandbRuns } from './read';

export interface WandbFile extends GivenTable {
  /** How evidence names the file. */
  readonly path: string;
}

const statuses: Readonly<Record<string, RunStatus>> = { finished: 'finished', failed: 'failed', crashed: 'failed', killed: 'killed', running: 'running' };

/** The page's table: its own columns by their titles, then config, then summary. */
export async function readRuns({ file, dialect, path }: WandbFile, runs: WandbRuns, context: ReadContext): Promise<void> {
  const places = new Map(dialect.columns.map((name, at) => [name, at]));
  const free = [...dialect.columns.entries()].filter(([, name]) => !isPageColumn(name) && name !== '');
  const sampled = free.map(([column, name]) => ({ name, cells: dialect.sample.map((row) => row[column] ?? '') }));
  const blocks = blocksOf(sampled, ['params', 'results'], true);
  for await (const row of readRows({ file, dialect }, context, runs.trouble, true)) {
    const text = (name: string): string => row.cell(places.get(name) ?? -1);
    const cells = (block: 'params' | 'results') => free.flatMap(([column, name], at) => (blocks[at] === block ? [[name, row.cell(column)] as const] : []));
    const [id, name] = [text('ID') || null, text('Name')];
    const key = runs.begin(id ?? `${name}\0${text('Created')}`, name, id, text('Created'));
    const { writer } = runs;
    const params = filled(cells('params'), cellValue);
    writer.header(key, headerOf(text));
    writer.params(key, params);
    writer.tags(key, tagsOf(text('Tags'), text('Sweep')));
    writer.summary(key, filled([...cells('results'), ['_runtime', text('Runtime')]], cellValue));
    for (const fact of seedFacts(params, { file: path })) writer.fact(key, fact);
    const host = text('Hostname') || text('Host');
    if (host) writer.fact(key, { kind: 'host', value: host, evidence: [{ file: path, where: `line ${row.line}, column Hostname`, value: host }] });
    const gpu = text('GPU Type');
    if (gpu) writer.fact(key, { kind: 'gpu', value: gpu, evidence: [{ file: path, where: `line ${row.line}, column GPU Type`, value: gpu }] });
  }
}

function headerOf(text: (column: string) => string): Partial<RunHeader> {
  const state = text('State');
  const started = parseTimestamp(text('Created'));
  const given = (column: string): string | null => (text(column) === '' || text(column) === '-' ? null : text(column));
  return {
    status: statuses[state.toLowerCase()] ?? 'unknown',
    nativeStatus: state || null,
    startedMs: started === null ? null : epochMs(started),
    user: given('User'),
    notes: given('Notes'),
    group: given('Group') ?? given('Sweep'),
    jobType: given('Job Type'),
    experiment: given('Project'),
  };
}

/** As the reader of run folders has them: a tag is true, the sweep its id. */
const tagsOf = (tags: string, sweep: string): Values =>
  Object.fromEntries([
    ...tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && tag !== '-')
      .map((tag): [string, Value] => [tag, true]),
    ...(sweep === '' || sweep === '-' ? [] : [['sweep_id', sweep] as [string, Value]]),
  ]);

/** Cells that hold a dict as Python prints it. */
export async function readObjects({ file, dialect, path }: WandbFile, runs: WandbRuns, context: ReadContext): Promise<void> {
  const place = (name: string) => dialect.columns.indexOf(name);
  const { writer } = runs;
  for await (const row of readRows({ file, dialect }, context, runs.trouble)) {
    const [name, config] = [row.cell(place('name')), row.cell(place('config'))];
    const key = runs.begin(`${name}\0${config}`, name, null, config);
    const object = (column: string): Values => {
      const value = dictOf(row.cell(place(column)));
      if (value) return value;
      writer.issue(issue('bad-value', `The ${column} of a run cannot be understood.`, { file: file.path, where: `line ${row.line}` }), key);
      return {};
    };
    const params = flatten(withoutOwn(object('config')));
    writer.params(key, params);
    writer.summary(key, flatten(withoutOwn(object('summary'))));
    for (const fact of seedFacts(params, { file: path })) writer.fact(key, fact);
  }
}

function dictOf(cell: string): { readonly [key: string]: Value } | null {
  for (const parse of [parsePythonLiteral, parseJson])
    try {
      const value = parse(cell);
      if (isObject(value)) return value;
    } catch {}
  return null;
}

/** W&B keeps what it needs for itself under `_wandb`. */
const withoutOwn = (values: { readonly [key: string]: Value }): Value => Object.fromEntries(Object.entries(values).filter(([name]) => name !== '_wandb'));
