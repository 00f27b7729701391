// What a mapping would make of a folder: runs with their first points, columns with their parts, lines that fit no rule. Bounded.

import type { Issue } from '../../base/issues';
import type { MappingDocument } from '../../mapping/mapping';
import type { Role } from '../../mapping/roles';
import type { RunEvent } from '../../model/events';
import { contextText } from '../../model/run';
import type { Value, Values } from '../../model/values';
import type { Claim, ReadContext } from '../../source/reader';
import type { SourceFile, SourceTree } from '../../source/source';
import { type MappedFiles, type Unit, unitsOf } from './find';
import type { LogTally } from './logs';
import { readMapped } from './read';

/** Plain data, small, every value a text: it goes over the wire. */
export interface MappingPreview {
  readonly runs: readonly PreviewRun[];
  readonly runCount: number;
  readonly pointCount: number;
  /** First points of the first run that has any: the step and some series. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly columns: readonly PreviewColumn[];
  readonly files: readonly PreviewFile[];
  readonly issues: readonly Issue[];
  /** More is there than was looked at. */
  readonly partial: boolean;
}

export interface PreviewRun {
  readonly name: string;
  readonly path: string;
  readonly points: number;
  readonly series: readonly { readonly name: string; readonly count: number }[];
  readonly seriesCount: number;
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

export interface PreviewColumn {
  readonly name: string;
  readonly role: Role;
  readonly numbers: number;
  readonly texts: number;
  readonly example: string;
}

export interface PreviewFile {
  readonly path: string;
  readonly lines: number;
  readonly matched: number;
  readonly unmatched: number;
  readonly samples: readonly { readonly line: number; readonly text: string }[];
}

export interface PreviewLimits {
  readonly files: number;
  /** Of each file. */
  readonly bytes: number;
}

export const previewLimits: PreviewLimits = { files: 100, bytes: 1024 * 1024 };

const shown = { runs: 100, series: 40, params: 40, columns: 300, issues: 100, rows: 8, tableSeries: 6 };

/** @param trees the source, then the archives in it: the mapping counts in the root of each */
export async function previewMapping(
  trees: readonly SourceTree[],
  document: MappingDocument,
  context: Omit<ReadContext, 'tree'>,
  limits: PreviewLimits,
): Promise<MappingPreview> {
  const cut = new Set<string>();
  const seen = new Seen(cut);
  let left = limits.files;
  let partial = false;
  let idle = document.mappings.map((_, at) => at);
  for (const tree of trees) {
    const found = unitsOf(tree, tree.root, document);
    idle = idle.filter((at) => found.idle.includes(at));
    const units = found.units.slice(0, left).map((unit) => shortened(unit, limits, cut));
    partial ||= units.length < found.units.length;
    left -= units.length;
    const note: MappedFiles = { units, issues: [] };
    const claim: Claim = {
      root: tree.root,
      confidence: 1,
      key: [],
      files: units.flatMap(({ logs, sidecars, settings }) => [...logs, ...sidecars, ...settings]),
      note,
    };
    const onlooker = { tally: (tally: LogTally) => seen.tally(tally), watch: (name: string, role: Role, value: Value) => seen.cell(name, role, value) };
    for await (const event of readMapped(claim, { ...context, tree }, onlooker)) seen.take(event);
  }
  return seen.result(
    partial || cut.size > 0,
    idle.map((at) => document.mappings[at]!.files.join(', ')),
  );
}

/** The unit with at most so many bytes of each log. */
function shortened(unit: Unit, { bytes, files }: PreviewLimits, cut: Set<string>): Unit {
  const logs = unit.logs.slice(0, files).map((file): SourceFile => {
    if (file.size <= bytes || unit.mapping.format === 'json') return file;
    cut.add(file.path);
    return { ...file, size: bytes, read: (offset, length) => file.read(offset, Math.max(0, Math.min(length, bytes - offset))) };
  });
  return { ...unit, logs };
}

interface OpenRun {
  name: string;
  readonly path: string;
  points: number;
  readonly series: Map<number, { readonly name: string; count: number; readonly steps: string[]; readonly values: string[] }>;
  params: Values;
}

/** Folds events into what is shown. */
class Seen {
  private readonly open = new Map<number, OpenRun>();
  private readonly runs: OpenRun[] = [];
  private readonly columns = new Map<string, { role: Role; numbers: number; texts: number; example: string }>();
  private readonly files: PreviewFile[] = [];
  private readonly issues: Issue[] = [];
  constructor(private readonly cut: ReadonlySet<string>) {}

