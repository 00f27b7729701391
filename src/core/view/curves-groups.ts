// Which runs are drawn as one: by the values of fields, or by everything except the seed.

import { isSeedKey } from '../compare/seed-keys';
import type { Run } from '../model/run';
import { fieldOf, fieldTitle, readField } from './fields';
import { valueText } from './format';

export type GroupBy = { readonly kind: 'none' } | { readonly kind: 'fields'; readonly fields: readonly string[] } | { readonly kind: 'all-but-seed' };

export interface RunGroup {
  /** The same for the same values. */
  readonly key: string;
  /** What tells this group from the others: `lr = 0.1, optimizer = adam`. */
  readonly label: string;
  readonly runs: readonly Run[];
}

const labelFields = 3;

/** Groups in the order of their first run. A run without a field is a group of its own with the others that lack it. */
export function groupsOf(runs: readonly Run[], by: GroupBy): readonly RunGroup[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = by.kind === 'fields' ? JSON.stringify(by.fields.map((id) => textOf(run, id))) : by.kind === 'all-but-seed' ? paramsKey(run) : run.id;
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  const fields = by.kind === 'fields' ? by.fields : varyingParams([...groups.values()].map((group) => group[0] as Run));
  return [...groups].map(([key, members]) => ({ key, label: labelOf(members[0] as Run, fields), runs: members }));
}

const textOf = (run: Run, id: string): string => {
  const field = fieldOf(id);
  return field ? valueText(readField(run, field)) : '';
};

/** Sorted, so that the order in which a tracker wrote params does not matter. */
const paramsKey = (run: Run): string =>
  JSON.stringify(
    Object.keys(run.params)
      .filter((key) => !isSeedKey(key))
      .sort()
      .map((key) => [key, valueText(run.params[key])]),
  );

/** Params that differ between the groups, at most a few, and not the seed. */
function varyingParams(firsts: readonly Run[]): readonly string[] {
  const keys = new Set(firsts.flatMap((run) => Object.keys(run.params)).filter((key) => !isSeedKey(key)));
  const varying = [...keys].filter((key) => new Set(firsts.map((run) => valueText(run.params[key]))).size > 1);
  return varying.slice(0, labelFields).map((key) => `params.${key}`);
}

function labelOf(run: Run, fields: readonly string[]): string {
  const parts = fields.map((id) => {
    const field = fieldOf(id);
    return field ? `${fieldTitle(field)} = ${valueText(readField(run, field))}` : '';
  });
  return parts.length === 0 ? 'all runs' : parts.join(', ');
}
