// Optuna's storages beyond the fixtures: old schemas, and what a journal's replay refuses.
import { describe, expect, test } from 'vitest';
import { scriptedTree } from '../../../src/core/source/scripted';
import { allIssues, readTree } from '../../support/read';
import { drawDatabase } from '../../support/sqlite';

/** As of 2019: one objective in the trial itself, intermediate values in `trial_values`, one direction in the study. */
const oldest = `
  CREATE TABLE studies (study_id INTEGER PRIMARY KEY, study_name TEXT, direction TEXT);
  CREATE TABLE trials (trial_id INTEGER PRIMARY KEY, study_id INTEGER, state TEXT, value FLOAT, datetime_start DATETIME, datetime_complete DATETIME);
  CREATE TABLE trial_params (param_id INTEGER PRIMARY KEY, trial_id INTEGER, param_name TEXT, param_value FLOAT, distribution_json TEXT);
  CREATE TABLE trial_values (trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER, step INTEGER, value FLOAT);
  INSERT INTO studies VALUES (1, 'old', 'MAXIMIZE');
  INSERT INTO trials VALUES (5, 1, 'COMPLETE', 0.5, '2019-05-01 10:00:00.250000', NULL), (9, 1, 'FAIL', NULL, NULL, NULL);
  INSERT INTO trial_params VALUES
    (1, 5, 'units', 31.999999, '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 64}}'),
    (2, 5, 'act', 1.0, '{"name": "CategoricalDistribution", "attributes": {"choices": ["relu", null, Infinity]}}'),
    (3, 5, 'gone', 7.0, '{"name": "CategoricalDistribution", "attributes": {"choices": []}}');
  INSERT INTO trial_values VALUES (1, 5, 2, 0.25), (2, 5, 1, NULL);`;

test('a database of 2019 is read', async () => {
  const { runs } = await readTree(scriptedTree({ 'study.db': await drawDatabase(oldest) }));
  expect(runs.map(({ run }) => [run.nativeId, run.name, run.status])).toEqual([
    ['5', '#0', 'finished'],
    ['9', '#1', 'failed'],
  ]);
  const [{ run, points }] = runs as [(typeof runs)[number]];
  expect(run).toMatchObject({ params: { units: 32, act: null }, summary: { value: 0.5 }, startedMs: Date.parse('2019-05-01T10:00:00.250Z') });
  expect(run.facts.find(({ kind }) => kind === 'directions')?.value).toEqual(['maximize']);
  expect(run.issues.map(({ code, message }) => [code, message])).toEqual([['bad-value', 'The parameter gone does not fit its distribution.']]);
  expect([...(points[0]?.steps ?? [])]).toEqual([1, 2]);
  expect([...(points[0]?.values ?? [])]).toEqual([Number.NaN, 0.25]);
});

describe('a journal', () => {
  const journal = (...lines: readonly string[]) => readTree(scriptedTree({ 'journal.log': lines.join('\n') }));
  const study = (name: string) => `{"op_code":0,"worker_id":"w","study_name":"${name}","directions":[2]}`;
  const trial = (id: number) => `{"op_code":4,"worker_id":"w","study_id":${id},"datetime_start":"2026-01-01T00:00:00+00:00"}`;

  test('refuses a second study of one name, trials of none, and changes to what is finished', async () => {
    const { runs } = await journal(
      study('a'),
      study('a'),
      study('b'),
      trial(7),
      trial(1),
      '{"op_code":7,"worker_id":"w","trial_id":0,"step":3,"intermediate_value":NaN}',
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[1.5],"datetime_complete":"2026-01-01T00:00:01+00:00"}',
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":3,"values":null}',
      '',
    );
    expect(runs.map(({ run }) => [run.nativeId, run.experiment, run.status, run.summary.value])).toEqual([['0', 'b', 'finished', 1.5]]);
    expect([...(runs[0]?.points[0]?.values ?? [])]).toEqual([Number.NaN]);
  });

  test('tells a line that is none, and half a line at the end', async () => {
    const read = await journal(study('a'), 'x', trial(0), '{"op_code":6,"worker');
    expect(read.runs).toHaveLength(1);
    expect(allIssues(read).map(({ code, where }) => [code, where])).toEqual([
      ['bad-record', 'line 2'],
      ['truncated', undefined],
    ]);
  });
});
