// A connection to MLflow's backend store: its experiments, and their runs.

import { epochMs } from '../../base/units';
import { cellNumber } from '../../formats/sqlite';
import { textDigest } from '../../formats/text-digest';
import type { ReadContext } from '../../source/reader';
import { allRows, type Sql, type SqlAccess, type SqlRow } from '../../source/sql';
import type { Connection, ListedRun, Project, RunQuery } from '../../source/tracker';
import { statusOf } from '../_mlflow/meta';
import { marks, noun, runsQuestion, storedRun } from '../_mlflow/stored';
import { connectSql, inView, listedProjects } from '../_sql/connection';
import type { Has } from '../_sql/has';
import { type Condition, filterCondition } from './filter';
import { readRuns } from './read';

const runsPerPage = 1000;
const others = ['latest_metrics', 'inputs', 'input_tags', 'datasets'];

export const connect = connectSql({ noun, marks, others }, (access, sql, has, view) => new DatabaseConnection(access, sql, has, `MLflow on ${view.server}`));

class DatabaseConnection implements Connection {
  readonly user: string;
  /** Params, tags and datasets of them are asked for at once. */
  readonly runsAtOnce = 50;

  constructor(
    private readonly access: SqlAccess,
    private readonly sql: Sql,
    private readonly has: Has,
    readonly server: string,
  ) {
    this.user = access.user;
  }

  /** What was deleted is not offered. */
  #active(table: 'runs' | 'experiments'): readonly string[] {
    return this.has(table, 'lifecycle_stage') ? [`${table}.lifecycle_stage = 'active'`] : [];
  }

  async *projects(signal: AbortSignal): AsyncGenerator<readonly Project[]> {
    const counts = `SELECT experiment_id, count(*), max(start_time), max(end_time) FROM runs ${where(this.#active('runs'))} GROUP BY experiment_id`;
    const [experiments, rows] = await inView(this.sql, signal, async (view) => [
      await allRows(view, `SELECT experiment_id, name FROM experiments ${where(this.#active('experiments'))} ORDER BY experiment_id`),
      await allRows(view, counts),
    ]);
    yield listedProjects(experiments, rows, cellNumber);
  }

  async *runs({ ids, projects, filter, since, newest, glance }: RunQuery, signal: AbortSignal): AsyncGenerator<readonly ListedRun[]> {
    if (ids) {
      for (let at = 0; at < ids.length; at += runsPerPage) {
        const some = ids.slice(at, at + runsPerPage);
        const among = { text: `runs.run_uuid IN (${some.map(() => '?').join(', ')})`, parameters: some };
        yield (await this.#page(signal, [among], glance)).runs;
      }
      return;
    }
    const experiments = projects.map(Number).filter((id) => Number.isSafeInteger(id));
    if (experiments.length === 0) return;
    const asked: Condition[] = [...this.#active('runs'), `runs.experiment_id IN (${experiments.join(', ')})`].map(plain);
    const condition = filterCondition(filter, this.has);
    if (condition) asked.push(condition);
    if (since !== null) asked.push(plain(`runs.start_time >= ${Math.ceil(since)}`));
    for (let after: Condition | null = null; ; ) {
      const page: Page = await this.#page(signal, after ? [...asked, after] : asked, glance);
      after = page.after;
      const going = newest && after ? (await this.#page(signal, [...asked, after, plain("runs.status = 'RUNNING'")])).runs : [];
      if (page.runs.length > 0) yield [...page.runs, ...going];
      if (newest || page.runs.length < runsPerPage) return;
    }
  }

  async *read(runs: readonly ListedRun[], context: ReadContext) {
    const view = await this.sql.view(context.signal);
    try {
      yield* readRuns(runs, { view, has: this.has, database: this.access.database }, context);
    } finally {
      await view.close();
    }
  }

  /** Runs from the newest on. */
  async #page(signal: AbortSignal, conditions: readonly Condition[], glance = false): Promise<Page> {
    const order = 'coalesce(runs.start_time, 0)';
    const [head = '', tail = ''] = runsQuestion(this.has).split(/\bFROM runs\b/);
    const question = `${head}${glance ? '' : this.#marks()} FROM runs${tail} ${where(conditions.map(({ text }) => text))} ORDER BY ${order} DESC, runs.run_uuid DESC LIMIT ${runsPerPage}`;
    const parameters = conditions.flatMap((one) => one.parameters);
    const rows = await inView(this.sql, signal, (view) => allRows(view, question, parameters));
    const runs = rows.flatMap((row) => listed(row, glance));
    const last = rows.at(-1);
    const at = cellNumber(last?.[6]) ?? 0;
    const after = last && { text: `(${order} < ${at} OR (${order} = ${at} AND runs.run_uuid < ?))`, parameters: [last[0] ?? ''] };
    return { runs, after: after ?? null };
  }

  /** What changes when a run is given something new: the newest point of each metric, params, tags. */
  #marks(): string {
    const of = (columns: string, table: string): string => `, (SELECT ${columns} FROM ${table} o WHERE o.run_uuid = runs.run_uuid)`;
    const metrics = this.has('latest_metrics', 'timestamp', 'step', 'run_uuid') ? 'latest_metrics' : 'metrics';
    const step = this.has(metrics, 'step') ? [of('sum(o.step)', metrics)] : [];
    return [
      of('count(*)', metrics),
      of('sum(o.timestamp)', metrics),
      ...step,
      of('count(*)', 'params'),
      of('count(*)', 'tags'),
      of('sum(length(o.value))', 'tags'),
    ].join('');
  }
}

interface Page {
  readonly runs: readonly ListedRun[];
  /** The condition of what comes after it; null after the last. */
  readonly after: Condition | null;
}

const plain = (text: string): Condition => ({ text, parameters: [] });
const where = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`);

function listed(row: SqlRow, glance: boolean): readonly ListedRun[] {
  const stored = storedRun(row);
  if (!stored) return [];
  const { id, experimentId, name, status, started, user } = stored;
  return [
    {
      nativeId: id,
      project: experimentId ?? '',
      name,
      status: statusOf(status).status,
      startedMs: started === null ? null : epochMs(started),
      user,
      mark: glance ? '' : textDigest(row),
    },
  ];
}
