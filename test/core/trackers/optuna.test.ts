// Optuna's storages over the door for SQL: what is read is what the reader of files reads, for every schema; filters, pages, marks.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { epochMs } from '../../../src/core/base/units';
import { download } from '../../../src/core/ingest/download';
import type { ReadRun } from '../../../src/core/model/run';
import { connect } from '../../../src/core/readers/optuna/connect';
import { filterCondition } from '../../../src/core/readers/optuna/filter';
import { tracker } from '../../../src/core/readers/optuna/tracker';
import { HttpError } from '../../../src/core/source/http';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedTree } from '../../../src/core/source/scripted';
import type { RunQuery } from '../../../src/core/source/tracker';
import { readTree } from '../../support/read';
import { drawDatabase } from '../../support/sqlite';
import { sqliteSql } from '../../support/sqlite-sql';

const { signal } = new AbortController();
const access = tracker.access({ address: 'postgresql://me@db.test/optuna' });

async function asked(bytes: Uint8Array, query: Partial<RunQuery> = {}) {
  const questions: string[] = [];
  const connection = await connect(access, await sqliteSql(bytes, questions), signal);
  const projects = [];
  for await (const page of connection.projects(signal)) projects.push(...page);
  const runs: ReadRun[] = [];
  const issues: string[] = [];
  const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
  const all = { projects: projects.map(({ id }) => id), filter: null, since: null, ...query };
  for await (const event of download({ tracker, connection, query: all, source: 0 }, options)) {
    if (event.kind === 'run') runs.push(event.read);
    if (event.kind === 'issue') issues.push(event.issue.message);
  }
  return { connection, projects, runs, issues, questions, all };
}

/** What of a run does not depend on where it lay. */
const described = ({ run, points }: ReadRun) => {
  const { id, nativeId, name, experiment, status, params, tags, summary, startedMs, endedMs, series, facts } = run;
  const curves = points.map(({ steps, values }) => [[...(steps ?? [])], [...values]]);
  const told = facts.map(({ kind, value }) => [kind, value]);
  return {
    id,
    nativeId,
    name,
    experiment,
    status,
    params,
    tags,
    summary,
    startedMs,
    endedMs,
    series,
    told,
    curves,
    issues: run.issues.map(({ code }) => code),
  };
};
const sorted = (runs: readonly ReadRun[]) => runs.map(described).sort((a, b) => (a.id < b.id ? -1 : 1));

/** As of 2019: one objective in the trial itself, intermediate values in `trial_values`, one direction in the study, no numbers. */
const schemas = {
  2019: `
    CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name TEXT, direction TEXT);
    CREATE TABLE trials (trial_id INTEGER PRIMARY KEY, study_id INTEGER, state TEXT, value FLOAT, datetime_start DATETIME, datetime_complete DATETIME);
    CREATE TABLE trial_params (param_id INTEGER PRIMARY KEY, trial_id INTEGER, param_name TEXT, param_value FLOAT, distribution_json TEXT);
    CREATE TABLE trial_values (trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER, step INTEGER, value FLOAT);
    INSERT INTO studies VALUES (1, 'old', 'MAXIMIZE'), (2, 'other', 'NOT_SET');
    INSERT INTO trials VALUES (5, 1, 'COMPLETE', 0.5, '2019-05-01 10:00:00.250000', NULL), (7, 2, 'RUNNING', NULL, NULL, NULL), (9, 1, 'FAIL', NULL, NULL, NULL);
    INSERT INTO trial_params VALUES (1, 5, 'units', 31.999999, '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 64}}'),
      (2, 5, 'gone', 7.0, '{"name": "CategoricalDistribution", "attributes": {"choices": []}}');
    INSERT INTO trial_values VALUES (1, 5, 2, 0.25), (2, 5, 1, NULL), (3, 9, 0, 4);`,
  // As of 2.0: objectives and intermediate values in tables of their own, without types; NULL is NaN.
  2020: `
    CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name TEXT);
    CREATE TABLE study_directions (study_direction_id INTEGER PRIMARY KEY, direction TEXT, study_id INTEGER, objective INTEGER);
    CREATE TABLE study_system_attributes (study_system_attribute_id INTEGER PRIMARY KEY, study_id INTEGER, key TEXT, value_json TEXT);
    CREATE TABLE trials (trial_id INTEGER PRIMARY KEY, number INTEGER, study_id INTEGER, state TEXT, datetime_start DATETIME, datetime_complete DATETIME);
    CREATE TABLE trial_params (param_id INTEGER PRIMARY KEY, trial_id INTEGER, param_name TEXT, param_value FLOAT, distribution_json TEXT);
    CREATE TABLE trial_values (trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER, objective INTEGER, value FLOAT);
    CREATE TABLE trial_intermediate_values (trial_intermediate_value_id INTEGER PRIMARY KEY, trial_id INTEGER, step INTEGER, intermediate_value FLOAT);
    CREATE TABLE trial_user_attributes (trial_user_attribute_id INTEGER PRIMARY KEY, trial_id INTEGER, key TEXT, value_json TEXT);
    INSERT INTO studies VALUES (1, 'two');
    INSERT INTO study_directions VALUES (1, 'MINIMIZE', 1, 1), (2, 'MAXIMIZE', 1, 0);
    INSERT INTO study_system_attributes VALUES (1, 1, 'other', '1'), (2, 1, 'study:metric_names', '["acc", "time"]');
    INSERT INTO trials VALUES (1, 0, 1, 'COMPLETE', '2021-05-01 10:00:00', '2021-05-01 11:00:00'), (2, 1, 1, 'PRUNED', NULL, NULL), (3, 2, 1, 'WAITING', NULL, NULL);
    INSERT INTO trial_values VALUES (1, 1, 1, 60), (2, 1, 0, 0.9);
    INSERT INTO trial_intermediate_values VALUES (1, 2, 3, 0.5), (2, 2, 1, NULL), (3, 1, 0, 1), (4, 2, 2, 7), (5, 2, 9, 8);
    INSERT INTO trial_user_attributes VALUES (2, 1, 'b', '[1]'), (1, 1, 'a', 'no json'), (3, 2, 'a', '"x"');`,
};

