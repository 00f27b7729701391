// The questions that a storage is asked in SQL, whichever database holds it. Tables and columns that a schema lacks count as empty.

import type { Has } from '../_sql/has';

/** What belongs to a trial or a study. Rows come with the owner's id first. */
export type Owned = 'params' | 'values' | 'intermediate' | 'userAttributes' | 'studyAttributes';

export const noun = 'Optuna storage';
/** Tables that every storage has. */
export const marks = ['studies', 'trials', 'trial_params'] as const;
/** Tables that are read besides. */
export const otherTables = [
  'study_directions',
  'study_system_attributes',
  'trial_values',
  'trial_intermediate_values',
  'trial_user_attributes',
  'version_info',
] as const;

/** Id and name of each study; null where no table holds them. */
export const studiesQuestion = (has: Has): string | null =>
  has('studies', 'study_id', 'study_name') ? 'SELECT study_id, study_name FROM studies ORDER BY study_id' : null;

/** Id of a study and a direction, in the order of its objectives. */
export function directionsQuestion(has: Has): string | null {
  if (has('study_directions', 'study_id', 'direction', 'objective')) return 'SELECT study_id, direction FROM study_directions ORDER BY study_id, objective';
  return has('studies', 'study_id', 'direction') ? 'SELECT study_id, direction FROM studies' : null;
}

/** Columns of the table `trials` as `trialOf` takes them; null where there is no such table. */
export function trialColumns(has: Has, number: string = 'NULL'): string | null {
  if (!has('trials', 'trial_id', 'study_id', 'state')) return null;
  const column = (name: string, or = 'NULL'): string => (has('trials', name) ? name : or);
  return `trial_id, study_id, ${column('number', number)}, state, ${column('datetime_start')}, ${column('datetime_complete')}, ${column('value')}`;
}

/**
 * What belongs to the trials (or studies) that meet a condition, owner by owner.
 * @param condition over `trial_id` or `study_id`
 * @returns null where no table holds it
 */
export function ownedQuestion(what: Owned, has: Has, condition: string): string | null {
  const found = sources[what](has);
  if (!found) return null;
  const [columns, table, order, only] = found;
  const owner = what === 'studyAttributes' ? 'study_id' : 'trial_id';
  return `SELECT ${owner}, ${columns} FROM ${table} WHERE ${condition}${only ? ` AND ${only}` : ''} ORDER BY ${[owner, ...order].join(', ')}`;
}

/** Columns, table, order within the owner, and a condition of the schema's own. */
type Source = readonly [columns: string, table: string, order: readonly string[], only?: string];

const sources: Readonly<Record<Owned, (has: Has) => Source | null>> = {
  params: (has) =>
    has('trial_params', 'trial_id', 'param_name', 'param_value', 'distribution_json')
      ? ['param_name, param_value, distribution_json', 'trial_params', made(has, 'trial_params', 'param_id')]
      : null,
  values: (has) =>
    has('trial_values', 'trial_id', 'objective', 'value')
      ? [`value, ${has('trial_values', 'value_type') ? 'value_type' : 'NULL'}`, 'trial_values', ['objective']]
      : null,
  intermediate: (has) => {
    const type = has('trial_intermediate_values', 'intermediate_value_type') ? 'intermediate_value_type' : 'NULL';
    if (has('trial_intermediate_values', 'trial_id', 'step', 'intermediate_value'))
      return [`step, intermediate_value, ${type}`, 'trial_intermediate_values', ['step']];
    // Where schemas before 2020 kept them.
    return has('trial_values', 'trial_id', 'step', 'value') ? ['step, value, NULL', 'trial_values', ['step'], 'step IS NOT NULL'] : null;
  },
  userAttributes: (has) => attributes(has, 'trial_user_attributes', 'trial_id', 'trial_user_attribute_id'),
  studyAttributes: (has) => attributes(has, 'study_system_attributes', 'study_id', 'study_system_attribute_id'),
};

/** `key` is a word of MySQL's own. */
const attributes = (has: Has, table: string, owner: string, id: string): Source | null =>
  has(table, owner, 'key', 'value_json') ? ['"key", value_json', table, made(has, table, id)] : null;

/** The order in which rows were made. */
const made = (has: Has, table: string, id: string): readonly string[] => (has(table, id) ? [id] : []);
