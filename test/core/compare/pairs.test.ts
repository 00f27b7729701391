// Pairs: what is one training in two trackers, and what only looks like it.
import { describe, expect, test } from 'vitest';
import { findPairs } from '../../../src/core/compare/pairs';
import type { Run } from '../../../src/core/model/run';
import { pairWords } from '../../../src/core/view/pair-words';
import { answerOf, filesOf, fixtureCases, treeOf } from '../../support/fixtures';
import { readTree, seededRandom } from '../../support/read';
import { type DrawnRun, runFromText } from '../../support/run-from-text';

/** A training of ten steps; the seed makes its curves, its schedule is always the same. */
function drawn(seed: number, id: string, format: string, more: DrawnRun & { readonly single?: boolean } = {}): Run {
  const { single = false, ...header } = more;
  const random = seededRandom(seed);
  const text = (value: number): string => String(single ? Math.fround(value) : value);
  const rows = Array.from({ length: 10 }, (_, step) =>
    [step, text(2 / (step + 1) + random() / 10), text(1 - 1 / (step + 2) - random() / 10), text(0.1 / (step + 1)), step].join(' '),
  );
  return runFromText(`step train/loss val/acc lr epoch\n${rows.join('\n')}`, { id, format, ...header });
}

const brief = (runs: readonly Run[]) =>
  findPairs(runs).map(({ runs: ids, confidence, evidence }) => [...ids, confidence, ...evidence.map(({ kind }) => kind)].join(' '));

describe('proposes', () => {
  test('runs of two trackers with the same curves, to the last bit or in single precision', () => {
    expect(brief([drawn(1, 'a', 'wandb'), drawn(1, 'b', 'mlflow-file'), drawn(2, 'c', 'mlflow-file')])).toEqual(['a b 0.97 curves']);
    expect(findPairs([drawn(1, 'a', 'tensorboard', { single: true }), drawn(1, 'b', 'mlflow-file')])[0]?.evidence).toEqual([
      {
        kind: 'curves',
        equal: 2,
        exact: 0,
        of: 2,
        names: [
          ['train/loss', 'train/loss'],
          ['val/acc', 'val/acc'],
        ],
      },
    ]);
  });

  test('two loggers of one framework, but not two repeats of one tracker', () => {
    expect(brief([drawn(1, 'a', 'lightning', { single: true }), drawn(1, 'b', 'lightning')])).toEqual(['a b 0.95 curves']);
    expect(brief([drawn(1, 'a', 'wandb'), drawn(1, 'b', 'wandb')])).toEqual([]);
  });

  test('a run whose id the other names, where nothing speaks against it', () => {
    const tags = { note: 'see https://wandb.example/x/runs/abcd1234?workspace=me' };
    const started = { startedMs: 1_000_000 } as DrawnRun;
    expect(brief([drawn(1, 'abcd1234', 'wandb'), drawn(1, 'b', 'mlflow-file', { tags })])).toEqual(['abcd1234 b 0.99 id curves']);
    const empty = runFromText('step x\n0 1', { id: 'b', format: 'mlflow-file', tags, ...started });
    expect(brief([drawn(1, 'abcd1234', 'wandb', started), empty])).toEqual(['abcd1234 b 0.85 id start']);
    // Started from it, a day later.
    expect(brief([drawn(1, 'abcd1234', 'wandb', started), { ...empty, startedMs: 86_400_000 as Run['startedMs'] }])).toEqual([]);
    expect(brief([drawn(1, 'abcd1234', 'wandb'), drawn(2, 'b', 'mlflow-file', { tags })])).toEqual([]);
  });

  test('runs of one name that start together and end on the same values', () => {
    const at = (ms: number, name: string): DrawnRun => ({ name, startedMs: ms }) as DrawnRun;
    const every = runFromText('step val/loss\n0 3.5\n1 2.25\n2 1.75\n3 1.1\n4 0.7', { id: 'a', format: 'wandb', ...at(0, 'mlp') });
    const sparse = (ms: number, name: string) => runFromText('step val/loss\n0 3.5\n2 1.75\n4 0.7', { id: 'b', format: 'tensorboard', ...at(ms, name) });
    expect(brief([every, sparse(60_000, 'logs/mlp')])).toEqual(['a b 0.75 endings name start']);
    expect(brief([every, sparse(600_000, 'logs/mlp')])).toEqual([]);
    expect(brief([every, sparse(60_000, 'cnn')])).toEqual([]);
  });

  test('a run and the run that was read as a source of it', () => {
    const part = drawn(1, 'a', 'wandb');
    const joined = {
      ...drawn(1, 'b', 'mlflow-file'),
      sources: [
        { reader: 'mlflow-file', files: [] },
        { reader: 'wandb', files: [], nativeId: 'a', runId: part.id },
      ],
    };
    expect(brief([part, joined])).toEqual(['a b 1 source curves']);
  });
});