test.each(Object.entries(schemas))('a storage of %s: as the reader of files reads it, with the same ids', async (_, sql) => {
  const bytes = await drawDatabase(sql);
  const { runs, issues } = await asked(bytes);
  expect(sorted(runs)).toEqual(sorted((await readTree(scriptedTree({ 'study.db': bytes }))).runs));
  expect(runs.length).toBe(3);
  expect(issues).toEqual([]);
});

const whole = new Uint8Array(readFileSync('test/fixtures/optuna/rdb-5.0/input/optuna.db'));

test('a storage of today: as the reader of files reads it; a handful of questions for all of its trials', async () => {
  const { runs, questions } = await asked(whole);
  expect(runs.length).toBeGreaterThan(5);
  expect(sorted(runs)).toEqual(sorted((await readTree(scriptedTree({ 'optuna.db': whole }))).runs));
  expect(questions.length).toBeLessThan(20);
});

test('a database of something else is refused with the way on', async () => {
  const error = await asked(await drawDatabase('CREATE TABLE trials (trial_id INTEGER)')).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ code: 'bad-answer', message: expect.stringContaining('studies, trial_params'), tip: expect.stringContaining('GRANT SELECT') });
});

const states = (runs: readonly ReadRun[]) => runs.map(({ run }) => run.nativeId).sort();

test('runs are chosen by study, by id, by time and by a filter', async () => {
  const bytes = await drawDatabase(schemas[2020]);
  expect(states((await asked(bytes, { projects: [] })).runs)).toEqual([]);
  expect(states((await asked(bytes, { ids: ['3', '1', 'x', '99'] })).runs)).toEqual(['1', '3']);
  expect(states((await asked(bytes, { since: epochMs(Date.parse('2021-05-01T09:59:59Z')) })).runs)).toEqual(['1']);
  expect(states((await asked(bytes, { since: epochMs(Date.parse('2021-05-01T10:00:01Z')) })).runs)).toEqual([]);
  expect(states((await asked(bytes, { filter: "state = 'complete'" })).runs)).toEqual(['1']);
  expect(states((await asked(bytes, { filter: 'STATE not in (complete, PRUNED) and number >= 1' })).runs)).toEqual(['3']);
  expect(states((await asked(bytes, { filter: 'value > 0.5' })).runs)).toEqual(['1']);
  expect(states((await asked(bytes, { filter: 'value > 1' })).runs)).toEqual([]);
  expect(states((await asked(await drawDatabase(schemas[2019]), { filter: 'value = 0.5' })).runs)).toEqual(['5']);
});

