// Files of no bytes, of blanks, and of a header alone.
import { expect, test } from 'vitest';
import { codes, readTexts } from '../../support/odd-texts';

test.each(['log.csv', 'log.jsonl', 'history.json', 'config.yaml', 'mlflow.db', 'x.wandb', 'x.parquet', 'a.zip', 'events.out.tfevents.1'])(
  '%s of no bytes is no run of its own, and spares the run beside it',
  async (name) => {
    const { runs } = await readTexts({ 'good/log.csv': 'step,loss\n0,1\n1,2\n', [`bad/${name}`]: '' });
    expect(runs.filter(({ run }) => run.series.length > 0).map(({ run }) => run.path)).toEqual(['good']);
    expect(runs.flatMap(({ run }) => run.issues).filter(({ code }) => code === 'reader-error')).toEqual([]);
  },
);

test('one that was named says that it is empty', async () => {
  const { issues } = await readTexts({ 'log.csv': '' }, undefined, 'log.csv');
  expect(issues.map(({ code, message }) => [code, message])).toEqual([['unrecognised', 'log.csv is empty: there is nothing to read in it yet.']]);
});

test.each([
  ['a table', 'log.csv', 'epoch,train_loss\n'],
  ['W&B’s runs', 'x.csv', '"Name","State","Notes","User","Tags","Created","Runtime","Sweep"\n'],
  ['MLflow’s runs', 'runs.csv', '"Start Time","Duration","Run ID","Name","Source Type","Source Name","User","Status"\n'],
  ['TensorBoard’s scalars', 'a.csv', 'Wall time,Step,Value\n'],
])('a header alone is a beginning: %s', async (_, name, text) => {
  const read = await readTexts({ [`r/${name}`]: text });
  expect(codes(read).filter((code) => code !== 'empty')).toEqual([]);
});

test('settings of no bytes beside a log take nothing from it', async () => {
  const { runs } = await readTexts({ 'r/log.csv': 'step,loss\n0,1\n1,2\n', 'r/config.yaml': '', 'r/args.json': '' });
  expect(runs.map(({ run }) => [run.path, run.params, run.series.length])).toEqual([['r', {}, 1]]);
});
