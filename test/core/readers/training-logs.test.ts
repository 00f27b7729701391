// Logs of training libraries as the fixtures do not show them: what is theirs, older generations, fallbacks, event files beside.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { fileOf, scalar, version } from '../../support/event-file';
import { allIssues, readTree } from '../../support/read';

async function read(files: ScriptedFiles) {
  const found = await readTree(scriptedTree(files, {}));
  for (const run of found.runs) assertRunIntegrity(run);
  return found;
}

/** `format path status {params}`, then a line per series. */
function drawn({ run, points }: ReadRun): string[] {
  const list = (values: object) => JSON.stringify(values).replaceAll('"', '');
  const series = run.series.map(({ name, context }, at) => {
    const { steps, values } = points[at]!;
    return `${name}${Object.keys(context).length > 0 ? list(context) : ''} ${[...values].map((value, row) => `${steps ? steps[row] : '_'}:${value}`).join(' ')}`;
  });
  return [`${run.format} ${run.path} ${run.status} ${list(run.params)}`, ...series.sort()];
}

const draw = async (files: ScriptedFiles) => (await read(files)).runs.map(drawn);

describe('keras', () => {
  test('with a validation every second epoch the file does not say which', async () => {
    const history = { loss: [1.5, 1.25, 1, 0.5], accuracy: [0.25, 0.5, 0.5, 0.75], val_loss: [1.25, 0.75], val_accuracy: [0.5, 0.5] };
    const { runs, issues } = await read({ 'a/history.json': JSON.stringify(history) });
    expect(runs.map(drawn)).toEqual([
      ['keras a unknown {}', 'accuracy 0:0.25 1:0.5 2:0.5 3:0.75', 'loss 0:1.5 1:1.25 2:1 3:0.5', 'val_accuracy _:0.5 _:0.5', 'val_loss _:1.25 _:0.75'],
    ]);
    expect(allIssues({ runs, issues }).map(({ code }) => code)).toContain('bad-value');
  });

  test.each([
    ['a loop that counts from 1', 'log.csv', 'epoch,accuracy,loss,val_accuracy,val_loss\n1,0.5,1,0.5,1\n2,0.6,0.9,0.6,0.9\n', 'csv'],
    ['a loop with names in an order of its own', 'log.csv', 'epoch,loss,accuracy,val_loss,val_accuracy\n0,1,0.5,1,0.5\n1,0.9,0.6,0.9,0.6\n', 'csv'],
    ['losses with double precision', 'log.csv', 'epoch,loss,val_loss\n0,1.1234567890123,1.2\n1,1.0234567890123,1.1\n', 'csv'],
    ['a dump of another loop', 'history.json', '{"train_loss": [1.5, 1.25], "val_loss": [1.5, 1.25]}', 'jsonl'],
    ['a dump with steps', 'history.json', '{"step": [10, 20], "loss": [1.5, 1.25], "acc": [0.5, 0.5], "val_loss": [1, 1], "val_acc": [0.5, 0.5]}', 'jsonl'],
  ])('leaves %s alone', async (_, name, text, format) => {
    expect((await read({ [`a/${name}`]: text })).runs.map(({ run }) => run.format)).toEqual([format]);
  });
});

describe('lightgbm', () => {
  test('cv as it names its curves', async () => {
    expect(await draw({ 'a/cv.json': '{"valid l2-mean": [0.5, 0.25], "valid l2-stdv": [0.125, 0.0625]}', 'a/params.json': '{"num_leaves": 7}' })).toEqual([
      ['lightgbm a unknown {num_leaves:7}', 'valid l2-mean 0:0.5 1:0.25', 'valid l2-stdv 0:0.125 1:0.0625'],
    ]);
  });

  test('results of XGBoost are not its own', async () => {
    expect((await read({ 'a/evals_result.json': '{"validation_0": {"rmse": [0.5, 0.25]}}' })).runs.map(({ run }) => run.format)).toEqual(['xgboost']);
  });

  test('what version 3 printed of cv, and a training that went on in the same log', async () => {
    const log = "[1]\tcv_agg's valid l2: 0.5 + 0.125\n[2]\tcv_agg's valid l2: 0.25 + 0.0625\n[1]\tcv_agg's valid l2: 0.75 + 0.5\n";
    const found = await read({ 'a/log.txt': log });
    expect(found.runs.map(drawn)).toEqual([['lightgbm a unknown {}', 'valid l2-mean 1:0.5 2:0.25 1:0.75', 'valid l2-stdv 1:0.125 2:0.0625 1:0.5']]);
    expect(allIssues(found).map(({ code }) => code)).toContain('step-restart');
  });
});

