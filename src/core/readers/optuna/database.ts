// Studies and trials of a SQLite storage. Tables and columns that a schema lacks count as empty.

import { parseJson } from '../../formats/json';
import { type Cell, cellNumber, cellText, type Sqlite } from '../../formats/sqlite';
import { parseTimestamp } from '../../formats/timestamp';
import type { Value, Values } from '../../model/values';
import { metricNamesKey, metricNamesOf, paramValue, type Study, type Trial } from './trial';

/** The row of a trial; what belongs to it is asked for trial by trial. */
export interface TrialRow {
  readonly id: number;
  readonly studyId: number;
  readonly number: number;
  readonly state: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** Where schemas before 2020 kept the objective. */
  readonly value: number | null;
}

export class OptunaTables {
  readonly #db: Sqlite;
  readonly #columns = new Map<string, ReadonlySet<string>>();

  constructor(db: Sqlite) {
    this.#db = db;
    const owned = ['trial_params', 'trial_values', 'trial_intermediate_values', 'trial_user_attributes'];
    for (const table of owned) if (this.#has(table, 'trial_id')) db.index(table, 'trial_id');
  }

  #has(table: string, ...columns: readonly string[]): boolean {
    let known = this.#columns.get(table);
    if (!known) {
      known = this.#db.columns(table);
      this.#columns.set(table, known);
    }
    return known.size > 0 && columns.every((column) => known.has(column));
  }

  /** Id → study. @throws Error where the file is damaged */
  studies(): ReadonlyMap<number, Study> {
    const names = new Map<number, string>();
    const ways = new Map<number, string[]>();
    if (this.#has('studies', 'study_id', 'study_name'))
      for (const [id, name] of this.#db.rows('SELECT study_id, study_name FROM studies ORDER BY study_id'))
        names.set(cellNumber(id) ?? -1, cellText(name) ?? '');
    const sql = this.#has('study_directions', 'study_id', 'direction', 'objective')
      ? 'SELECT study_id, direction FROM study_directions ORDER BY study_id, objective'
      : this.#has('studies', 'study_id', 'direction')
        ? 'SELECT study_id, direction FROM studies'
        : null;
    if (sql !== null)
      for (const [id, direction] of this.#db.rows(sql)) {
        const key = cellNumber(id) ?? -1;
        ways.set(key, [...(ways.get(key) ?? []), (cellText(direction) ?? '').toLowerCase()]);
      }
    return new Map(
      [...names].map(([id, name]) => {
        const metricNames = metricNamesOf(this.#attributes('study_system_attributes', 'study_id', id)[metricNamesKey]);
        return [id, { name, directions: ways.get(id) ?? [], metricNames }];
      }),
    );
  }

  /** All trials in the order in which they were made. @throws Error where the file is damaged */
  *trials(): Generator<TrialRow> {
    if (!this.#has('trials', 'trial_id', 'study_id', 'state')) return;
    const column = (name: string): string => (this.#has('trials', name) ? name : 'NULL');
    const sql = `SELECT trial_id, study_id, ${column('number')}, state, ${column('datetime_start')}, ${column('datetime_complete')}, ${column('value')}
      FROM trials ORDER BY trial_id`;
    const counts = new Map<number, number>();
    for (const [id, study, number, state, started, ended, value] of this.#db.rows(sql)) {
      const studyId = cellNumber(study) ?? -1;
      const count = counts.get(studyId) ?? 0;
      counts.set(studyId, count + 1);
      yield {
        id: cellNumber(id) ?? -1,
        studyId,
        number: cellNumber(number) ?? count,
        state: cellText(state) ?? '',
        startedMs: timeOf(started),
        endedMs: timeOf(ended),
        value: cellNumber(value),
      };
    }
  }

  /** A trial with all that belongs to it. @throws Error where the file is damaged */
  trial(row: TrialRow): Trial {
    const badParams: string[] = [];
    const params: [string, Value][] = [];
    if (this.#has('trial_params', 'trial_id', 'param_name', 'param_value', 'distribution_json')) {
      const sql = 'SELECT param_name, param_value, distribution_json FROM trial_params WHERE trial_id = ? ORDER BY rowid';
      for (const [name, stored, distribution] of this.#db.rows(sql, [row.id])) {
        const key = cellText(name) ?? '';
        try {
          params.push([key, paramValue(cellNumber(stored) ?? Number.NaN, cellText(distribution) ?? '')]);
        } catch {
          badParams.push(key);
        }
      }
    }
    const userAttributes = this.#attributes('trial_user_attributes', 'trial_id', row.id);
    const [steps, intermediate] = this.#intermediate(row.id);
    const { id, number, state, startedMs, endedMs } = row;
    return {
      id: String(id),
      number,
      state,
      startedMs,
      endedMs,
      params: Object.fromEntries(params),
      userAttributes,
      values: this.#values(row),
      steps,
      intermediate,
      badParams,
    };
  }

  #values({ id, value }: TrialRow): readonly number[] {
    if (!this.#has('trial_values', 'trial_id', 'objective', 'value')) return value === null ? [] : [value];
    const type = this.#has('trial_values', 'value_type') ? 'value_type' : 'NULL';
    const sql = `SELECT value, ${type} FROM trial_values WHERE trial_id = ? ORDER BY objective`;
    return [...this.#db.rows(sql, [id])].map(([stored, kind]) => numberOfType(stored, kind));
  }

  #intermediate(id: number): readonly [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>] {
    const type = this.#has('trial_intermediate_values', 'intermediate_value_type') ? 'intermediate_value_type' : 'NULL';
    const sql = this.#has('trial_intermediate_values', 'trial_id', 'step', 'intermediate_value')
      ? `SELECT step, intermediate_value, ${type} FROM trial_intermediate_values WHERE trial_id = ? ORDER BY step`
      : this.#has('trial_values', 'trial_id', 'step', 'value')
        ? 'SELECT step, value, NULL FROM trial_values WHERE trial_id = ? AND step IS NOT NULL ORDER BY step'
        : null;
    const steps: number[] = [];
    const values: number[] = [];
    if (sql !== null)
      for (const [step, value, kind] of this.#db.rows(sql, [id])) {
        steps.push(cellNumber(step) ?? Number.NaN);
        values.push(numberOfType(value, kind));
      }
    return [Float64Array.from(steps), Float64Array.from(values)];
  }

  /** Attributes are JSON; what is none is kept as text. */
  #attributes(table: string, owner: 'study_id' | 'trial_id', id: number): Values {
    if (!this.#has(table, owner, 'key', 'value_json')) return {};
    const found: [string, Value][] = [];
    for (const [key, value] of this.#db.rows(`SELECT key, value_json FROM ${table} WHERE ${owner} = ? ORDER BY rowid`, [id])) {
      const text = cellText(value) ?? 'null';
      let parsed: Value = text;
      try {
        parsed = parseJson(text);
      } catch {
        // Shown as it stands.
      }
      found.push([cellText(key) ?? '', parsed]);
    }
    return Object.fromEntries(found);
  }
}

const special: Readonly<Record<string, number>> = { INF_POS: Number.POSITIVE_INFINITY, INF_NEG: Number.NEGATIVE_INFINITY, NAN: Number.NaN };

/** Schemas since 2022 keep what SQL has no number for in a column of its own; before, NULL was NaN. */
const numberOfType = (value: Cell | undefined, type: Cell | undefined): number => special[cellText(type) ?? ''] ?? cellNumber(value) ?? Number.NaN;

function timeOf(cell: Cell | undefined): number | null {
  const text = cellText(cell);
  return text === null ? null : parseTimestamp(text);
}