  tally({ file, lines, matched, unmatched, samples }: LogTally): void {
    this.files.push({ path: file, lines, matched, unmatched, samples });
  }

  cell(name: string, role: Role, value: Value): void {
    let column = this.columns.get(name);
    if (!column) {
      if (this.columns.size >= shown.columns) return;
      column = { role, numbers: 0, texts: 0, example: textOf(value) };
      this.columns.set(name, column);
    }
    if (typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))))
      column.numbers++;
    else column.texts++;
  }

  take(event: RunEvent): void {
    if (event.kind === 'issue') {
      if (!(event.issue.code === 'truncated' && this.cut.has(event.issue.file ?? ''))) this.issues.push(event.issue);
      return;
    }
    if (event.kind === 'begin') {
      const run: OpenRun = { name: '', path: event.path, points: 0, series: new Map(), params: {} };
      this.open.set(event.run, run);
      this.runs.push(run);
      return;
    }
    const run = this.open.get(event.run);
    if (!run) return;
    if (event.kind === 'header') run.name = event.set.name ?? run.name;
    else if (event.kind === 'params') run.params = { ...run.params, ...event.values };
    else if (event.kind === 'series') {
      const context = contextText(event.key.context);
      run.series.set(event.series, { name: context === '' ? event.key.name : `${event.key.name} (${context})`, count: 0, steps: [], values: [] });
    } else if (event.kind === 'points') {
      run.points += event.values.length;
      const series = run.series.get(event.series);
      if (!series) return;
      series.count += event.values.length;
      for (let at = 0; at < event.values.length && series.values.length < shown.rows; at++) {
        series.steps.push(event.steps === null || Number.isNaN(event.steps[at]) ? '' : (event.exactSteps?.[at] ?? String(event.steps[at])));
        series.values.push(Object.is(event.values[at], -0) ? '-0' : String(event.values[at]));
      }
    }
  }

  result(partial: boolean, idle: readonly string[]): MappingPreview {
    return {
      runs: this.runs.slice(0, shown.runs).map(runOf),
      runCount: this.runs.length,
      pointCount: this.runs.reduce((sum, { points }) => sum + points, 0),
      table: tableOf(this.runs.find(({ points }) => points > 0)),
      columns: [...this.columns].map(([name, column]) => ({ name, ...column })),
      files: [...this.files, ...idle.map((path): PreviewFile => ({ path, lines: 0, matched: 0, unmatched: 0, samples: [] }))],
      issues: this.issues.slice(0, shown.issues),
      partial: partial || this.runs.length > shown.runs,
    };
  }
}

function runOf({ name, path, points, series, params }: OpenRun): PreviewRun {
  const listed = [...series.values()].slice(0, shown.series).map((one) => ({ name: one.name, count: one.count }));
  const set = Object.entries(params).slice(0, shown.params);
  return { name, path, points, series: listed, seriesCount: series.size, params: set.map(([key, value]) => ({ name: key, value: textOf(value) })) };
}

/** Steps down, series across: the first rows as a person would check them against the log. */
function tableOf(run: OpenRun | undefined): MappingPreview['table'] {
  const series = run ? [...run.series.values()].slice(0, shown.tableSeries) : [];
  const steps = [...new Set(series.flatMap(({ steps: own }) => own))].sort((a, b) => Number(a) - Number(b)).slice(0, shown.rows);
  const stepped = steps.some((step) => step !== '');
  const rows = stepped
    ? steps.map((step) => [step, ...series.map(({ steps: own, values }) => values[own.indexOf(step)] ?? '')])
    : Array.from({ length: Math.max(0, ...series.map(({ values }) => values.length)) }, (_, at) => ['', ...series.map(({ values }) => values[at] ?? '')]);
  return { columns: ['step', ...series.map(({ name }) => name)], rows };
}

const textOf = (value: Value): string =>
  (typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))
      : String(value)
  ).slice(0, 200);
