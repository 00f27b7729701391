// Environment, packages, code, data and command of runs as tables of keys × runs.

import { type Dataset, type FactKind, factValue } from '../model/facts';
import type { Run } from '../model/run';
import type { Value, Values } from '../model/values';
import { type Row, rowsOf } from './rows';

const environmentKinds = [
  'python',
  'os',
  'container',
  'cpu',
  'cpu_count',
  'memory_bytes',
  'gpu',
  'gpu_count',
  'cuda',
  'host',
  'precision',
  'world_size',
  'determinism',
  'framework',
] as const satisfies readonly FactKind[];
const codeKinds = ['git_commit', 'git_branch', 'git_remote', 'git_dirty', 'git_patch', 'entry_point'] as const satisfies readonly FactKind[];

/** Scalar facts under their kind; objects spread to `kind.key`. */
function factValues(run: Run, kinds: readonly FactKind[]): Values {
  const values: [string, Value][] = [];
  for (const kind of kinds) {
    const value = factValue(run.facts, kind) as Value | undefined;
    if (value === undefined) continue;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) values.push([`${kind}.${key}`, inner as Value]);
    } else values.push([kind, value]);
  }
  return Object.fromEntries(values);
}

/** A data set as one line: name, then whatever pins its content. */
export function datasetText(dataset: Dataset): string {
  const pin = dataset.digest ?? dataset.version;
  return pin ? `${dataset.name} @ ${pin}` : dataset.name;
}

function datasetValues(run: Run): Values {
  const byContext = new Map<string, string[]>();
  for (const dataset of factValue(run.facts, 'datasets') ?? []) {
    const context = dataset.context ?? 'data';
    byContext.set(context, [...(byContext.get(context) ?? []), datasetText(dataset)]);
  }
  return Object.fromEntries([...byContext].map(([context, names]) => [context, names.sort().join(', ')]));
}

export const environmentRows = (runs: readonly Run[]): readonly Row[] => rowsOf(runs, (run) => factValues(run, environmentKinds));
export const codeRows = (runs: readonly Run[]): readonly Row[] => rowsOf(runs, (run) => factValues(run, codeKinds));
export const commandRows = (runs: readonly Run[]): readonly Row[] => rowsOf(runs, (run) => factValues(run, ['command', 'overrides']));
export const dataRows = (runs: readonly Run[]): readonly Row[] => rowsOf(runs, datasetValues);
export const packageRows = (runs: readonly Run[]): readonly Row[] => rowsOf(runs, (run) => factValue(run.facts, 'packages') ?? {});
