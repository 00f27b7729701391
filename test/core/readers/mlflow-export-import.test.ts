// Exports as the fixtures do not show them: other generations, what the exporter lost, one file alone.
import { expect, test } from 'vitest';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { allIssues, readTree } from '../../support/read';

const run = (id: string, data: object) =>
  JSON.stringify({ system: { script: 'export_run.py' }, mlflow: { info: { run_id: id, status: 'FINISHED' }, ...data } });
const read = (files: ScriptedFiles) => readTree(scriptedTree(files, {}));

test('sections in `data`, and a metric of which only the last value was exported', async () => {
  const { runs } = await read({
    'a/run.json': run('a1', { data: { params: { lr: '0.1' }, metrics: { loss: [{ value: 1, timestamp: 5, step: 2 }], acc: 0.5 }, tags: {} } }),
  });
  expect(runs.map(({ run }) => [run.format, run.nativeId, run.params, run.series.map(({ name, count, lastStep }) => [name, count, lastStep])])).toEqual([
    [
      'mlflow-export-import',
      'a1',
      { lr: '0.1' },
      [
        ['acc', 1, null],
        ['loss', 1, 2],
      ],
    ],
  ]);
});

test('an exported run is the same run as in a store', async () => {
  const id = '0123456789abcdef0123456789abcdef';
  const meta = `artifact_uri: mlruns/1/${id}/artifacts\nexperiment_id: '1'\nrun_id: ${id}\nstatus: 3\nlifecycle_stage: active\n`;
  const exported = await read({ 'a/run.json': run(id, { params: {}, metrics: {}, tags: {} }) });
  const stored = await read({ [`${id}/meta.yaml`]: meta });
  expect(exported.runs.map(({ run }) => run.id)).toEqual(stored.runs.map(({ run }) => run.id));
});

test('what the exporter lost is told', async () => {
  const experiment = { info: { failed_runs: ['c3'] }, mlflow: { experiment: { experiment_id: '4', name: 'e' }, runs: ['a1', 'b2'] } };
  const found = await read({
    'x/experiment.json': JSON.stringify(experiment),
    'x/a1/run.json': run('a1', { params: {}, metrics: { loss: [{ value: 'x' }] }, tags: {} }),
  });
  expect(found.runs.map(({ run }) => run.experiment)).toEqual(['e']);
  expect(
    allIssues(found)
      .map(({ code }) => code)
      .sort(),
  ).toEqual(['bad-value', 'export-errors', 'missing-file']);
});

test('a run.json of others is not taken', async () => {
  const found = await read({ 'a/run.json': '{"experiment": {"name": "e"}, "status": "COMPLETED"}', 'b/run.json': '{"commit": "abc", "mlflow": true}' });
  expect(found.runs.filter(({ run }) => run.format === 'mlflow-export-import')).toEqual([]);
});