describe('xgboost', () => {
  const model =
    '{"learner":{"attributes":{"best_iteration":"4"},"feature_names":[],"gradient_booster":{"model":{"trees":[]},"name":"dart"},"learner_model_param":{"num_feature":"2"},"objective":{"name":"reg:gamma"}},"version":[2,1,0]}';

  test('names with blanks, thresholds and exponents as they are', async () => {
    expect(
      await draw({
        'a/evals.json': '{"train set": {"error@0.7": [1e-05, NaN]}}',
        'b/x.log': '[3]\ttrain-tweedie-nloglik@1.5:1e+05\n[4]\ttrain-tweedie-nloglik@1.5:inf\n',
      }),
    ).toEqual([
      ['xgboost a unknown {}', 'train set/error@0.7 0:0.00001 1:NaN'],
      ['xgboost b unknown {}', 'train-tweedie-nloglik@1.5 3:100000 4:Infinity'],
    ]);
  });

  test('a model beside the log of somebody else is left alone, one alone is a run', async () => {
    expect((await read({ 'a/model.json': model, 'a/metrics.csv': 'epoch,loss\n1,2\n2,1\n' })).runs.map(({ run }) => run.format)).toEqual(['csv']);
    const [run] = (await read({ 'a/model.json': model })).runs;
    expect(run?.run).toMatchObject({ format: 'xgboost', summary: { best_iteration: 4 }, params: { booster: 'dart', objective: 'reg:gamma', num_feature: 2 } });
  });

  test.each([
    ['numbered lines of others', 'a/x.log', '[0] step-loss: 1\n[1]\ttrain-loss:0.5\n'],
    ['settings by data set', 'a/x.json', '{"train": {"rmse": 0.5}}'],
  ])('leaves %s alone', async (_, name, text) => {
    expect((await read({ [name]: text })).runs.map(({ run }) => run.format)).not.toContain('xgboost');
  });
});

describe('catboost', () => {
  test('the tables where the JSON is gone, with its names', async () => {
    const files = { 'c/learn_error.tsv': 'iter\tRMSE\n0\t1\n1\t0.5\n', 'c/test_error.tsv': 'iter\tRMSE:0\tRMSE\n0\t2\t3\n1\t1\t2\n' };
    expect(await draw(files)).toEqual([['catboost c unknown {}', 'learn/RMSE 0:1 1:0.5', 'test/RMSE 0:2 1:1', 'test1/RMSE 0:3 1:2']]);
  });

  test('fewer iterations than asked for are no end', async () => {
    const meta = {
      learn_sets: ['learn'],
      learn_metrics: [{ name: 'RMSE', best_value: 'Min' }],
      test_sets: [],
      test_metrics: [],
      iteration_count: 10,
      name: 'mine',
    };
    const iterations = [0, 5].map((iteration) => ({ iteration, learn: [1 / (iteration + 1)] }));
    expect(await draw({ 'c/catboost_training.json': JSON.stringify({ meta, iterations }) })).toEqual([['catboost c unknown {}', `learn/RMSE 0:1 5:${1 / 6}`]]);
  });
});