describe('does not propose', () => {
  test('runs that share a schedule and a counter', () => {
    expect(brief([drawn(1, 'a', 'wandb'), drawn(2, 'b', 'mlflow-file')])).toEqual([]);
  });

  test('a deterministic repeat, later or after the first had ended', () => {
    const at = (startedMs: number, endedMs: number | null): DrawnRun => ({ startedMs, endedMs }) as DrawnRun;
    expect(brief([drawn(1, 'a', 'wandb', at(0, null)), drawn(1, 'b', 'mlflow-file', at(7_200_000, null))])).toEqual([]);
    expect(brief([drawn(1, 'a', 'wandb', at(0, 50_000)), drawn(1, 'b', 'mlflow-file', at(60_000, null))])).toEqual([]);
  });

  test('what many runs share, constants, and runs without curves', () => {
    const many = Array.from({ length: 12 }, (_, i) => drawn(1, `r${i}`, i % 2 ? 'wandb' : 'mlflow-file'));
    expect(brief(many)).toEqual([]);
    expect(
      brief([runFromText('step x\n0 1\n1 1\n2 1', { id: 'a', format: 'wandb' }), runFromText('step x\n0 1\n1 1\n2 1', { id: 'b', format: 'csv' })]),
    ).toEqual([]);
    expect(brief([runFromText('step', { id: 'a', format: 'wandb' }), runFromText('step', { id: 'b', format: 'csv' })])).toEqual([]);
  });
});

test('the order of the runs does not matter', () => {
  const runs = [1, 2, 3, 4].flatMap((seed) =>
    ['wandb', 'mlflow-file', 'tensorboard'].map((format) => drawn(seed, `${format[0]}${seed}`, format, { single: format === 'tensorboard' })),
  );
  const pairs = findPairs(runs);
  expect(pairs.length).toBe(12);
  expect(findPairs(runs.toReversed())).toEqual(pairs);
});

test('a run of a TensorBoard folder and the same from a running TensorBoard, but not two repeats in one of the two', () => {
  const from = (files: readonly string[], seed: number, id: string): Run => ({
    ...drawn(seed, id, 'tensorboard', { single: true, name: 'mlp', startedMs: 1000 } as DrawnRun & { readonly single: boolean }),
    sources: [{ reader: 'tensorboard', files }],
  });
  const folder = from(['mlp/events.out.tfevents.1'], 1, 'a');
  const served = from([], 1, 'b');
  const runs = [folder, served, from([], 2, 'c')];
  expect(brief(runs)).toEqual(['a b 0.97 curves name start']);
  const [pair] = findPairs(runs);
  const titleOn = (id: Run['id']) => pair && pairWords(pair, id, (one) => runs.find((run) => run.id === one))?.title;
  expect(titleOn(folder.id)).toBe('Also read from a running TensorBoard');
  expect(titleOn(served.id)).toBe('Also read from a folder of TensorBoard');
  expect(brief([served, from([], 1, 'd')])).toEqual([]);
  // Of other trackers a run has one id wherever it is read: two are repeats.
  const mlflow = (files: readonly string[], id: string): Run => ({ ...drawn(1, id, 'mlflow-server'), sources: [{ reader: 'mlflow-server', files }] });
  expect(brief([mlflow([], 'a'), { ...mlflow(['x'], 'b'), format: 'mlflow-file' }])).toEqual([]);
});

test('a training that logged to W&B and MLflow at once is a pair, and says so', async () => {
  const cases = fixtureCases.filter(({ name }) => name.startsWith('also-in-'));
  expect(cases.map(({ id }) => id)).toEqual(['mlflow-file/also-in-wandb', 'wandb/also-in-mlflow']);
  const runs = (await Promise.all(cases.map((one) => readTree(treeOf(filesOf(one)))))).flatMap((read) => read.runs.map(({ run }) => run));
  const [pair, ...others] = findPairs(runs);
  expect(others).toEqual([]);
  const self = runs.find(({ format }) => format === 'wandb');
  const words = pair && self && pairWords(pair, self.id, (id) => runs.find((run) => run.id === id));
  expect(words?.title).toBe('Also recorded by MLflow');
  expect(words?.reasons.slice(0, 2)).toEqual(['MLflow’s tag wandb_run_id names the other’s id', '3 of 3 curves are equal to the last bit']);
  expect(answerOf(cases[0]!).runs[0]?.tags).toEqual({ wandb_run_id: self?.nativeId });
});