test.each([
  'state < COMPLETE',
  'state = DONE',
  "state = COMPLETE'; DROP TABLE trials; --",
  'number = 1 or 1 = 1',
  'value in (1, 2)',
  'value = 0x10',
  'value < 1 and',
  'lr < 1',
  'value < Infinity',
])('%j is no filter, and nothing of it is asked', (filter) => {
  expect(() => filterCondition(filter, () => true)).toThrow('A filter of Optuna is like');
});

test('infinite values are found by their sign, not by the number that is kept for them', async () => {
  const bytes = await drawDatabase(
    `${schemas[2020]
      .replace('objective INTEGER, value FLOAT', 'objective INTEGER, value FLOAT, value_type TEXT')
      .replace(
        /INSERT INTO trial_values .*/,
        "INSERT INTO trial_values VALUES (1, 1, 0, 0.0, 'INF_POS'), (2, 2, 0, 0.0, 'INF_NEG'), (3, 3, 0, 0.0, 'FINITE');",
      )}`,
  );
  const by = async (filter: string) => states((await asked(bytes, { filter })).runs);
  expect([await by('value > -1'), await by('value < 1'), await by('value = 0'), await by('value != 0'), await by('value >= 5')]).toEqual([
    ['1', '3'],
    ['2', '3'],
    ['3'],
    ['1', '2'],
    ['1'],
  ]);
});

test('a mark changes with what a trial that goes on has; looks leave counting out, and see old trials that go on', async () => {
  const many = Array.from({ length: 2100 }, (_, at) => `(${at + 10}, ${at + 10}, 1, 'COMPLETE', NULL, NULL)`).join(', ');
  const grown = `${schemas[2020]} INSERT INTO trials VALUES ${many};`;
  const marks = async (sql: string, query: Partial<RunQuery>) => {
    const { connection, all } = await asked(await drawDatabase(sql), { ids: [] });
    const found = new Map<string, string>();
    let pages = 0;
    for await (const page of connection.runs({ projects: all.projects, filter: null, since: null, ...query }, signal)) {
      pages++;
      for (const { nativeId, mark } of page) found.set(nativeId, mark);
    }
    return { found, pages };
  };
  const all = await marks(grown, {});
  expect([all.found.size, all.pages]).toEqual([2103, 3]);
  // What is kept of a mark is no longer.
  expect(Math.max(...[...all.found.values()].map((mark) => mark.length))).toBeLessThanOrEqual(64);
  const newest = await marks(grown, { newest: true });
  expect([newest.found.size, newest.pages, newest.found.has('3'), newest.found.has('1')]).toEqual([1001, 1, true, false]);
  expect(new Set((await marks(grown, { glance: true })).found.values())).toEqual(new Set(['']));
  const more = await marks(`${grown} INSERT INTO trial_intermediate_values VALUES (9, 3, 0, 1);`, {});
  expect([...more.found].filter(([id, mark]) => all.found.get(id) !== mark).map(([id]) => id)).toEqual(['3']);
});

test('a trial that went away between list and read is told, and spares the others', async () => {
  const { connection, all } = await asked(await drawDatabase(schemas[2020]), { ids: [] });
  const gone = { nativeId: '77', project: '1', name: '#76', status: 'running', startedMs: null, user: null, mark: '' } as const;
  async function* listed() {
    for await (const page of connection.runs(all.projects.length > 0 ? { ...all, ids: ['1'] } : all, signal)) yield [gone, ...page];
  }
  const shaped = {
    ...connection,
    server: connection.server,
    user: null,
    runsAtOnce: 200,
    runs: listed,
    read: connection.read.bind(connection),
    projects: connection.projects,
  };
  const options = { signal, limits: defaultLimits, keepContents: false, asset: () => Promise.reject(new Error('none')) };
  const reading = download({ tracker, connection: shaped, query: all, source: 0 }, options);
  const told: string[] = [];
  for (let next = await reading.next(); ; next = await reading.next()) {
    if (next.done) {
      expect(next.value).toMatchObject({ listed: 2, read: 1, failed: 1, stopped: null });
      break;
    }
    if (next.value.kind === 'issue') told.push(next.value.issue.message);
  }
  expect(told).toEqual(['The trial 77 (#76) is not there any more: its study was deleted.']);
});
