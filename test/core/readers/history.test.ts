// Hand-made logs as they are met outside: what is a history, whose run it is, which column plays which part.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ingestWith } from '../../../src/core/ingest/ingest';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { reader as skeleton } from '../../../src/core/readers/_skeleton/reader';
import { reader as csv } from '../../../src/core/readers/csv/reader';
import { reader as jsonl } from '../../../src/core/readers/jsonl/reader';
import { type ScriptedFiles, scriptedTree } from '../../../src/core/source/scripted';
import { readTree } from '../../support/read';

const ingest = ingestWith([csv, jsonl]);

async function read(files: ScriptedFiles, named?: string) {
  const { runs, issues } = await readTree(scriptedTree(files, named === undefined ? {} : { named }), { ingest });
  for (const run of runs) assertRunIntegrity(run);
  return { runs, issues };
}

/** A run as text: `path name {params}` and a line per series: `name {context} step:value …`. */
function drawn({ run, points }: ReadRun): string[] {
  const list = (values: object) => JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)).replaceAll('"', '');
  const series = run.series.map(({ name, context }, at) => {
    const { steps, values } = points[at]!;
    return `${name}${Object.keys(context).length > 0 ? list(context) : ''} ${[...values].map((value, row) => `${steps ? steps[row] : '_'}:${value}`).join(' ')}`;
  });
  return [`${run.path} ${run.name ?? '-'} ${list(run.params)}`, ...series];
}

async function draw(files: ScriptedFiles, named?: string) {
  return (await read(files, named)).runs.map(drawn);
}

describe('what is a run and what is not', () => {
  test.each([
    ['a data set', 'iris.csv', 'sepal_length,sepal_width,species\n5.1,3.5,setosa\n4.9,3,setosa\n'],
    ['a data set with an index of pandas', 'train.csv', ',age,income\n0,31,5\n1,32,6\n2,30,7\n'],
    ['a data set with a target', 'train.csv', 'PassengerId,Survived,Age\n1,0,22\n2,1,38\n'],
    ['a series of prices', 'prices.csv', 'date,open,close\n2026-01-01,1,2\n2026-01-02,2,3\n'],
    ['a table of results', 'results.csv', 'run,lr,val_acc\na,0.1,0.5\nb,0.2,0.6\n'],
    ['a table of results with names and epochs', 'results.csv', 'Name,epochs,val_acc\na,10,0.5\nb,10,0.6\n'],
    ['results per fold', 'cv_results.csv', 'fold,train_acc,val_acc\n0,0.5,0.4\n1,0.6,0.5\n'],
    ['a data set with a column “index”', 'data.csv', 'index,id,year,price,score\n0,7,1990,5,1\n1,8,1991,6,2\n'],
    ['prose', 'notes.txt', 'we trained it\nfor a while\nand then it broke\n'],
    ['records without steps', 'data.jsonl', '{"text": "a", "label": 1}\n{"text": "b", "label": 0}\n'],
    ['a settings file', 'config.json', '{"lr": 0.1, "layers": [64, 64, 10]}'],
    ['settings that name epochs', 'config.json', '{"lr": 0.1, "epochs": 10, "loss": "ce"}'],
    ['final results', 'results.json', '{"accuracy": 0.9, "loss": 0.1}'],
    ['a structured log', 'app.jsonl', '{"level": "info", "ts": 1795420000.5, "msg": "start"}\n{"level": "info", "ts": 1795420001.5, "msg": "go"}\n'],
    ['a package file', 'package.json', '{"name": "x", "version": "1.0.0", "dependencies": {"a": "1"}}'],
    ['nothing', 'empty.csv', ''],
  ])('%s is none', async (_, name, text) => {
    expect(await draw({ [name]: text })).toEqual([]);
  });

  test('a data set that is named directly is read as it is', async () => {
    expect(await draw({ 'iris.csv': 'width,species\n5.1,setosa\n4.9,setosa\n' }, 'iris.csv')).toEqual([['iris.csv - {species:setosa}', 'width _:5.1 _:4.9']]);
  });

  test('a header alone is a run that has just begun', async () => {
    const { runs } = await read({ 'a/log.csv': 'epoch,train_loss\n', 'b/log.csv': 'epoch,train_loss\n' });
    expect(runs.map(({ run }) => [run.path, run.issues.map(({ code }) => code)])).toEqual([
      ['a', ['empty']],
      ['b', ['empty']],
    ]);
  });
});

