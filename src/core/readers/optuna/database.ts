// Studies and trials of a SQLite storage, asked trial by trial.

import type { Sqlite } from '../../formats/sqlite';
import type { Has } from '../_sql/has';
import { directionsQuestion, type Owned, ownedQuestion, studiesQuestion, trialColumns } from './questions';
import { type Row, type TrialRow, trialOf, trialRow } from './rows';
import { studiesOf } from './studies';
import type { Study, Trial } from './trial';

export class OptunaTables {
  readonly #db: Sqlite;
  readonly #columns = new Map<string, ReadonlySet<string>>();

  constructor(db: Sqlite) {
    this.#db = db;
    const owned = ['trial_params', 'trial_values', 'trial_intermediate_values', 'trial_user_attributes'];
    for (const table of owned) if (this.#has(table, 'trial_id')) db.index(table, 'trial_id');
  }

  readonly #has: Has = (table, ...columns) => {
    let known = this.#columns.get(table);
    if (!known) {
      known = this.#db.columns(table);
      this.#columns.set(table, known);
    }
    return known.size > 0 && columns.every((column) => known.has(column));
  };

  #rows(question: string | null, parameters: readonly number[] = []): Iterable<Row> {
    return question === null ? [] : this.#db.rows(question, parameters);
  }

  /** Id → study. @throws Error where the file is damaged */
  studies(): ReadonlyMap<number, Study> {
    const has = this.#has;
    return studiesOf(this.#rows(studiesQuestion(has)), this.#rows(directionsQuestion(has)), this.#rows(ownedQuestion('studyAttributes', has, 'TRUE')));
  }

  /** All trials in the order in which they were made, with their place in their study. @throws Error where the file is damaged */
  *trials(): Generator<readonly [TrialRow, number]> {
    const columns = trialColumns(this.#has);
    if (columns === null) return;
    const counts = new Map<number, number>();
    for (const cells of this.#db.rows(`SELECT ${columns} FROM trials ORDER BY trial_id`)) {
      const row = trialRow(cells);
      const count = counts.get(row.studyId) ?? 0;
      counts.set(row.studyId, count + 1);
      yield [row, count];
    }
  }

  /** A trial with all that belongs to it. @throws Error where the file is damaged */
  trial(row: TrialRow, place: number): Trial {
    const owned = (what: Owned): string | null => ownedQuestion(what, this.#has, 'trial_id = ?');
    const rows = (what: Owned): Iterable<Row> => this.#rows(owned(what), [row.id]);
    return trialOf(row, place, {
      params: rows('params'),
      userAttributes: rows('userAttributes'),
      values: owned('values') === null ? null : rows('values'),
      intermediate: rows('intermediate'),
    });
  }
}
