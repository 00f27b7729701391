// What a person said of pairs: kept, undone, read tolerantly.
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { link, type PairsSlice, parsePairs, refuse, unlink } from '../../../src/renderer/state/pairs';

const none: PairsSlice = { links: [], refused: [] };
const [a, b, c] = ['a', 'b', 'c'].map(runId) as [ReturnType<typeof runId>, ReturnType<typeof runId>, ReturnType<typeof runId>];

describe('links', () => {
  test('stand under one run, whatever order they are made in', () => {
    expect(link(a, c)(link(a, b)(none)).links).toEqual([
      [a, b],
      [a, c],
    ]);
    expect(link(b, c)(link(a, b)(none)).links).toEqual([
      [a, b],
      [a, c],
    ]);
    expect(link(a, b)(link(b, c)(none)).links).toEqual([
      [a, c],
      [a, b],
    ]);
    expect(link(b, a)(link(a, b)(none)).links).toEqual([[a, b]]);
  });

  test('take back a refusal, and a refusal takes back a link', () => {
    expect(link(b, a)(refuse(a, b)(none))).toEqual({ links: [[b, a]], refused: [] });
    expect(refuse(b, a)(link(a, b)(none))).toEqual({ links: [], refused: [[b, a]] });
    expect(unlink(b, a)(link(a, b)(none))).toEqual(none);
  });
});

test.each([undefined, null, 'x', {}, { links: [['a']], refused: [] }, { links: [], refused: 'x' }])('%o is nothing said', (stored) => {
  expect(parsePairs(stored)).toEqual(none);
});
