// Puts runs together: by the values of some fields, or by all params except the seed.

import { canonical, isRunNameKey, repeatKey, tellingSettings, varyingSettings } from '../compare/settings';
import { allTags } from '../model/own-words';
import { displayName, type Run } from '../model/run';
import type { Value } from '../model/values';
import { type Field, fieldId, fieldOf, fieldTitle, type ReadOptions, readField } from './fields';
import { valueText } from './format';

/** What to put together: nothing, the values of some fields (`params.lr`), or all params except the seed. */
export type Grouping = { readonly kind: 'none' } | { readonly kind: 'fields'; readonly fields: readonly string[] } | { readonly kind: 'all-but-seed' };

export interface RunGroup {
  /** Stable while the grouping stays: to remember what is unfolded. */
  readonly key: string;
  /** What its members share and other groups do not: [title, value], for the head of the group; a name alone has no title. */
  readonly label: readonly (readonly [string, string])[];
  readonly members: readonly Run[];
}

export interface Grouped {
  readonly groups: readonly RunGroup[];
  /** Runs that the grouping says nothing about: they have no params at all. They stay by themselves. */
  readonly alone: readonly Run[];
}

/** Groups in the order of their first member. */
export function groupRuns(runs: readonly Run[], grouping: Grouping, read: ReadOptions = {}): Grouped {
  switch (grouping.kind) {
    case 'none':
      return { groups: [], alone: runs };
    case 'fields':
      return groupByFields(
        runs,
        grouping.fields.map(fieldOf).filter((field) => field !== null),
        read,
      );
    case 'all-but-seed':
      return groupAllButSeed(runs);
  }
}

function groupByFields(runs: readonly Run[], fields: readonly Field[], read: ReadOptions): Grouped {
  if (fields.length === 0) return { groups: [], alone: runs };
  const groups = gather(runs, (run) => JSON.stringify(fields.map((field) => canonical(readField(run, field, read)))));
  return {
    groups: [...groups].map(([key, members]) => ({
      key,
      label: fields.map((field) => [fieldTitle(field), valueText(readField(members[0] as Run, field, read))] as const),
      members,
    })),
    alone: [],
  };
}

function groupAllButSeed(runs: readonly Run[]): Grouped {
  const alone = runs.filter((run) => Object.keys(run.params).length === 0);
  const groups = gather(
    runs.filter((run) => Object.keys(run.params).length > 0),
    seedlessKey,
  );
  // Only groups of several have a head that needs a label; a single one is told from the runs that stay alone.
  const all = [...groups.values()];
  const several = all.filter((members) => members.length > 1);
  const telling = varyingSettings((several.length > 1 ? several : all).map((members) => (members[0] as Run).params));
  return { groups: [...groups].map(([key, members]) => ({ key, label: labelOf(members, telling), members })), alone };
}

const seedlessKeys = new WeakMap<Run, string>();

/** The same for runs that differ in nothing but seeds and names. */
function seedlessKey(run: Run): string {
  const known = seedlessKeys.get(run) ?? repeatKey(run.experiment, run.jobType, run.params);
  seedlessKeys.set(run, known);
  return known;
}

/** What tells the group from the others, params with few values first; where nothing does, what the names share. */
function labelOf(members: readonly Run[], telling: ReadonlyMap<string, number>): RunGroup['label'] {
  const { params } = members[0] as Run;
  const parts = tellingSettings(params, telling).map((name) => [name, valueText(params[name])] as const);
  return parts.length > 0 ? parts : [['', commonName(members)]];
}

/** What the names begin with, numbers and seeds at the end cut off: `mlp-s0`, `mlp-s1` are `mlp-s…`. */
function commonName(members: readonly Run[]): string {
  const names = members.map(displayName);
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return length >= 3 && length < first.length ? `${first.slice(0, length)}…` : first;
}

function gather(runs: readonly Run[], keyOf: (run: Run) => string): ReadonlyMap<string, readonly Run[]> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const members = groups.get(key);
    if (members) members.push(run);
    else groups.set(key, [run]);
  }
  return groups;
}

/** Fields by which runs can be grouped usefully: more than one value, and fewer values than runs; the best first. */
export function groupableFields(runs: readonly Run[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  const note = (id: string, cell: Value | undefined): void => {
    const seen = values.get(id) ?? new Set();
    if (cell !== undefined && seen.size <= runs.length) values.set(id, seen.add(JSON.stringify(canonical(cell))));
  };
  for (const run of runs) {
    for (const name of ['experiment', 'group', 'job_type', 'status', 'tracker', 'user']) {
      const field: Field = { kind: 'attributes', name };
      note(fieldId(field), readField(run, field));
    }
    for (const [name, value] of Object.entries(run.params)) if (!isRunNameKey(name)) note(`params.${name}`, value);
    for (const [name, value] of Object.entries(allTags(run))) note(`tags.${name}`, value);
  }
  return [...values]
    .filter(([, seen]) => seen.size > 1 && seen.size < runs.length)
    .sort(([, a], [, b]) => a.size - b.size)
    .map(([id]) => id);
}
