// Git LFS pointers in the place of data: told with the remedy, never read as data.
import { describe, expect, test } from 'vitest';
import { readTexts } from '../../support/odd-texts';

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;

describe.each(['metrics.csv', 'log.jsonl', 'history.json', 'mlflow.db', 'run.wandb', 'project.parquet', 'offline.zip'])('%s', (name) => {
  test('in a folder', async () => {
    const { runs, issues } = await readTexts({ [`r/${name}`]: pointer });
    expect(runs).toEqual([]);
    expect(issues.filter(({ code }) => code === 'lfs-pointer')).toMatchObject([{ file: `r/${name}`, tip: 'Run `git lfs pull`, then import again.' }]);
  });
  test('named itself', async () => {
    const { runs, issues } = await readTexts({ [name]: pointer }, undefined, name);
    expect(runs).toEqual([]);
    expect(issues.map(({ code }) => code)).toContain('lfs-pointer');
  });
});

test('many are one issue, and spare the runs beside them', async () => {
  const { runs, issues } = await readTexts({ 'a/log.csv': 'step,loss\n0,1\n1,2\n', 'b/log.csv': pointer, 'c/log.csv': pointer, 'weights.pt': pointer });
  expect(runs.map(({ run }) => run.path)).toEqual(['a']);
  expect(issues.map(({ message }) => message)).toEqual(['log.csv and 1 more are Git LFS pointers, not the data.']);
});

test('event files tell it with their run', async () => {
  const { runs, issues } = await readTexts({ 'r/events.out.tfevents.1': pointer });
  expect([...issues, ...runs.flatMap(({ run }) => run.issues)].filter(({ code }) => code === 'lfs-pointer')).toHaveLength(1);
});
