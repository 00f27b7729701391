// Packed runs come back exactly; damaged and newer ones are refused, never half-read.
import { describe, expect, test } from 'vitest';
import type { ReadRun } from '../../../src/core/model/run';
import { PackError, packRuns, unpackRuns } from '../../../src/core/store/pack';
import { readRunFromText } from '../../support/run-from-text';

const odd: ReadRun = (() => {
  const read = readRunFromText('step loss acc\n0 1.5 .\n1 0.5 0.25', {
    params: { nan: Number.NaN, big: 2n ** 70n, minus: -0, __proto__: 1, $: 'x', ünï: ['a', null] },
  });
  const points = read.points.map((one, i) => ({ ...one, times: i === 0 ? Float64Array.from(one.values) : null }));
  return { ...read, points, contents: [{ path: 'notes.txt', bytes: new Uint8Array([104, 105, 0]) }] };
})();

test('everything comes back, in memory of its own', () => {
  const packed = packRuns([odd, readRunFromText('step x\n0 1')]);
  const [first, second] = unpackRuns(packed);
  packed.fill(0xff);
  expect(first).toEqual(odd);
  expect(second?.run.series.map(({ name }) => name)).toEqual(['x']);
});

test('no runs are a pack too', () => expect(unpackRuns(packRuns([]))).toEqual([]));

test('a pack that starts anywhere in a larger buffer is read', () => {
  const packed = packRuns([odd]);
  const shifted = new Uint8Array(packed.length + 3);
  shifted.set(packed, 3);
  expect(unpackRuns(shifted.subarray(3))).toEqual([odd]);
});

describe('refuses', () => {
  const packed = packRuns([odd]);

  test('what is no pack', () => {
    expect(() => unpackRuns(new Uint8Array(100))).toThrow(PackError);
    expect(() => unpackRuns(new Uint8Array(0))).toThrow(PackError);
  });
  test('a newer version, with what was found and what is supported', () => {
    const newer = packed.slice();
    newer[8] = 7;
    expect(() => unpackRuns(newer)).toThrow(/version 7.*reads version 1/);
  });
  test('a cut at any place', () => {
    for (let length = 0; length < packed.length - 8; length += 5) expect(() => unpackRuns(packed.slice(0, length)), String(length)).toThrow(PackError);
  });
  test('a count that reaches beyond the end', () => {
    const text = Buffer.from(packed).toString('latin1').replace('[2,true,', '[9,true,');
    expect(() => unpackRuns(new Uint8Array(Buffer.from(text, 'latin1')))).toThrow(PackError);
  });
});