describe('which column is the step', () => {
  test.each([
    ['epoch,step,loss\n0,100,1\n1,200,2\n', ['epoch 100:0 200:1', 'loss 100:1 200:2']],
    ['epoch,iter,loss\n0,0,1\n0,1,2\n1,0,3\n1,1,4\n2,0,5\n', ['epoch _:0 _:0 _:1 _:1 _:2', 'iter _:0 _:1 _:0 _:1 _:0', 'loss _:1 _:2 _:3 _:4 _:5']],
    ['trainer/global_step,loss\n5,1\n10,2\n', ['loss 5:1 10:2']],
    [',loss\n0,1\n1,2\n', ['loss 0:1 1:2']],
    ['Epoch\tAverageEpRet\tTotalEnvInteracts\n0\t1\t4000\n1\t2\t8000\n', ['AverageEpRet 0:1 1:2', 'TotalEnvInteracts 0:4000 1:8000']],
    ['loss,val_loss\n3,4\n2,3\n', ['loss _:3 _:2', 'val_loss _:4 _:3']],
  ])('%j', async (text, series) => {
    expect((await draw({ 'history.csv': text }))[0]?.slice(1)).toEqual(series);
  });

  test('times are told by their size or read from text', async () => {
    for (const [time, ms] of [
      ['1795420000.5', 1795420000500],
      ['1795420000500', 1795420000500],
      ['2026-11-23 10:20:30.25', Date.UTC(2026, 10, 23, 10, 20, 30, 250)],
      ['2026-11-23T10:20:30+01:00', Date.UTC(2026, 10, 23, 9, 20, 30)],
    ] as const) {
      const { runs } = await read({ 'log.csv': `step,timestamp,loss\n0,${time},1\n1,${time},2\n` });
      expect(runs[0]?.run.series.map(({ name }) => name)).toEqual(['loss']);
      expect([...(runs[0]?.points[0]?.times ?? [])]).toEqual([ms, ms]);
    }
    expect(await draw({ 'log.csv': 'step,time,loss\n0,1.5,1\n1,3.5,2\n' })).toEqual([['log.csv - {}', 'loss 0:1 1:2', 'time 0:1.5 1:3.5']]);
  });
});

describe('whose run it is', () => {
  test('a folder with one log is a run with its settings; several logs are a run each', async () => {
    expect(
      await draw({
        'a/log.csv': 'step,loss\n0,1\n',
        'a/args.yaml': 'optim: {lr: 1.0e-3}\nseed: 7\n',
        'b/x.csv': 'step,loss\n0,1\n',
        'b/y.csv': 'step,loss\n0,2\n',
        'b/y.json': '{"lr": 2}',
      }),
    ).toEqual([
      ['a - {optim.lr:0.001,seed:7}', 'loss 0:1'],
      ['b/x.csv - {}', 'loss 0:1'],
      ['b/y.csv - {lr:2}', 'loss 0:2'],
    ]);
  });

  test('logs whose names differ in the split are one run', async () => {
    expect(await draw({ 'r/train_log.csv': 'epoch,loss\n0,1\n', 'r/val_log.csv': 'epoch,loss,acc\n0,2,3\n' })).toEqual([
      ['r - {}', 'acc 0:3', 'loss{file:train_log.csv} 0:1', 'loss{file:val_log.csv} 0:2'],
    ]);
  });

  test('a seed makes runs where steps start again under it, and not where it just stands there', async () => {
    const many = await read({ 'r.csv': 'seed,epoch,loss,lr\n1,0,1,0.1\n1,1,2,0.1\n2,0,3,0.2\n2,1,4,0.2\n' });
    expect(many.runs.map(drawn)).toEqual([
      ['r.csv 1 {lr:0.1}', 'loss 0:1 1:2'],
      ['r.csv 2 {lr:0.2}', 'loss 0:3 1:4'],
    ]);
    expect(await draw({ 'r.csv': 'seed,epoch,loss\n1,0,1\n1,1,2\n' })).toEqual([['r.csv - {seed:1}', 'loss 0:1 1:2']]);
  });

  test('rows of kinds share names by context, long rows name their metric', async () => {
    expect(await draw({ 'log.csv': 'epoch,phase,loss\n0,train,1\n0,val,2\n1,train,3\n1,val,4\n' })).toEqual([
      ['log.csv - {}', 'loss{phase:train} 0:1 1:3', 'loss{phase:val} 0:2 1:4'],
    ]);
    expect(await draw({ 'log.csv': 'step,metric,value\n0,loss,1\n0,acc,2\n1,loss,3\n' })).toEqual([['log.csv - {}', 'acc 0:2', 'loss 0:1 1:3']]);
  });

  test('facts come from files beside the log, with their place', async () => {
    const { runs } = await read({
      'r/log.csv': 'step,loss\n0,1\n',
      'r/config.json': '{"seed": 3}',
      'r/git_hash.txt': `${'ab12'.repeat(10)}\n`,
      'r/requirements.txt': 'numpy==2.1.0\n# x\ntorch == 2.13.0 ; python_version > "3"\n',
    });
    expect(runs[0]?.run.facts.map(({ kind, value, evidence }) => [kind, value, evidence[0]?.file])).toEqual([
      ['git_commit', 'ab12'.repeat(10), 'git_hash.txt'],
      ['packages', { numpy: '2.1.0', torch: '2.13.0' }, 'requirements.txt'],
      ['seed', 3, 'config.json'],
    ]);
  });
});

