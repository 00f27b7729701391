// Rules across runs: what belongs together, what does not, and hostile sets of runs.
import { expect, test } from 'vitest';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import type { DrawnExample } from '../../../src/core/health/rule';
import type { RunSketch } from '../../../src/core/health/sketch';
import type { Values } from '../../../src/core/model/values';
import { readRunFromDrawing } from '../../support/run-drawing';

const sketch = (example: DrawnExample, path: string): RunSketch => {
  const read = readRunFromDrawing(example, path);
  return judgeRun({ ...read, run: { ...read.run, path } }).sketch;
};
const said = (runs: readonly RunSketch[]): readonly string[] => judgeAcross(runs).findings.map(({ rule, severity }) => `${rule} ${severity}`);

const noisy = (end: number): string => `train/loss ±0.01 2 ~>${end} x40\nval/loss /10 ±0.01 2 ~>${end + 0.1} x5`;
const params: Values = { lr: 0.1, seed: 1 };

test('equal settings in different folders are not taken for repeats', () => {
  expect(said([sketch({ draw: noisy(1), params }, 'a/run'), sketch({ draw: noisy(1.2), params }, 'b/run')])).toEqual([]);
  expect(said([sketch({ draw: noisy(1), params }, 'a/run1'), sketch({ draw: noisy(1.2), params }, 'a/run2')])).toEqual(['X-02 warn']);
});

test('another commit explains another curve', () => {
  const at = (value: string): DrawnExample['run'] => ({ facts: [{ kind: 'git_commit', value, evidence: [] }] });
  const runs = ['abc', 'def'].map((commit, i) => sketch({ draw: noisy(1 + i / 5), params, run: at(commit) }, `a/${commit}`));
  expect(said(runs)).toEqual([]);
});

test('params of evaluation alone leave the training the same: no copies', () => {
  const runs = [10, 20].map((n_val) => sketch({ draw: `train/loss 2 ±0.01 ~>1 x40\nval/loss /10 2 ~>${1 + n_val / 100} x5`, params: { n_val } }, `a/${n_val}`));
  expect(said(runs)).toEqual([]);
});

test('healthy runs of many settings say nothing across', () => {
  const runs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((i) =>
    sketch({ draw: noisy(1 + ((i * 5) % 12) / 12), params: { lr: i / 10, width: ((i * 7) % 12) * 8, seed: i } }, `a/${i}`),
  );
  expect(said(runs)).toEqual([]);
});

test('runs without points, with NaN only, with one point and with params that are lists are answers, not errors', () => {
  const odd: readonly DrawnExample[] = [
    { draw: '' },
    { draw: 'train/loss nan x20', params },
    { draw: 'train/loss 1', params: { lr: [1, 2], seed: null } },
    { draw: 'train/loss 1 =x30', params: { lr: { nested: true }, seed: [1] } },
    { draw: 'train/loss inf', params },
  ];
  const { findings, notAssessed } = judgeAcross(odd.flatMap((example, i) => [sketch(example, `a/${i}`), sketch(example, `b/${i}`)]));
  expect(findings.filter(({ severity }) => severity === 'critical')).toEqual([]);
  expect(notAssessed.filter(({ reason }) => reason.includes('failed'))).toEqual([]);
});

test('two thousand runs with a thousand-level categorical: the same answer in any order', () => {
  const one = sketch({ draw: noisy(1), params: {} }, 'a/0');
  const runs = Array.from({ length: 2000 }, (_, i) => ({
    ...one,
    run: { ...one.run, id: `run-${i}` as typeof one.run.id, path: `a/${i}`, params: { name_of: `level ${i % 1000}`, lr: (i % 10) / 10, seed: i } },
    curves: one.curves.map((curve) => ({
      ...curve,
      end: curve.end + i / 1e4,
      best: curve.best + i / 1e4,
      values: curve.values.map((value) => value + i / 1e4),
    })),
    fired: i % 10 > 7 ? new Map([['A-02', 'critical' as const]]) : one.fired,
  }));
  const forward = judgeAcross(runs);
  expect(forward.notAssessed.filter(({ reason }) => reason.includes('failed'))).toEqual([]);
  expect(judgeAcross([...runs].reverse())).toEqual(forward);
  expect(forward.findings.find(({ rule }) => rule === 'X-04')?.evidence).toMatchObject({ param: 'lr', range: 'lr ≥ 0.8', failed_outside: 0 });
});
