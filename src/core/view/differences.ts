// What differs between runs as rows of one long table: sections, folders of params, and a cell per run.

import type { RunId } from '../base/units';
import type { Comparison } from '../compare/comparison';
import type { MetricRow, Reduction } from '../compare/metrics';
import type { Row } from '../compare/rows';
import { contextText, type Run } from '../model/run';
import type { Value } from '../model/values';
import { deltaText, exactNumber, isNotable, missingText, shortNumber, typeText, valueText } from './format';
import { keyTree, type TreeNode } from './key-tree';
import { previewKind } from './preview';

export type DiffSection = 'metrics' | 'params' | 'code' | 'data' | 'command' | 'environment' | 'packages' | 'files' | 'tags';

export interface DiffCell {
  readonly text: string;
  /** What Copy takes and the hint shows: full precision and type. */
  readonly exact: string;
  readonly tone: 'plain' | 'missing' | 'good' | 'bad';
  /** A file of the run that can be opened. */
  readonly file?: string;
}

export type DiffItem =
  | { readonly kind: 'section'; readonly id: DiffSection; readonly title: string; readonly rows: number; readonly differing: number; readonly open: boolean }
  | { readonly kind: 'folder'; readonly id: string; readonly label: string; readonly depth: number; readonly rows: number; readonly open: boolean }
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly label: string;
      readonly key: string;
      readonly depth: number;
      readonly differs: boolean;
      readonly cells: ReadonlyMap<RunId, DiffCell>;
    };

export interface DiffOptions {
  readonly differencesOnly: boolean;
  /** Words that a key must hold, without regard to case. */
  readonly search: string;
  readonly reduction: Reduction;
  /** Sections and folders that are folded. */
  readonly folded: ReadonlySet<string>;
}

const titles: Readonly<Record<DiffSection, string>> = {
  metrics: 'Metrics',
  params: 'Params',
  code: 'Code',
  data: 'Data',
  command: 'Command',
  environment: 'Environment',
  packages: 'Packages',
  files: 'Files in more than one run',
  tags: 'Tags',
};

/** Rows in the order they are shown. */
export function differenceItems(comparison: Comparison, runs: readonly Run[], options: DiffOptions): readonly DiffItem[] {
  const values: Readonly<Partial<Record<DiffSection, readonly Row[]>>> = {
    params: comparison.params,
    code: comparison.code,
    data: comparison.data,
    command: comparison.command,
    environment: comparison.environment,
    packages: comparison.packages,
    tags: comparison.tags,
  };
  const items: DiffItem[] = [];
  for (const id of Object.keys(titles) as DiffSection[]) {
    const rows = id === 'metrics' ? metricItems(comparison, options) : id === 'files' ? fileItems(runs) : valueItems(id, values[id] ?? [], runs);
    const shown = rows.filter((row) => (row.differs || !options.differencesOnly) && matches(row.key, options.search));
    if (rows.length === 0 || (shown.length === 0 && options.search !== '')) continue;
    const open = !options.folded.has(id);
    items.push({ kind: 'section', id, title: titles[id], rows: rows.length, differing: rows.filter(({ differs }) => differs).length, open });
    if (open) items.push(...(id === 'params' ? asTree(shown, options.folded) : shown));
  }
  return items;
}

type RowItem = Extract<DiffItem, { kind: 'row' }>;

const matches = (key: string, search: string): boolean =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => key.toLowerCase().includes(word));

function asTree(rows: readonly RowItem[], folded: ReadonlySet<string>): readonly DiffItem[] {
  const items: DiffItem[] = [];
  const visit = (nodes: readonly TreeNode<RowItem>[], depth: number): void => {
    for (const node of nodes) {
      if (node.kind === 'leaf') items.push({ ...node.value, label: node.label, depth });
      else {
        const id = `params:${node.path}`;
        const open = !folded.has(id);
        items.push({ kind: 'folder', id, label: node.label, depth, rows: node.leaves.length, open });
        if (open) visit(node.children, depth + 1);
      }
    }
  };
  visit(
    keyTree(rows, (row) => row.key),
    0,
  );
  return items;
}

