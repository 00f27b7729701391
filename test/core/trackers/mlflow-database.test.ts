// MLflow's backend store over the door for SQL: what is read is what the reader of SQLite files reads; filters, marks, pages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { download } from '../../../src/core/ingest/download';
import type { ReadRun } from '../../../src/core/model/run';
import { connect } from '../../../src/core/readers/mlflow-database/connect';
import { filterCondition } from '../../../src/core/readers/mlflow-database/filter';
import { tracker } from '../../../src/core/readers/mlflow-database/tracker';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedTree } from '../../../src/core/source/scripted';
import type { RunQuery } from '../../../src/core/source/tracker';
import { readTree } from '../../support/read';
import { drawDatabase } from '../../support/sqlite';
import { sqliteSql } from '../../support/sqlite-sql';

const { signal } = new AbortController();
const access = tracker.access({ address: 'mysql://me@db.test/mlflow' });

async function asked(bytes: Uint8Array, query: Partial<RunQuery> = {}) {
  const connection = await connect(access, await sqliteSql(bytes), signal);
  const projects = [];
  for await (const page of connection.projects(signal)) projects.push(...page);
  const all = { projects: projects.map(({ id }) => id), filter: null, since: null, ...query };
  const runs: ReadRun[] = [];
  const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
  for await (const event of download({ tracker, connection, query: all, source: 0 }, options)) if (event.kind === 'run') runs.push(event.read);
  return { connection, projects, runs, all };
}

/** What of a run does not depend on where it lay; artifacts are in no database, and what they tell with them. */
const described = ({ run, points }: ReadRun) => {
  const { id, nativeId, name, experiment, status, params, tags, startedMs, endedMs, user, parentId, notes, series, facts } = run;
  const curves = points.map(({ steps, values, times }) => [[...(steps ?? [])], [...values], [...(times ?? [])]]);
  const told = facts.filter(({ evidence }) => evidence.every(({ where }) => /^table|key/.test(where ?? ''))).map(({ kind, value }) => [kind, value]);
  return { id, nativeId, name, experiment, status, params, tags, startedMs, endedMs, user, parentId, notes, series, told, curves };
};
const sorted = (runs: readonly ReadRun[]) =>
  runs
    .filter(({ run }) => !run.deleted)
    .map(described)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const home = 'test/fixtures/mlflow-sqlite';
const stored = readdirSync(home).flatMap((name) => {
  const folder = join(home, name, 'input');
  const file = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith('.db')) : undefined;
  return file ? [[name, join(folder, file)] as const] : [];
});

test.each(stored)('%s: as the reader of files reads it, with the same ids', async (_, path) => {
  const bytes = new Uint8Array(readFileSync(path));
  const { runs } = await asked(bytes);
  expect(runs.length).toBeGreaterThan(0);
  expect(sorted(runs)).toEqual(sorted((await readTree(scriptedTree({ 'mlflow.db': bytes }))).runs));
});