describe('JSON', () => {
  const rows = '{"step": 0, "loss": 1, "note": "x"}\n\n{"step": 1, "loss": NaN}\n{"epoch": 0, "val": {"acc": "Infinity"}}\n';

  test('rows of different keys, packed or not', async () => {
    const expected = ['loss 0:1 1:NaN', 'val/acc 0:Infinity'];
    expect((await draw({ 'log.jsonl': rows }))[0]?.slice(1)).toEqual(expected);
    expect((await draw({ 'log.jsonl.gz': new Uint8Array(gzipSync(rows)) }))[0]?.slice(1)).toEqual(expected);
    expect((await draw({ 'log.jsonl': `\uFEFF${rows}`.replaceAll('\n', '\r\n') }))[0]?.slice(1)).toEqual(expected);
  });

  test('rows of JSON in a log.txt, and one row alone', async () => {
    expect(await draw({ 'out/log.txt': rows })).toEqual([['out - {note:x}', 'loss 0:1 1:NaN', 'val/acc 0:Infinity']]);
    expect(await draw({ 'log.jsonl': '{"step": 0, "loss": 1}\n' })).toEqual([['log.jsonl - {}', 'loss 0:1']]);
  });

  test('settings: a typed row, a wrapped one, a first row without a step', async () => {
    for (const first of [
      '{"type": "config", "lr": 0.1, "o": {"m": 2}}',
      '{"time": 1795420000.5, "hparams": {"lr": 0.1, "o": {"m": 2}}}',
      '{"lr": 0.1, "o": {"m": 2}}',
    ])
      expect(await draw({ 'log.jsonl': `${first}\n{"step": 0, "loss": 1}\n{"step": 1, "loss": 2}\n` }), first).toEqual([
        ['log.jsonl - {lr:0.1,o.m:2}', 'loss 0:1 1:2'],
      ]);
  });

  test('two kinds of rows with one name are told apart', async () => {
    expect(await draw({ 'log.jsonl': '{"mode": "train", "epoch": 1, "loss": 1, "lr": 3}\n{"mode": "val", "epoch": 1, "loss": 2}\n' })).toEqual([
      ['log.jsonl - {}', 'loss{mode:train} 1:1', 'loss{mode:val} 1:2', 'lr 1:3'],
    ]);
  });

  test('documents: arrays of rows, objects of arrays, nested objects, pairs', async () => {
    expect(await draw({ 'history.json': '[\n {"epoch": 1, "loss": 2},\n {"epoch": 2, "loss": 3}\n]' })).toEqual([['history.json - {}', 'loss 1:2 2:3']]);
    expect(await draw({ 'h.json': '{"loss": [3, 2], "val_loss": [4, NaN]}' })).toEqual([['h.json - {}', 'loss 0:3 1:2', 'val_loss 0:4 1:NaN']]);
    expect(await draw({ 'h.json': '{"epoch": [1, 2], "loss": [3, 2], "config": {"lr": 1}}' })).toEqual([['h.json - {lr:1}', 'loss 1:3 2:2']]);
    expect(await draw({ 'evals.json': '{"train": {"rmse": [3, 2]}, "valid": {"rmse": [4, 5]}}' })).toEqual([
      ['evals.json - {}', 'train/rmse 0:3 1:2', 'valid/rmse 0:4 1:5'],
    ]);
    expect(await draw({ 'm.json': '{"loss": [[0, 3], [10, 2]], "acc": [{"step": 5, "value": 1}]}' })).toEqual([['m.json - {}', 'acc 5:1', 'loss 0:3 10:2']]);
  });

  test('a cut document is told', async () => {
    const { runs } = await read({ 'history.json': '[\n {"epoch": 1, "loss": 2},\n {"epoch": 2, "loss": 3}' });
    expect(runs[0]?.run.issues.map(({ code }) => code)).toEqual(['truncated']);
  });

  test('quoted numbers, as fairseq writes them', async () => {
    expect(
      await draw({
        'train.jsonl':
          '{"epoch": 1, "train_loss": "5.5", "train_num_updates": "10", "update": 0.5, "num_updates": "100"}\n{"epoch": 1, "train_loss": "4.5", "num_updates": "200"}\n',
      }),
    ).toEqual([['train.jsonl - {}', 'epoch 100:1 200:1', 'train_loss 100:5.5 200:4.5', 'train_num_updates 100:10', 'update 100:0.5']]);
  });

  test('huge integers keep their digits as steps', async () => {
    const { runs } = await read({ 'log.jsonl': '{"step": 9007199254740993, "loss": 1}\n{"step": 9007199254740995, "loss": 2}\n' });
    expect(runs[0]?.run.series[0]?.exactSteps).toEqual({ 0: '9007199254740993', 1: '9007199254740995' });
    expect(runs[0]?.run.issues.map(({ code, where }) => [code, where])).toContainEqual(['precision', 'line 1']);
  });
});

