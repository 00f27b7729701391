// MLflow databases of any schema: old ones, odd values, artifacts beside them, a file store beside them, damage.
import { describe, expect, test } from 'vitest';
import { readers } from '../../../src/core/readers';
import { scriptedTree } from '../../../src/core/source/scripted';
import { filesOf, fixtureCases } from '../../support/fixtures';
import { readTree } from '../../support/read';
import { drawDatabase } from '../../support/sqlite';

const id = (digit: number) => String(digit).repeat(32);

/** As of 2018: no steps, no NaN flag, no data sets, numbers for experiments, no index on runs. */
const oldest = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT);
  CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, source_name TEXT, source_version TEXT, user_id TEXT, status TEXT, start_time BIGINT, end_time BIGINT, experiment_id INTEGER);
  CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
  CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
  CREATE TABLE metrics (key TEXT, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid TEXT, PRIMARY KEY (key, timestamp, run_uuid, value));
  INSERT INTO experiments VALUES (1, 'größe 100%', 'active');`;

const newer = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT);
  CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, user_id TEXT, status TEXT, start_time BIGINT, end_time BIGINT, lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);
  CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
  CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT, PRIMARY KEY (key, run_uuid));
  CREATE TABLE metrics (key TEXT, value FLOAT NOT NULL, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
  INSERT INTO experiments VALUES (1, 'digits', 'active');`;
const run = (digit: number, uri = '', stage = 'active') =>
  `INSERT INTO runs VALUES ('${id(digit)}', 'run ${digit}', 'me', 'FINISHED', 1000, 2000, '${stage}', '${uri}', 1);`;

const read = async (sql: string, beside: Record<string, string> = {}, name = 'backend.db') =>
  readTree(scriptedTree({ [name]: await drawDatabase(sql), ...beside }));

