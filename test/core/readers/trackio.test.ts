// Trackio's databases beyond the fixtures: old ones without run ids, nested metrics, media, metrics of the machine.
import { expect, test } from 'vitest';
import { scriptedTree } from '../../../src/core/source/scripted';
import { readTree } from '../../support/read';
import { drawDatabase } from '../../support/sqlite';

const old = `
  CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT, run_name TEXT, step INTEGER, metrics TEXT);
  CREATE TABLE configs (id INTEGER PRIMARY KEY AUTOINCREMENT, run_name TEXT, config TEXT, created_at TEXT);
  CREATE TABLE system_metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT, run_name TEXT, metrics TEXT);
  INSERT INTO metrics (timestamp, run_name, step, metrics) VALUES
    ('2026-01-01T00:00:00.500000', 'fox', 9007199254740993, '{"loss": "-Infinity"}'),
    ('2026-01-01T00:00:01', 'fox', 1, '{"loss": 0.5, "val": {"acc": true}, "note": "text", "img": {"_type": "trackio.image", "file_path": "x.png"}}'),
    ('2026-01-01T00:00:02', 'fox', 2, '{"loss": ');
  INSERT INTO configs (run_name, config) VALUES ('fox', '{"a": {"seed": 3}, "_Group": "g"}'), ('never logged', '[]');
  INSERT INTO system_metrics (timestamp, run_name, metrics) VALUES ('2026-01-01T00:00:01', 'fox', '{"gpu": 0.75}');`;

test('a database without run ids is read by name', async () => {
  const { runs } = await readTree(scriptedTree({ 'my-project.db': await drawDatabase(old) }));
  expect(runs.map(({ run }) => [run.nativeId, run.name, run.experiment, run.group])).toEqual([
    ['fox', 'fox', 'my-project', 'g'],
    ['never logged', 'never logged', 'my-project', null],
  ]);
  const [{ run, points }] = runs as [(typeof runs)[number]];
  expect(run.params).toEqual({ 'a.seed': 3 });
  expect(run.series.map(({ name, system }, at) => [name, system, points[at]?.steps && [...points[at].steps], [...(points[at]?.values ?? [])]])).toEqual([
    ['loss', false, [1, 2 ** 53], [0.5, Number.NEGATIVE_INFINITY]],
    ['system.gpu', true, null, [0.75]],
    ['val/acc', false, [1], [1]],
  ]);
  expect(run.media).toEqual([expect.objectContaining({ name: 'img', kind: 'image', count: 1 })]);
  expect(run.issues.map(({ code }) => code).sort()).toEqual(['bad-value', 'precision']);
  expect(runs[1]?.run.issues.map(({ code }) => code)).toEqual(['bad-value']);
});
