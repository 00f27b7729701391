// The store in memory keeps the contract of stores: same run again, bin, points by index.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { memoryStore } from '../../../src/core/store/memory';
import { readRunFromText } from '../../support/run-from-text';

const drawn = (table = 'step a b\n0 1 2', more = {}) => readRunFromText(table, { id: 'x', ...more });
const id = runId('x');

test('the same run again is unchanged wherever it was found, and updated when it grew', async () => {
  const store = memoryStore();
  const first = drawn();
  expect(await store.put(first)).toBe('added');
  expect(await store.put({ ...first, run: { ...first.run, path: 'moved/x', source: 3 } })).toBe('unchanged');
  expect(await store.put(drawn('step a b\n0 1 2\n1 3 4'))).toBe('updated');
  expect(await store.put(drawn('step a b\n0 1 2\n1 3 4', { params: { lr: 1 } }))).toBe('updated');
  expect(await store.runs()).toHaveLength(1);
});

test('points are those of the series asked for, in that order', async () => {
  const store = memoryStore();
  await store.put(drawn());
  expect((await store.points(id, [1, 0])).map(({ values }) => values[0])).toEqual([2, 1]);
  await expect(store.points(id, [7])).rejects.toThrow('series 7');
  await expect(store.points(runId('y'), [0])).rejects.toThrow('no run y');
});

test('the bin hides, gives back and forgets', async () => {
  const store = memoryStore();
  await store.put(drawn());
  await store.remove([id]);
  expect(await store.runs()).toEqual([]);
  await store.restore([id]);
  expect(await store.runs()).toHaveLength(1);
  await store.purge([id]);
  expect(await store.runs()).toHaveLength(1);
  await store.remove([id]);
  await store.purge([id]);
  await store.restore([id]);
  expect(await store.runs()).toEqual([]);
  expect(await store.put(drawn())).toBe('added');
});
