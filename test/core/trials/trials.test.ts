import { expect, test } from 'vitest';
import { trialsFromRuns } from '../../../src/core/trials/from-runs';
import { isTrialTable, trialsFromTable } from '../../../src/core/trials/from-table';
import { readRunFromText, runFromText } from '../../support/run-from-text';

const curve = `
  step  val/acc  val/loss
  0     0.10     2.0
  1     0.90     0.5
  2     0.80     0.7`;

test('a run is a row: its params without the seed, and the reading that was asked for', () => {
  const runs = [runFromText(curve, { id: 'a', params: { lr: 0.1, seed: 1 } }), runFromText(curve, { id: 'b', params: { lr: 0.2, seed: 2 } })];
  const { table } = trialsFromRuns(runs, { metric: 'val/acc' });
  expect(table).toMatchObject({ direction: 'max', reading: 'last', seedParam: 'seed' });
  expect(table?.trials.map(({ params, value, seed }) => ({ params, value, seed }))).toEqual([
    { params: { lr: 0.1 }, value: 0.8, seed: '1' },
    { params: { lr: 0.2 }, value: 0.8, seed: '2' },
  ]);
  expect(trialsFromRuns(runs, { metric: 'val/loss', reading: 'best' }).table?.trials[0]?.value).toBe(0.5);
});

test('mean-tail reads the last 5 % of the points, and has no outcome without them', () => {
  const read = readRunFromText(`step acc\n${Array.from({ length: 40 }, (_, i) => `${i} ${i / 100}`).join('\n')}`, { id: 'a' });
  const points = new Map([[read.run.id as string, read.points]]);
  expect(trialsFromRuns([read.run], { metric: 'acc', reading: 'mean-tail' }, points).table?.trials[0]?.value).toBeCloseTo(0.385);
  expect(trialsFromRuns([read.run], { metric: 'acc', reading: 'mean-tail' }).table?.trials[0]?.value).toBeNull();
});

test('a failed run and one without the metric are rows without an outcome; runs still going are no rows', () => {
  const runs = [
    runFromText(curve, { id: 'a', status: 'finished' }),
    runFromText(curve, { id: 'b', status: 'failed' }),
    runFromText(curve, { id: 'c', status: 'running' }),
    runFromText('step loss\n0 nan', { id: 'd', status: 'finished' }),
  ];
  expect(trialsFromRuns(runs, { metric: 'val/acc' }).table?.trials.map(({ id, value }) => [id, value])).toEqual([
    ['a', 0.8],
    ['b', null],
    ['d', null],
  ]);
});

test('what cannot be settled is a problem that names the way on', () => {
  const runs = [runFromText('step fitnes\n0 1')];
  expect(trialsFromRuns(runs, { metric: 'fitness' }).problem).toMatchObject({ code: 'no-metric', candidates: ['fitnes'] });
  expect(trialsFromRuns(runs, { metric: 'fitnes' }).problem?.message).toMatch(/--direction/);
  expect(trialsFromRuns([], { metric: 'x' }).problem?.code).toBe('no-metric');
  expect(trialsFromTable('', { metric: 'x' }).problem?.code).toBe('no-table');
});

const csv = `run_id,status,lr,clip,opt,seed,commit,runtime_s,val_acc
r1,finished,1e-3,None,sgd,1,abc,10,0.5
r2,failed,1e-2,,adam,2,abc,20,0.9
r3,finished,1e-2,0.5,"a,b",3,def,30,
r4,finished,1e-2,0.5,sgd,3,def,30,nan
`;

test('a table is read with its ids, seeds, failures and circumstances apart from its params', () => {
  const { table } = trialsFromTable(csv, { metric: 'val_acc' });
  expect(table).toMatchObject({ direction: 'max', seedParam: 'seed' });
  expect(table?.trials[0]).toEqual({
    id: 'r1',
    name: 'r1',
    params: { lr: 0.001, clip: 'None', opt: 'sgd' },
    value: 0.5,
    seed: '1',
    circumstances: { commit: 'abc' },
    durationMs: 10_000,
  });
  expect(table?.trials.map(({ value }) => value)).toEqual([0.5, null, null, null]);
  expect(table?.trials[1]?.params).toEqual({ lr: 0.01, opt: 'adam' });
});

test('rows without an id are numbered, byte order marks and semicolons are read', () => {
  const { table } = trialsFromTable('\uFEFFlr;rmse\n0,1;2,5\n0,2;1,5\n', { metric: 'rmse' });
  expect(table?.direction).toBe('min');
  expect(table?.trials.map(({ id, params, value }) => [id, params, value])).toEqual([
    ['row 1', { lr: 0.1 }, 2.5],
    ['row 2', { lr: 0.2 }, 1.5],
  ]);
});

test('a history is no table of runs', () => {
  expect(isTrialTable(csv, 'val_acc')).toBe(true);
  expect(isTrialTable(csv, 'val_loss')).toBe(false);
  expect(isTrialTable('step,val_acc\n0,0.1\n1,0.2\n2,0.3\n', 'val_acc')).toBe(false);
  expect(isTrialTable('lr,epochs,val_acc\n0.1,20,0.1\n0.2,20,0.2\n0.3,20,0.3\n', 'val_acc')).toBe(true);
});