const missing: DiffCell = { text: missingText, exact: '', tone: 'missing' };

function valueItems(section: DiffSection, rows: readonly Row[], runs: readonly Run[]): readonly RowItem[] {
  return rows.map((row) => {
    const typesDiffer = new Set([...row.values.values()].map(typeText)).size > 1;
    const cells = new Map(
      runs.map((run) => [run.id, row.values.has(run.id) ? valueCell(row.values.get(run.id) as Value, typesDiffer, row.key, run) : missing] as const),
    );
    return { kind: 'row', id: `${section}:${row.key}`, key: row.key, label: row.key, depth: 0, differs: row.differs && runs.length > 1, cells };
  });
}

/** Where trackers keep different types of an equal value, both types are shown. */
function valueCell(value: Value, withType: boolean, key: string, run: Run): DiffCell {
  const exact = valueText(value);
  const patch = key === 'git_patch' && run.artifacts.find(({ path }) => path === exact || path.endsWith(`/${exact}`));
  const short = exact.length > 200 ? `${exact.slice(0, 199)}…` : exact;
  return { text: withType ? `${short} (${typeText(value)})` : short, exact, tone: 'plain', ...(patch ? { file: patch.path } : {}) };
}

function metricItems(comparison: Comparison, { reduction }: DiffOptions): readonly RowItem[] {
  return comparison.metrics.filter((row) => !row.system).map((row) => metricItem(row, comparison, reduction));
}

function metricItem(row: MetricRow, { runs, baseline }: Comparison, reduction: Reduction): RowItem {
  // Where the direction is not known there is no best: the last value stands for it, and the label says so.
  const used = reduction === 'best' && row.direction === 'none' ? 'last' : reduction;
  const reference = row.values.get(baseline)?.[used] ?? null;
  const cells = new Map(
    runs.map((id) => {
      const value = row.values.get(id)?.[used];
      return [id, value === undefined || value === null ? missing : metricCell(value, id === baseline ? null : reference, row)] as const;
    }),
  );
  const context = contextText(row.context);
  const key = context === '' ? row.name : `${row.name} [${context}]`;
  const values = new Set([...cells.values()].map(({ exact }) => exact));
  return { kind: 'row', id: `metrics:${key}`, key, label: `${key} (${used})`, depth: 0, differs: values.size > 1, cells };
}

function metricCell(value: number, reference: number | null, { direction }: MetricRow): DiffCell {
  const delta = reference === null ? Number.NaN : value - reference;
  const exact = exactNumber(value);
  if (Number.isNaN(delta) || reference === null || !isNotable(delta, reference)) return { text: shortNumber(value), exact, tone: 'plain' };
  const good = direction === 'none' ? null : delta < 0 === (direction === 'min');
  return { text: `${shortNumber(value)}  ${deltaText(delta, reference)}`, exact, tone: good === null ? 'plain' : good ? 'good' : 'bad' };
}

/** Small text files that at least two runs have, so that they can be compared line by line. */
function fileItems(runs: readonly Run[]): readonly RowItem[] {
  const owners = new Map<string, Map<RunId, number | null>>();
  for (const run of runs) {
    for (const { path, size } of run.artifacts) {
      const kind = previewKind(path);
      if (kind === 'none' || kind === 'image') continue;
      const sizes = owners.get(path) ?? new Map<RunId, number | null>();
      sizes.set(run.id, size);
      owners.set(path, sizes);
    }
  }
  return [...owners]
    .filter(([, sizes]) => sizes.size > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, sizes]) => ({
      kind: 'row',
      id: `files:${path}`,
      key: path,
      label: path,
      depth: 0,
      // Only the sizes are known without opening them.
      differs: sizes.size < runs.length || new Set(sizes.values()).size > 1,
      cells: new Map(
        runs.map((run) => {
          const size = sizes.get(run.id);
          return [
            run.id,
            size === undefined ? missing : { text: size === null ? 'open' : `${size.toLocaleString('en')} B`, exact: path, tone: 'plain' as const, file: path },
          ] as const;
        }),
      ),
    }));
}