describe('sb3', () => {
  test('rows of JSON, and monitors of several environments', async () => {
    const monitor = (reward: number) => `#{"t_start": 1700000000.5, "env_id": "Cart"}\nr,l,t\n${reward},14,2.25\n`;
    const files = {
      'p/progress.json': '{"time/total_timesteps": 10, "train/loss": 0.5}\n{"time/total_timesteps": 20, "train/loss": NaN, "eval/mean_reward": 3}\n',
      'p/0.monitor.csv': monitor(1),
      'p/1.monitor.csv': monitor(2),
    };
    const { runs } = await read(files);
    expect(runs.map(drawn)).toEqual([
      [
        'sb3 p unknown {}',
        'eval/mean_reward 20:3',
        'l{file:0.monitor.csv} _:14',
        'l{file:1.monitor.csv} _:14',
        'r{file:0.monitor.csv} _:1',
        'r{file:1.monitor.csv} _:2',
        'train/loss 10:0.5 20:NaN',
      ],
    ]);
    expect(runs[0]?.run).toMatchObject({ startedMs: 1700000000500, tags: { env_id: 'Cart' } });
    const episodes = runs[0]?.run.series.findIndex(({ name }) => name === 'r') ?? -1;
    expect(runs[0]?.points[episodes]?.times).toEqual(Float64Array.of(1700000002750));
  });

  test('evaluations add what the logger does not have, and nothing beside event files alone', async () => {
    const evaluations = new Uint8Array(readFileSync('test/fixtures/sb3/evaluations-only/input/evaluated/evaluations.npz'));
    const names = async (files: ScriptedFiles) =>
      (await read(files)).runs.map(({ run }) => `${run.format}: ${[...new Set(run.series.map(({ name }) => name))].join(' ')}`).sort();
    const rows = '{"time/total_timesteps": 10, "eval/mean_reward": 3, "eval/mean_ep_length": 9}\n';
    expect(await names({ 'a/progress.json': rows, 'a/evaluations.npz': evaluations })).toEqual([
      'sb3: eval/mean_ep_length eval/mean_reward eval/success_rate successes',
    ]);
    const monitor = '#{"t_start": 1700000000.5, "env_id": "Cart"}\nr,l,t\n1,14,2.25\n';
    const events = fileOf(version(), scalar('eval/mean_reward', 3, { step: 1 }));
    expect(await names({ 'a/monitor.csv': monitor, 'a/evaluations.npz': evaluations, 'a/events.out.tfevents.1.h': events })).toEqual([
      'sb3: eval/mean_reward l r',
    ]);
  });
});

describe('ray', () => {
  const result = '{"loss": 0.5, "flag": true, "list": [1], "timestamp": 1700000000, "training_iteration": 1, "trial_id": "ab_1", "done": true}\n';

  test('one trial alone tells its end itself', async () => {
    expect(await draw({ 'params.json': '{"a": {"b": 1}, "f": {"_type": "CLOUDPICKLE_FALLBACK", "value": "80"}}', 'result.json': result })).toEqual([
      ['ray . finished {a.b:1,f:pickled object}', 'loss 1:0.5'],
    ]);
  });

  test('a state of the older generation, and a trial that has not reported', async () => {
    const trial = (id: string, status: string) => JSON.stringify({ trial_id: id, trainable_name: 'f', status, config: { lr: 1 }, logdir: `/there/f_${id}` });
    const files = {
      'e/experiment_state-2022-01-01_00-00-00.json': JSON.stringify({ checkpoints: [trial('ab_1', 'ERROR'), trial('ab_2', 'PENDING')] }),
      'e/f_ab_1/result.json': result,
      'e/f_ab_1/params.json': '{}',
      'e/f_ab_2/params.json': '{"lr": 2}',
      'e/f_ab_2/params.pkl': 'x',
    };
    const { runs } = await read(files);
    expect(runs.map(drawn)).toEqual([['ray e/f_ab_1 failed {}', 'loss 1:0.5'], ['ray e/f_ab_2 unknown {lr:2}']]);
    expect(runs.map(({ run }) => [run.nativeId, run.name, run.experiment, run.nativeStatus])).toEqual([
      ['ab_1', 'f_ab_1', 'e', 'ERROR'],
      ['ab_2', 'f_ab_2', 'e', 'PENDING'],
    ]);
  });

  test('the table where the results are gone', async () => {
    const table = 'loss,val/acc,timestamp,training_iteration,trial_id,hostname\n0.5,,1700000000,1,ab_1,vm\n0.25,1,1700000001,2,ab_1,vm\n';
    expect(await draw({ 't/progress.csv': table, 't/params.json': '{"lr": 2}' })).toEqual([['ray t unknown {lr:2}', 'loss 1:0.5 2:0.25', 'val/acc 2:1']]);
  });
});

