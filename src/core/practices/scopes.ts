// Which runs belong together: one experiment, one configuration; and what rules say of many at once.

import { type Framework, frameworkOf } from '../advice/framework';
import type { RunId } from '../base/units';
import { normalise } from '../compare/same-value';
import { isSeedKey } from '../compare/seed-keys';
import { settingsKey } from '../compare/settings';
import { factValue } from '../model/facts';
import { displayName, type Run } from '../model/run';

/** Runs that people would compare: of one experiment, or where a tracker has none, side by side in one folder. In the order of their first run. */
export const scopesOf = (runs: readonly Run[]): readonly (readonly Run[])[] => gathered(runs, scopeKey);

const scopeKey = (run: Run): string => run.experiment ?? `\u0000${run.format}\u0000${run.source}\u0000${run.path.split('/').slice(0, -1).join('/')}`;

/** Runs of one configuration, seeds and names left out; runs without params are in none. */
export const replicatesOf = (runs: readonly Run[]): readonly (readonly Run[])[] =>
  gathered(
    runs.filter(({ params }) => Object.keys(params).length > 0),
    (run) => `${scopeKey(run)}\u0000${run.jobType ?? ''}\u0000${settingsKey(run.params)}`,
  );

function gathered(runs: readonly Run[], keyOf: (run: Run) => string): readonly (readonly Run[])[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) gather(groups, keyOf(run), run);
  return [...groups.values()];
}

/** Adds to the list under a key. */
export function gather<K, T>(groups: Map<K, T[]>, key: K, one: T): void {
  const members = groups.get(key);
  if (members) members.push(one);
  else groups.set(key, [one]);
}

/** The seed that a run was started with, as text; null where it is not recorded. */
export function seedOf(run: Run): string | null {
  const seed = factValue(run.facts, 'seed') ?? Object.entries(run.params).find(([name, value]) => isSeedKey(name) && value !== null)?.[1];
  return seed === undefined ? null : String(normalise(seed));
}

export const idsOf = (runs: readonly Run[]): readonly RunId[] => runs.map(({ id }) => id);

/** The framework that all of the runs were trained with, or null. */
export function sharedFramework(runs: readonly Run[]): Framework | null {
  const found = new Set(runs.map(frameworkOf));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** The tracker that all of the runs come from: `wandb`, `mlflow`, else null. */
export function sharedTracker(runs: readonly Run[]): 'wandb' | 'mlflow' | null {
  const found = new Set(runs.map(({ format }) => (format.startsWith('mlflow') ? 'mlflow' : format)));
  const [only] = found;
  return found.size === 1 && (only === 'wandb' || only === 'mlflow') ? only : null;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

export const namesOf = (runs: readonly Run[]): string => listed(runs.map(displayName));

/** `1 run`, `3 runs`. */
export const times = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** At most so many entries stand in the evidence; the counts beside it are of all. */
export const mostShown = 20;

/** The greatest of any number of values; −∞ of none. Spreading a list into Math.max fails for long ones. */
export const largest = (values: readonly number[]): number => values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);

/** The least of any number of values; ∞ of none. */
export const smallest = (values: readonly number[]): number => -largest(values.map((value) => -value));

/** Bytes in the field's units. */
export const megabytes = (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB`);