const small = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT);
  CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, experiment_id INTEGER, status TEXT, start_time BIGINT, end_time BIGINT, user_id TEXT, lifecycle_stage TEXT);
  CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
  CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);
  CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
  CREATE TABLE latest_metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
  INSERT INTO experiments VALUES (1, 'one', 'active'), (2, 'gone', 'deleted');
  INSERT INTO runs VALUES ('a', 'first', 1, 'FINISHED', 1000, 2000, 'me', 'active'), ('b', 'second', 1, 'RUNNING', 1000, NULL, 'me', 'active'),
    ('c', 'no start', 1, 'SCHEDULED', NULL, NULL, 'me', 'active'), ('d', 'deleted', 1, 'FINISHED', 5, 6, 'me', 'deleted'), ('e', 'elsewhere', 2, 'FINISHED', 5, 6, 'me', 'active');
  INSERT INTO params VALUES ('optimizer.lr', '0.5', 'a'), ('optimizer.lr', '0.1', 'b');
  INSERT INTO tags VALUES ('kind', 'it''s', 'a');
  INSERT INTO metrics VALUES ('loss', 0.25, 7, 'a', 9007199254740994, 0), ('loss', 0, 8, 'b', 1, 1), ('acc', 1.7976931348623157e308, 9, 'b', 0, 0);
  INSERT INTO latest_metrics SELECT * FROM metrics;`;
const ids = (runs: readonly ReadRun[]) => runs.map(({ run }) => run.nativeId).sort();

test('what was deleted is not offered; NaN, infinity and steps of all digits are kept', async () => {
  const { projects, runs } = await asked(await drawDatabase(small));
  expect(projects).toMatchObject([{ id: '1', name: 'one', runs: 3, changedMs: 2000 }]);
  expect(ids(runs)).toEqual(['a', 'b', 'c']);
  const second = runs.find(({ run }) => run.nativeId === 'b');
  expect(second?.points.map(({ values }) => values[0])).toEqual([Number.POSITIVE_INFINITY, Number.NaN]);
  expect(runs.find(({ run }) => run.nativeId === 'a')?.run.series[0]?.exactSteps).toEqual({ 0: '9007199254740994' });
});

test.each([
  ['metrics.loss < 0.5', ['a']],
  ['metrics.acc > 1', ['b']],
  ["params.optimizer.lr = '0.5'", ['a']],
  ["params.`optimizer.lr` != '0.5' AND status = 'RUNNING'", ['b']],
  ["tags.kind = 'it''s'", ['a']],
  ['tags."kind" LIKE \'it%\'', ['a']],
  ["attributes.run_name = 'second'", ['b']],
  ['start_time >= 1000 and end_time < 3000', ['a']],
])('%s finds %j', async (filter, found) => {
  expect(ids((await asked(await drawDatabase(small), { filter })).runs)).toEqual(found);
});

test.each([
  'loss',
  'metrics.loss < x',
  "metrics.loss = '1'",
  'params.a < 1',
  "status = 'A' or 1 = 1",
  "name = 'a'; DROP TABLE runs",
  'constructor = 1',
  "params.a = 'b' and",
  'metrics.a < 1e999',
])('%j is no filter', (filter) => {
  expect(() => filterCondition(filter, () => true)).toThrow('A filter is like');
});

test('pages join where runs began at one time; a mark changes with what a run is given', async () => {
  const many = Array.from({ length: 2500 }, (_, at) => `('r${String(at).padStart(4, '0')}', NULL, 1, 'FINISHED', ${2000 + (at % 3)}, NULL, 'me', 'active')`);
  const grown = `${small} INSERT INTO runs VALUES ${many.join(', ')};`;
  const listed = async (sql: string, query: Partial<RunQuery> = {}) => {
    const { connection, all } = await asked(await drawDatabase(sql), { ids: [] });
    const found = new Map<string, string>();
    let count = 0;
    for await (const page of connection.runs({ projects: all.projects, filter: null, since: null, ...query }, signal)) {
      count += page.length;
      for (const { nativeId, mark } of page) found.set(nativeId, mark);
    }
    expect(count).toBe(found.size);
    return found;
  };
  const before = await listed(grown);
  expect(before.size).toBe(2503);
  expect(Math.max(...[...before.values()].map((mark) => mark.length))).toBeLessThanOrEqual(64);
  const changed = async (sql: string) => [...(await listed(`${grown} ${sql}`))].filter(([id, mark]) => before.get(id) !== mark).map(([id]) => id);
  expect(await changed("UPDATE latest_metrics SET step = 2 WHERE run_uuid = 'b' AND key = 'loss'")).toEqual(['b']);
  expect(await changed("INSERT INTO tags VALUES ('more', '', 'c')")).toEqual(['c']);
  expect(await changed("UPDATE runs SET status = 'FAILED' WHERE run_uuid = 'r0007'")).toEqual(['r0007']);
  const newest = await listed(grown, { newest: true });
  expect([newest.size, newest.has('b'), newest.has('a')]).toEqual([1001, true, false]);
  expect(new Set((await listed(grown, { glance: true })).values())).toEqual(new Set(['']));
  expect([...(await listed(grown, { since: 2002 as never })).keys()].length).toBe(833);
});