describe('hydra', () => {
  const job = { 'j/.hydra/config.yaml': 'lr: 0.5\nseed: 3\n', 'j/.hydra/overrides.yaml': '- lr=0.5\n' };

  test('event files and a table become one run; a curve in both is one, with the table’s exact values, and a differing one stays beside', async () => {
    const files = {
      ...job,
      'j/metrics.csv': 'step,loss,acc\n0,0.1,0.5\n1,0.2,0.6\n',
      'j/events.out.tfevents.1.a': fileOf(version(), scalar('loss', 0.1, { step: 0 }), scalar('loss', 0.2, { step: 1 }), scalar('acc', 0.75, { step: 0 })),
      'j/val/events.out.tfevents.1.a': fileOf(version(), scalar('loss', 0.25, { step: 1 })),
    };
    expect(await draw(files)).toEqual([
      ['hydra j unknown {lr:0.5,seed:3}', 'acc 0:0.75', 'acc{source:csv} 0:0.5 1:0.6', 'loss 0:0.1 1:0.2', 'loss{subrun:val} 1:0.25'],
    ]);
  });

  test('a job that wrote nothing is a run of settings; beside a tracker’s run it is part of that', async () => {
    expect(await draw({ ...job, 'j/app.log': 'done\n' })).toEqual([['hydra j unknown {lr:0.5,seed:3}']]);
    const lightning = { 'j/lightning_logs/version_0/metrics.csv': 'step,loss\n0,1\n', 'j/lightning_logs/version_0/hparams.yaml': 'a: 1\n' };
    expect(await draw({ ...job, ...lightning })).toEqual([['lightning j unknown {a:1,lr:0.5,seed:3}', 'loss 0:1']]);
  });
});

describe('dvclive', () => {
  test('of several stages the one that names the folder, and without a lock the settings as they stand', async () => {
    const files = {
      'dvc.yaml': 'stages:\n  prep:\n    cmd: python prep.py\n    params: [prep]\n  fit:\n    cmd: python fit.py\n    params: [fit.lr]\n    outs: [live]\n',
      'params.yaml': 'prep: {k: 1}\nfit: {lr: 0.5, other: 2}\n',
      'live/metrics.json': '{"loss": "inf", "step": 0}',
      'live/plots/metrics/loss.tsv': 'step\tloss\n0\tinf\n',
    };
    const { runs } = await read(files);
    expect(runs.map(drawn)).toEqual([['dvclive live unknown {fit.lr:0.5}', 'loss 0:Infinity']]);
    expect(runs[0]?.run.summary).toEqual({ loss: Number.POSITIVE_INFINITY, step: 0 });
    expect(runs[0]?.run.facts).toContainEqual({
      kind: 'command',
      value: 'python fit.py',
      evidence: [{ file: '../dvc.yaml', where: 'key stages.fit.cmd', value: 'python fit.py' }],
    });
  });
});

describe('guild', () => {
  test('an id that looks like a number, and a run without an end', async () => {
    const attrs = { 'r/.guild/opref': "script:/x '' '' t.py", 'r/.guild/attrs/id': '12345678901234567890123456789012\n', 'r/.guild/attrs/label': '1.0\n' };
    const { runs } = await read({ ...attrs, 'r/.guild/LOCK': '1' });
    expect(runs.map(({ run }) => [run.nativeId, run.name, run.status])).toEqual([['12345678901234567890123456789012', '1.0', 'running']]);
  });
});

describe('sacred', () => {
  test('pickled objects become plain values, scalars of numpy their value', async () => {
    const run = { experiment: { name: 'e' }, start_time: '2026-01-01T00:00:00.5', heartbeat: null, status: 'TIMEOUT', result: null, artifacts: ['gone.bin'] };
    const files = {
      's/4/run.json': JSON.stringify(run),
      's/4/config.json':
        '{"t": {"py/tuple": [1, 2]}, "a": {"py/object": "numpy.ndarray", "dtype": "f", "values": [3]}, "o": {"py/object": "m.C", "x": 1}, "seed": 5}',
      's/4/metrics.json': '{"m": {"steps": [0], "timestamps": ["2026-01-01T00:00:01"], "values": [{"dtype": "float64", "value": 0.5}]}}',
    };
    const { runs, issues } = await read(files);
    expect(runs.map(drawn)).toEqual([['sacred s/4 killed {t:[1,2],a:[3],o:m.C,seed:5}', 'm 0:0.5']]);
    expect(allIssues({ runs, issues }).map(({ code }) => code)).toEqual(['missing-file']);
  });
});

describe('ultralytics', () => {
  test('a padded header, epochs from 0, settings in two files', async () => {
    const files = {
      'exp/results.csv':
        '               epoch,      train/box_loss,   metrics/mAP_0.5\n                   0,                 0.5,              0.25\n                   1,                0.25,               nan\n',
      'exp/opt.yaml': 'epochs: 2\nseed: 1\nname: exp\n',
      'exp/hyp.yaml': 'lr0: 0.01\n',
    };
    expect(await draw(files)).toEqual([
      ['ultralytics exp finished {lr0:0.01,epochs:2,seed:1,name:exp}', 'metrics/mAP_0.5 0:0.25 1:NaN', 'train/box_loss 0:0.5 1:0.25'],
    ]);
  });
});
