import { expect, test } from 'vitest';
import { positionsOf } from '../../../src/core/effects/param';
import { spaceOf } from '../../../src/core/effects/space';
import type { Values } from '../../../src/core/model/values';
import { tableOf, trial } from '../../support/sweeps';

const spaceOfParams = (rows: readonly Values[]) => spaceOf(tableOf(rows.map((params, row) => trial(`r${row}`, params, row))));
const one = (values: readonly Values[string][], name = 'x') => spaceOfParams(values.map((value) => ({ [name]: value }))).params[0];

test('types and scales are read from values and names', () => {
  expect(one(['1e-3', '3e-4 ', 0.001])).toMatchObject({ type: 'number', levels: [{ text: '0.0003' }, { text: '0.001', n: 2 }] });
  expect(one([8, 16, 32, 64])).toMatchObject({ type: 'integer', scale: 'log' });
  expect(one([1e-5, 1e-2])?.scale).toBe('log');
  expect(one([0.05, 0.5], 'lr')?.scale).toBe('log');
  expect(one([0.09, 0.1, 0.11], 'lr')?.scale).toBe('linear');
  expect(one([1, 2, 3, 4])?.scale).toBe('linear');
  expect(one([0.01, 0.1, 0.5, 0.9], 'dropout')?.scale).toBe('linear');
  expect(one([true, 'False'])).toMatchObject({ type: 'boolean', scale: 'none' });
  expect(one(['relu', 'tanh'])).toMatchObject({ type: 'category', scale: 'none' });
  expect(one(['None', 0.5, 1])).toMatchObject({ type: 'category' });
});

test('a zero on a log scale stands below the smallest positive value', () => {
  const param = one([0, 1e-4, 1e-2, 1], 'weight_decay');
  expect(param?.scale).toBe('log');
  const places = positionsOf(param as never) as readonly number[];
  expect(places[0]).toBe(0);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[1]).toBeCloseTo(1 / 3);
});

test('lists and objects are levels by what they hold', () => {
  const param = one([[64, 64], [64, 32], [64, 64], { b: 1, a: 2 }, { a: 2, b: 1 }]);
  expect(param?.levels.map(({ text, n }) => [text, n])).toEqual([
    ['[64,32]', 1],
    ['[64,64]', 2],
    ['{"a":2,"b":1}', 2],
  ]);
});

test('names, paths, times and outcomes among the params are set aside, and said', () => {
  const rows = Array.from({ length: 6 }, (_, i) => ({
    run_name: `brisk-owl-${i}`,
    output_dir: `/runs/${i % 3}`,
    started_at: `2024-01-0${1 + i}T00:00:00`,
    best_epoch: 3 + (i % 4),
    final_loss: 0.1 * i,
    aux_loss_weight: 0.1 * (i % 3),
    label_smoothing: 0.1 * (i % 2),
    loss: i % 2 ? 'mse' : 'huber',
    constant: 7,
  }));
  const space = spaceOfParams(rows);
  expect(space.setAside.map(({ name, reason }) => [name, reason])).toEqual([
    ['best_epoch', 'outcome'],
    ['final_loss', 'outcome'],
    ['output_dir', 'path'],
    ['run_name', 'id'],
    ['started_at', 'time'],
  ]);
  expect(space.params.map(({ name }) => name)).toEqual(['aux_loss_weight', 'label_smoothing']);
  expect(space.aliases.get('label_smoothing')?.map(({ name }) => name)).toEqual(['loss']);
  expect(space.notVaried.map(({ name }) => name)).toEqual(['constant']);
});

test('params that are a function of one another are one group, other random values are not', () => {
  const rows = [0.31, 0.17, 0.93, 0.52, 0.08].map((x, i) => ({ x, twice: 2 * x, minus: -x, other: [5.1, 2.2, 3.3, 1.4, 4.5][i] as number }));
  const { aliases, params } = spaceOfParams(rows);
  expect([...aliases].map(([name, rest]) => [name, rest.map((param) => param.name)])).toEqual([['minus', ['twice', 'x']]]);
  expect(params.map(({ name }) => name)).toEqual(['minus', 'other']);
});

test('a param that is there only in one branch of another says which', () => {
  const rows: readonly Values[] = [
    { opt: 'sgd', momentum: 0.9, lr: 1 },
    { opt: 'sgd', momentum: 0, lr: 2 },
    { opt: 'adam', lr: 1 },
    { opt: 'adam', lr: 2 },
  ];
  expect(spaceOfParams(rows).params.find(({ name }) => name === 'momentum')?.condition).toEqual({ param: 'opt', levels: ['sgd'] });
  const absent: readonly Values[] = [{ a: 1, b: 1 }, { a: 2 }, { a: 1 }, { a: 2, b: 2 }];
  expect(spaceOfParams(absent).params.find(({ name }) => name === 'b')?.condition).toBeNull();
});
