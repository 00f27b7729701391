// Two changes of one thing come together: of two windows, or of a step below a later change.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeChanges, same } from '../../../src/renderer/state/merge';

const thing = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 3 }),
    fc.constant(Number.NaN),
    fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 4 })).map((list) => new Set(list)),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'z'), tie('value')), { selector: ([key]) => key }).map((pairs) => new Map(pairs)),
  ),
})).value;

test('who did not change anything takes what the other has; who alone changed keeps what is here', () => {
  fc.assert(
    fc.property(fc.clone(thing, 2), fc.clone(thing, 2), ([base, again], [other, otherAgain]) => {
      expect(mergeChanges(base, again, other)).toEqual(other);
      expect(mergeChanges(base, other, again)).toBe(other);
      expect(mergeChanges(base, other, otherAgain)).toBe(other);
    }),
  );
});

test('both windows come to the same in the end, whoever saves first', () => {
  fc.assert(
    fc.property(thing, thing, thing, (base, a, b) => {
      // A saves, B saves over it, A takes over what B saved.
      const stored = mergeChanges(base, b, a);
      expect(same(mergeChanges(a, a, stored), stored)).toBe(true);
    }),
  );
});

test('changes of different members both stay', () => {
  const base = {
    name: 'w',
    notes: new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
    visible: new Set(['a', 'b']),
    list: [
      { id: 'f', q: '1' },
      { id: 'g', q: '2' },
    ],
    slice: { deep: { x: 1, y: 1 } },
  };
  const mine = {
    ...base,
    notes: new Map([
      ['a', 'mine'],
      ['b', '2'],
    ]),
    visible: new Set(['b', 'c']),
    list: [
      { id: 'f', q: 'mine' },
      { id: 'g', q: '2' },
    ],
    slice: { deep: { x: 2, y: 1 } },
  };
  const theirs = {
    ...base,
    name: 'theirs',
    notes: new Map([
      ['a', '1'],
      ['c', '3'],
    ]),
    visible: new Set(['a', 'b', 'd']),
    list: [
      { id: 'g', q: '2' },
      { id: 'h', q: '3' },
    ],
    slice: { deep: { x: 1, y: 2 } },
  };
  expect(mergeChanges(base, mine, theirs)).toEqual({
    name: 'theirs',
    notes: new Map([
      ['a', 'mine'],
      ['c', '3'],
    ]),
    visible: new Set(['b', 'c', 'd']),
    // What one changed and the other deleted stays.
    list: [
      { id: 'f', q: 'mine' },
      { id: 'g', q: '2' },
      { id: 'h', q: '3' },
    ],
    slice: { deep: { x: 2, y: 2 } },
  });
});

test('the order of a list is taken from whoever changed it', () => {
  const [f, g] = [{ id: 'f' }, { id: 'g' }];
  expect(mergeChanges([f, g], [{ ...f }, { ...g }], [g, f])).toEqual([g, f]);
  expect(mergeChanges([f, g], [g, f], [{ ...f }, { ...g }])).toEqual([g, f]);
});

test('the same member on both sides: mine stays', () => {
  expect(mergeChanges({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: 2 });
});
