// A connection to a storage in a database: its studies, and their trials.

import { epochMs } from '../../base/units';
import { textDigest } from '../../formats/text-digest';
import { parseTimestamp } from '../../formats/timestamp';
import type { ReadContext } from '../../source/reader';
import { allRows, type Sql, type SqlAccess, type SqlRow, type SqlView } from '../../source/sql';
import type { Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { connectSql, inView, listedProjects } from '../_sql/connection';
import type { Has } from '../_sql/has';
import { filterCondition } from './filter';
import { directionsQuestion, marks, noun, otherTables, ownedQuestion, studiesQuestion, trialColumns } from './questions';
import { readTrials } from './remote';
import { trialRow } from './rows';
import { studiesOf } from './studies';
import { statuses } from './trial';

const trialsPerPage = 1000;
/** More ids than one question should name are asked for in several. */
const idsPerQuestion = 1000;
/** Trials that go on, or wait to: their marks count what they have. */
const open = "'RUNNING', 'WAITING'";

export const connect = connectSql({ noun, marks, others: otherTables }, async (access, sql, has, view) => {
  const version = has('version_info', 'library_version') ? (await allRows(view, 'SELECT library_version FROM version_info'))[0]?.[0] : null;
  return new OptunaConnection(access, sql, has, `Optuna ${version ? `${version} ` : ''}on ${view.server}`);
});

class OptunaConnection implements Connection {
  readonly user: string;
  /** A question for many trials costs little more than for one. */
  readonly runsAtOnce = 200;

  constructor(
    private readonly access: SqlAccess,
    private readonly sql: Sql,
    private readonly has: Has,
    readonly server: string,
  ) {
    this.user = access.user;
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    const time = (name: string): string => (this.has('trials', name) ? `max(${name})` : 'NULL');
    const counts = `SELECT study_id, count(*), ${time('datetime_start')}, ${time('datetime_complete')} FROM trials GROUP BY study_id`;
    const [names, rows] = await inView(this.sql, signal, async (view) => [
      await allRows(view, studiesQuestion(this.has) ?? 'SELECT DISTINCT study_id, NULL FROM trials ORDER BY study_id'),
      await allRows(view, counts),
    ]);
    yield listedProjects(names, rows, parseTimestamp);
  }

  async *runs(query: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    const { ids, projects, filter, since, newest, glance } = query;
    if (ids) {
      const known = ids.map(Number).filter((id) => Number.isSafeInteger(id));
      for (let at = 0; at < known.length; at += idsPerQuestion)
        yield await this.#page(signal, [`t.trial_id IN (${known.slice(at, at + idsPerQuestion).join(', ')})`], idsPerQuestion, glance);
      return;
    }
    const studies = projects.map(Number).filter((id) => Number.isSafeInteger(id));
    if (studies.length === 0) return;
    const asked = [`t.study_id IN (${studies.join(', ')})`];
    const condition = filterCondition(filter, this.has);
    if (condition) asked.push(condition);
    if (since !== null && this.has('trials', 'datetime_start'))
      asked.push(`t.datetime_start >= '${new Date(since).toISOString().slice(0, 23).replace('T', ' ')}'`);
    for (let last: string | null = null; ; ) {
      const page: readonly ListedRun[] = await this.#page(signal, last === null ? asked : [...asked, `t.trial_id < ${last}`], trialsPerPage, glance);
      last = page.at(-1)?.nativeId ?? null;
      if (newest && last !== null) yield [...page, ...(await this.#page(signal, [...asked, `t.trial_id < ${last}`, `t.state IN (${open})`], trialsPerPage))];
      else if (page.length > 0) yield page;
      if (newest || page.length < trialsPerPage) return;
    }
  }

  async *read(runs: readonly ListedRun[], context: ReadContext) {
    const view = await this.sql.view(context.signal);
    try {
      yield* readTrials(runs, { view, has: this.has, studies: await this.#studies(view), database: this.access.database }, context);
    } finally {
      await view.close();
    }
  }

  /** Id → study, as the view sees them. */
  async #studies(view: SqlView) {
    const rows = async (question: string | null): Promise<readonly SqlRow[]> => (question === null ? [] : await allRows(view, question));
    const { has } = this;
    return studiesOf(
      await rows(studiesQuestion(has)),
      await rows(directionsQuestion(has)),
      await rows(ownedQuestion('studyAttributes', has, `"key" = 'study:metric_names'`)),
    );
  }

  /** Trials from the newest on. */
  async #page(signal: AbortSignal, conditions: readonly string[], most: number, glance = false): Promise<readonly ListedRun[]> {
    const { has } = this;
    const columns = trialColumns(has, 'number') ?? '';
    // Schemas before 2019 have no numbers: a trial's place in its study is its number.
    const trials = has('trials', 'number') ? 'trials' : '(SELECT *, row_number() OVER (PARTITION BY study_id ORDER BY trial_id) - 1 AS number FROM trials)';
    const tables = ['trial_params', 'trial_user_attributes', 'trial_values', 'trial_intermediate_values'].filter((table) => has(table, 'trial_id'));
    const count = (table: string): string => `CASE WHEN t.state IN (${open}) THEN (SELECT count(*) FROM ${table} o WHERE o.trial_id = t.trial_id) END`;
    const counts = glance ? '' : tables.map((table) => `, ${count(table)}`).join('');
    const question = `SELECT ${columns}${counts} FROM ${trials} t WHERE ${conditions.join(' AND ')} ORDER BY t.trial_id DESC LIMIT ${most}`;
    const rows = await inView(this.sql, signal, (view) => allRows(view, question));
    return rows.map((row): ListedRun => {
      const { id, studyId, number, state, startedMs } = trialRow(row);
      return {
        nativeId: String(id),
        project: String(studyId),
        name: `#${number ?? id}`,
        status: statuses[state] ?? 'unknown',
        startedMs: startedMs === null ? null : epochMs(startedMs),
        user: null,
        // A trial that has ended changes no more; one that goes on is told by how much it has.
        mark: glance ? '' : textDigest(row.slice(3)),
        note: number,
      };
    });
  }
}