describe('a database', () => {
  test('of 2018 is read: no step is step 0, script and commit are columns', async () => {
    const commit = 'a5dafde8233695ae54f4a09f57236f611deaf5a8';
    const { runs } = await read(`${oldest}
      INSERT INTO runs VALUES ('${id(1)}', '', 'https://me:secret@x/train.py', '${commit}', 'me', 'FAILED', 1000, 2000, 1);
      INSERT INTO tags VALUES ('mlflow.runName', 'fox', '${id(1)}');
      INSERT INTO params VALUES ('seed', '7', '${id(1)}'), ('__proto__', 'x', '${id(1)}');
      INSERT INTO metrics VALUES ('loss', 0.5, 20, '${id(1)}'), ('loss', 1, 10, '${id(1)}');`);
    const [{ run: only, points }] = runs as [(typeof runs)[number]];
    expect(only).toMatchObject({
      nativeId: id(1),
      name: 'fox',
      experiment: 'größe 100%',
      status: 'failed',
      startedMs: 1000,
      endedMs: 2000,
      user: 'me',
      path: 'backend.db',
    });
    expect(Object.entries(only.params)).toEqual([
      ['__proto__', 'x'],
      ['seed', '7'],
    ]);
    expect(points.map(({ steps, values, times }) => [steps, values, times].map((column) => [...(column ?? [])]))).toEqual([
      [
        [0, 0],
        [1, 0.5],
        [10, 20],
      ],
    ]);
    expect(Object.fromEntries(only.facts.map(({ kind, value }) => [kind, value]))).toEqual({ git_commit: commit, entry_point: 'https://x/train.py', seed: 7 });
  });

  test('gives points by time, step and value, NaN by its flag, infinity as it is clamped, steps to the last digit', async () => {
    const rows = [
      ['b', 1.5, 30, 1, 0],
      ['b', -1.7976931348623157e308, 10, 5, 0],
      ['b', 1.7976931348623157e308, 10, 4, 0],
      ['b', 0, 20, 3, 1],
      ['b', 0.25, 20, 3, 0],
      ['a', 2, 10, '9007199254740993', 0],
      ['a', 1, 10, -3, 0],
    ];
    const { runs } = await read(
      `${newer}${run(1)}${rows.map(([key, ...rest]) => `INSERT INTO metrics VALUES ('${key}', ${rest[0]}, ${rest[1]}, '${id(1)}', ${rest[2]}, ${rest[3]});`).join('')}`,
    );
    const [{ run: only, points }] = runs as [(typeof runs)[number]];
    expect(only.series.map(({ name, exactSteps }) => [name, exactSteps])).toEqual([
      ['a', { 1: '9007199254740993' }],
      ['b', undefined],
    ]);
    expect(points.map(({ steps, values }) => [[...(steps ?? [])], [...values]])).toEqual([
      [
        [-3, 2 ** 53],
        [1, 2],
      ],
      [
        [4, 5, 3, 3, 1],
        [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0.25, 1.5],
      ],
    ]);
    expect(only.issues.map(({ code }) => code)).toContain('precision');
  });

  test('of many points gives all of them, in bounded batches', async () => {
    const count = 70_001;
    const { runs } = await read(`${newer}${run(1)}
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1}) INSERT INTO metrics SELECT 'loss', i * 0.5, i, '${id(1)}', i, 0 FROM n;`);
    expect(runs[0]?.run.series[0]).toMatchObject({ count, first: 0, last: (count - 1) / 2, lastStep: count - 1 });
  });

  test('finds artifacts beside it: usual places, the end of the stored address, names with %', async () => {
    const { runs } = await read(
      `${newer}${run(1)}${run(2, `file:///home/x/kept%20here/b/${id(2)}/artifacts`)}${run(3, `mlflow-artifacts:/1/${id(3)}/artifacts`)}${run(4, 's3://bucket/1/elsewhere/artifacts')}`,
      {
        [`mlruns/1/${id(1)}/artifacts/model/a%20b.txt`]: 'one',
        [`kept here/b/${id(2)}/artifacts/two.txt`]: 'two',
        [`mlartifacts/1/${id(3)}/artifacts/three.txt`]: 'three',
        [`mlartifacts/1/${id(3)}/artifacts/images/val~grid+step+3+timestamp+1+u.png`]: 'png',
        [`mlartifacts/1/${id(3)}/artifacts/images/val~grid+step+3+timestamp+1+u+compressed.webp`]: 'webp',
        [`mlartifacts/1/${id(3)}/artifacts/checkpoints/epoch=1-step=200.ckpt`]: 'weights',
      },
    );
    expect(runs.map(({ run: one }) => one.artifacts.map(({ path }) => path))).toEqual([
      ['model/a%20b.txt'],
      ['two.txt'],
      ['checkpoints/epoch=1-step=200.ckpt', 'images/val~grid+step+3+timestamp+1+u+compressed.webp', 'images/val~grid+step+3+timestamp+1+u.png', 'three.txt'],
      [],
    ]);
    expect(runs[2]?.run).toMatchObject({
      media: [
        { name: 'three.txt', kind: 'text', count: 1 },
        { name: 'val/grid', kind: 'image', count: 1 },
      ],
      facts: [{ kind: 'checkpoint', value: [{ path: 'checkpoints/epoch=1-step=200.ckpt', step: 200 }] }],
    });
  });

  test('an address of artifacts never leads out of the folder', async () => {
    const { runs } = await readTree(
      scriptedTree({
        'in/backend.db': await drawDatabase(`${newer}${run(1, `file:///x/../../secret/${id(1)}/artifacts`)}`),
        [`secret/${id(1)}/artifacts/key`]: 'x',
      }),
    );
    expect(runs[0]?.run.artifacts).toEqual([]);
  });

  test('lies beside the file store that it was made from: a run in both is one run', async () => {
    const meta = (kind: string) => kind.replaceAll('; ', '\n');
    const { runs } = await read(`${newer}${run(1)}INSERT INTO metrics VALUES ('loss', 0.5, 10, '${id(1)}', 1, 0), ('loss', 0.25, 20, '${id(1)}', 2, 0);`, {
      'mlruns/1/meta.yaml': meta("artifact_location: x; experiment_id: '1'; lifecycle_stage: active; name: digits; "),
      [`mlruns/1/${id(1)}/meta.yaml`]: meta(`artifact_uri: x; run_id: ${id(1)}; run_name: run 1; status: 3; `),
      [`mlruns/1/${id(1)}/metrics/loss`]: '10 0.5 1\n20 0.25 2\n',
      [`mlruns/1/${id(1)}/artifacts/a.txt`]: 'a',
    });
    expect(runs.map(({ run: one }) => [one.nativeId, one.format, one.artifacts.length, one.series[0]?.count])).toEqual([[id(1), 'mlflow-sqlite', 1, 2]]);
  });

  test('a deleted run is marked; one without points or end is a run', async () => {
    const { runs } = await read(`${newer}${run(1, '', 'deleted')}INSERT INTO runs (run_uuid, status) VALUES ('${id(2)}', 'SCHEDULED');`);
    expect(runs.map(({ run: one }) => [one.deleted, one.status, one.experiment, one.facts.map(({ kind }) => kind)])).toEqual([
      [true, 'finished', 'digits', ['lifecycle_stage']],
      [false, 'unknown', null, []],
    ]);
  });

  test('without runs says so; other databases are not taken', async () => {
    expect((await read(newer)).issues.map(({ code }) => code)).toEqual(['empty']);
    for (const sql of [
      'CREATE TABLE runs (a); CREATE TABLE metrics (b);',
      'CREATE TABLE studies (a); CREATE TABLE trials (b); CREATE TABLE alembic_version (c);',
    ])
      expect((await read(sql, {}, 'mlflow.db')).issues.map(({ code }) => code)).toEqual(['unrecognised']);
  });
});

test('a real database, cut at any page, tells what is lost and never throws', async () => {
  const fixture = fixtureCases.find((one) => one.id === 'mlflow-sqlite/sweep-2.14-server-db');
  const files = filesOf(fixture!);
  const whole = files['backend.db']!;
  for (let share = 1; share < 8; share++) {
    const { runs, issues } = await readTree(scriptedTree({ 'backend.db': whole.slice(0, Math.floor((whole.length * share) / 8)) }));
    const codes = [...issues, ...runs.flatMap((one) => one.run.issues)].map(({ code }) => code);
    expect(codes, `${share}/8`).not.toContain('reader-error');
    expect(
      codes.some((code) => code === 'bad-record' || code === 'unrecognised'),
      `${share}/8: ${codes.join()}`,
    ).toBe(true);
  }
});

test('all readers of MLflow are one family', () => {
  const families = readers.filter(({ meta }) => meta.id.startsWith('mlflow-')).map(({ meta }) => meta.family);
  expect(families.length).toBeGreaterThan(1);
  expect(new Set(families)).toEqual(new Set(['mlflow']));
});
