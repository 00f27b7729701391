// Which of MLflow's tables a header belongs to, and its names as they were before the page guarded them.

/**
 * `runs`: the page's table of runs; `chart`: the last values of a chart; `history`: the points of one;
 * `search`: what `mlflow.search_runs` returns.
 */
export type TableKind = 'runs' | 'chart' | 'history' | 'search';

const history = ['Run ID', 'metric', 'step', 'timestamp', 'value'];
const ofRuns = ['Run ID', 'Name', 'Source Type', 'Source Name', 'User', 'Status'];
const ofSearch = ['run_id', 'experiment_id', 'status', 'artifact_uri'];

/** The first column of a chart: rows are runs, or groups of them. */
const isSubject = (name: string | undefined): boolean => name === 'Run' || name === 'Group';

export function tableKind(columns: readonly string[]): TableKind | null {
  const has = (names: readonly string[]) => names.every((name) => columns.includes(name));
  if (has(ofSearch)) return 'search';
  if (has(ofRuns)) return 'runs';
  if (!isSubject(columns[0]) || columns[1] !== 'Run ID') return null;
  if (columns.length === 6 && has(history)) return 'history';
  return columns.length > 2 ? 'chart' : null;
}

/** MLflow's page puts `'` before text that a spreadsheet would take for a formula: negative numbers, too. */
export const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
