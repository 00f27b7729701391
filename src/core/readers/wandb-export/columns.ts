// Which of W&B's tables a header belongs to, and what the columns of a panel are.

/**
 * `panel`: the points of a chart, a column per run; `runs`: the page's table of runs; `history`: rows of `run.history()`;
 * `objects`: summary, config and name of runs as the guide's script writes them.
 */
export type TableKind = 'panel' | 'runs' | 'history' | 'objects';

const ofRuns = ['Name', 'State', 'Created', 'Runtime'];

export function tableKind(columns: readonly string[]): TableKind | null {
  const all = new Set(columns);
  const has = (names: readonly string[]) => names.every((name) => all.has(name));
  if (panelOf(columns)) return 'panel';
  if (has(ofRuns) && (all.has('Sweep') || all.has('User') || all.has('Tags'))) return 'runs';
  if (all.has('_step') && (all.has('_runtime') || all.has('_timestamp'))) return 'history';
  if (columns.filter((name) => name !== '').length === 3 && has(['summary', 'config', 'name'])) return 'objects';
  return null;
}

/** The column that names the run of a row, where rows of several runs were written into one history. */
export const historyRunColumns = ['run_id', 'run_name', 'run', 'name'];

export interface PanelColumn {
  readonly run: string;
  /** With `__MIN` or `__MAX` where it is a bound. */
  readonly metric: string;
  readonly column: number;
  /** Of a bound: the column of what it bounds. */
  readonly bounds: number | null;
}

export interface Panel {
  /** Place of the x axis. */
  readonly x: number;
  readonly columns: readonly PanelColumn[];
  /** Run → place of its `_step`, where the x axis is another. */
  readonly steps: ReadonlyMap<string, number>;
}

/** A panel's columns: `<run> - <metric>` with `…__MIN` and `…__MAX` beside it. Null for other tables. */
export function panelOf(columns: readonly string[]): Panel | null {
  const places = new Map(columns.map((name, at) => [name, at]));
  const charted = columns.filter((name) => name.includes(' - ') && places.has(`${name}__MIN`) && places.has(`${name}__MAX`));
  if (charted.length === 0) return null;
  const x = columns.findIndex((name) => name !== '' && !name.includes(' - '));
  const panel: PanelColumn[] = [];
  const steps = new Map<string, number>();
  for (const name of charted) {
    const cut = name.lastIndexOf(' - ');
    const [run, metric] = [name.slice(0, cut), name.slice(cut + 3)];
    const column = places.get(name)!;
    if (metric === '_step') steps.set(run, column);
    else
      for (const bound of ['', '__MIN', '__MAX'])
        panel.push({ run, metric: metric + bound, column: places.get(name + bound)!, bounds: bound === '' ? null : column });
  }
  return { x, columns: panel, steps };
}

/** The page's own columns of a runs table; all others are config and summary. */
const pageColumns = new Set([
  'Name',
  'ID',
  'State',
  'Notes',
  'User',
  'Tags',
  'Created',
  'Updated',
  'Start Time',
  'End Time',
  'Runtime',
  'Sweep',
  'Group',
  'Job Type',
  'Agent',
  'Project',
  'Entity',
  'Hostname',
  'Host',
  'GPU Type',
  'GPU Count',
  'GitHub',
  'Github',
  'Commit',
  'Description',
]);
export const isPageColumn = (name: string): boolean => pageColumns.has(name);
