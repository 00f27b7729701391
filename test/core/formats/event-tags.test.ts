// The table of tags: found by bytes, bounded in number, points handed over in batches.
import { expect, test } from 'vitest';
import { type Tag, TagTable } from '../../../src/core/formats/event-tags';

const utf8 = new TextEncoder();
const find = (table: TagTable, name: string): Tag => {
  // Somewhere inside other bytes, as in a record.
  const bytes = utf8.encode(`<${name}>`);
  return table.of(bytes, 1, bytes.length - 1);
};

test('the same bytes are the same tag, in any order', () => {
  const table = new TagTable(() => {}, 100);
  const names = ['a', 'b', 'ab', '', 'ü', 'a'.repeat(50)];
  const first = names.map((name) => find(table, name));
  for (const order of [names, names.toReversed(), names, [...names, ...names]])
    for (const name of order) expect(find(table, name)).toBe(first[names.indexOf(name)]);
  expect(table.all.map(({ name }) => name)).toEqual(names);
});

test('tags beyond the limit share one that is dropped, and never take another’s place', () => {
  const table = new TagTable(() => {}, 2);
  const [a, b] = [find(table, 'a'), find(table, 'b')];
  for (const name of ['c', '', 'd', 'c']) expect(find(table, name)).toBe(table.dropped);
  for (const name of ['a', 'c', 'b', '', 'a']) expect(find(table, name)).toBe(name === 'a' ? a : name === 'b' ? b : table.dropped);
  expect(table.all).toEqual([a, b]);
});

test('points come out as they went in, at most 65,536 at a time', () => {
  const batches: Float64Array[] = [];
  const table = new TagTable((tag) => void batches.push(tag.take()!.steps), 1);
  const tag = find(table, 'x');
  for (let step = 0; step < 200_000; step++) tag.append(step, -step, step / 2);
  tag.exactStep('12345678901234567890');
  const last = tag.take()!;
  expect(batches.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536]);
  expect(Float64Array.from([...batches, last.steps].flatMap((steps) => [...steps]))).toEqual(Float64Array.from({ length: 200_000 }, (_, step) => step));
  expect(last.exactSteps).toEqual({ [last.steps.length - 1]: '12345678901234567890' });
  expect(tag.take()).toBeNull();
});
