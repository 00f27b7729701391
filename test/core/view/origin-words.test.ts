// Words for a run of several sources: marks beside values, contributions, contradictions.
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/core/model/run';
import { conflictRows, contributions, originMark, seriesMark, sourcesText } from '../../../src/core/view/origin-words';
import { runFromText } from '../../support/run-from-text';

const one: Run = {
  ...runFromText('step loss\n0 1', { params: { lr: 1, constructor: 2 } }),
  format: 'mlflow-file',
  sources: [{ reader: 'mlflow-file', files: ['meta.yaml'] }],
};
const none = { header: {}, params: {}, tags: {}, summary: {}, facts: {}, artifacts: {} };
const joined: Run = {
  ...one,
  sources: [
    { reader: 'mlflow-file', files: ['m'] },
    { reader: 'hydra', files: ['h'] },
    { reader: 'wandb', files: ['w'], nativeId: 'abc' },
    { reader: 'wandb', files: ['v'] },
  ],
  origins: { ...none, params: { lr: [0, 1] }, header: { name: [2] }, series: [[3]] },
  conflicts: [
    {
      what: 'params',
      name: 'constructor',
      kind: 'differs',
      values: [
        { source: 0, value: 2 },
        { source: 1, value: '3' },
      ],
    },
    {
      what: 'params',
      name: 'lr',
      kind: 'typed',
      values: [
        { source: 0, value: 1 },
        { source: 1, value: '1' },
      ],
    },
    {
      what: 'header',
      name: 'startedMs',
      kind: 'worded',
      values: [
        { source: 0, value: 0 },
        { source: 2, value: 1000 },
      ],
    },
  ],
};

describe('marks', () => {
  test('a run of one source has none', () => {
    expect(originMark(one, 'params', 'lr')).toBeNull();
    expect(seriesMark(one, 0)).toBeNull();
    expect(sourcesText(one)).toBe('MLflow');
  });

  test('say whose a value is, who else says so, and who contradicts', () => {
    expect(originMark(joined, 'params', 'lr')).toEqual({ short: 'MLflow +1', full: 'From MLflow and Hydra' });
    expect(originMark(joined, 'params', 'constructor')).toEqual({ short: 'MLflow ≠', full: 'From MLflow; Hydra says 3' });
    expect(originMark(joined, 'tags', 'constructor')).toEqual({ short: 'MLflow', full: 'From MLflow' });
    expect(seriesMark(joined, 0)?.full).toBe('From Weights & Biases 2');
    expect(sourcesText(joined)).toBe('MLflow, Hydra, Weights & Biases 1 and Weights & Biases 2');
  });
});

test('contributions count what each source says', () => {
  expect(contributions(joined).map(({ name, nativeId, gave }) => [name, nativeId, gave.map(({ what, count }) => `${count} ${what}`).join()])).toEqual([
    ['MLflow', 'run', '2 params'],
    ['Hydra', null, '1 param'],
    ['Weights & Biases 1', 'abc', ''],
    ['Weights & Biases 2', null, '1 curve'],
  ]);
  expect(contributions(one)[0]?.gave.map(({ what, count }) => `${count} ${what}`)).toEqual(['1 curve', '2 params']);
});

test('contradictions stand apart from what is only said in other words', () => {
  const { contrary, worded } = conflictRows(joined);
  expect(contrary.map(({ name, what, values }) => [name, what, ...values.map(({ text }) => text)])).toEqual([['constructor', 'param', '2', '3']]);
  expect(worded.map(({ name, values }) => [name, ...values.map(({ text }) => text)])).toEqual([
    ['lr', '1 (int)', '1 (str)'],
    ['started', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z'],
  ]);
});