test('steps of a table that float64 rounds are told', async () => {
  const { runs } = await read({ 'log.csv': 'step,loss\n1,2\n9007199254740993,1\n' });
  expect(runs[0]?.run.issues.map(({ code, where }) => [code, where])).toEqual([['precision', 'line 3']]);
});

test('prose above the header is no part of the table', async () => {
  expect(await draw({ 'log.csv': 'Starting training\nUsing 2 GPUs\nstep,loss,acc\n0,3,0\n1,2,1\n' })).toEqual([
    ['log.csv - {}', 'acc 0:0 1:1', 'loss 0:3 1:2'],
  ]);
});

test('a table that tells Excel its separator', async () => {
  expect(await draw({ 'log.csv': 'sep=;\nstep;loss\n0;1,5\n1;1,25\n' })).toEqual([['log.csv - {}', 'loss 0:1.5 1:1.25']]);
});

test('a table in the code page of a Western Windows', async () => {
  const text = 'Epoche;Verlust größe;step\n0;1,5;0\n1;1,25;1\n';
  const { runs } = await read({ 'log.csv': Uint8Array.from(text, (char) => char.charCodeAt(0)) });
  expect(runs.map(drawn)).toEqual([['log.csv - {}', 'Epoche 0:0 1:1', 'Verlust größe 0:1.5 1:1.25']]);
  expect(runs[0]?.run.issues.map(({ code }) => code)).toEqual(['bad-utf8']);
});

test('limits on series, rows of many columns and names of runs are kept and told', async () => {
  const tree = scriptedTree({ 'log.jsonl': Array.from({ length: 50 }, (_, at) => `{"step": ${at}, "m${at}": 1}\n`).join('') });
  const { runs } = await readTree(tree, { ingest, limits: { seriesPerRun: 10 } });
  expect(runs.map(({ run }) => [run.series.length, run.issues.map(({ code }) => code)])).toEqual([[10, ['too-large']]]);
  const columns = Array.from({ length: 5000 }, (_, at) => `m${at}_loss`);
  const wide = await read({ 'log.csv': `step,${columns.join()}\n${'1,2\n'.repeat(5000)}` });
  expect(wide.runs[0]?.run.series.map(({ name, count }) => [name, count])).toEqual([['m0_loss', 5000]]);
  const many = await read({ 'log.csv': `run,step,loss\n${Array.from({ length: 20_002 }, (_, at) => `r${at},0,1\n`).join('')}` });
  expect(many.runs.length).toBe(20_000);
  expect(many.runs[0]?.run.issues.map(({ code }) => code)).toEqual(['too-large']);
});

test('hostile names stay names', async () => {
  const { runs } = await read({
    'log.jsonl': '{"step": 0, "__proto__": {"loss": 1}, "constructor": 2, "toString": "x"}\n{"step": 1, "__proto__": {"loss": 3}, "constructor": 2}\n',
  });
  expect(runs[0]?.run.series.map(({ name }) => name)).toEqual(['__proto__/loss', 'constructor']);
  expect(runs[0]?.run.params).toEqual({ toString: 'x' });
  expect(await draw({ 'log.csv': 'step,__proto__,constructor\n0,1,a\n1,2,a\n' })).toEqual([['log.csv - {constructor:a}', '__proto__ 0:1 1:2']]);
});

test('the skeleton is a working reader', async () => {
  const { runs } = await readTree(scriptedTree({ 'x/run.skeleton': 'skeleton\n0 1.5\n1 nan\nbad\n2 3' }), { ingest: ingestWith([skeleton]) });
  for (const run of runs) assertRunIntegrity(run);
  expect(runs.map(drawn)).toEqual([['x - {}', 'value 0:1.5 1:NaN']]);
  expect(runs[0]?.run.issues.map(({ code, where }) => [code, where])).toEqual([
    ['bad-record', 'line 4'],
    ['truncated', undefined],
  ]);
});
