// Arrays written by NumPy 2.4.6 (npy/arrays.json, base64 of write_array), and what is damaged or refused.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseNpy } from '../../../src/core/formats/npy';
import { readNpz } from '../../../src/core/formats/npz';
import { defaultLimits } from '../../../src/core/source/reader';
import { scriptedFile } from '../../../src/core/source/scripted';
import { zipOf } from '../../support/archives';

const arrays: Record<string, string> = JSON.parse(readFileSync('test/core/formats/npy/arrays.json', 'utf8'));
const bytesOf = (name: string) => new Uint8Array(Buffer.from(arrays[name]!, 'base64'));

test.each([
  ['f8', [4], [1.5, -0, Number.NaN, Number.POSITIVE_INFINITY], false],
  ['f4', [2, 2], [Math.fround(0.1), 2, 3, 4], false],
  ['fortran', [2, 3, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], false],
  ['big', [2], [-2, 70000], false],
  ['u8', [2], [1, 2 ** 64], true],
  ['i8', [1], [-(2 ** 53)], true],
  ['b1', [2], [1, 0], false],
  ['i1', [2], [-128, 127], false],
  ['u2', [1], [65535], false],
  ['v2', [1], [7], false],
  ['v3', [1], [8], false],
  ['scalar', [], [3.25], false],
  ['empty', [0, 4], [], false],
  ['f2', [4], [2 ** -24, 65504, Number.NEGATIVE_INFINITY, 0.3330078125], false],
] as const)('%s', (name, shape, values, rounded) => {
  const array = parseNpy(bytesOf(name));
  expect(array.shape).toEqual(shape);
  expect([...array.values]).toEqual(values);
  expect(array.rounded).toBe(rounded);
});

test.each([
  ['objects', /never unpickled/],
  ['record', /records/],
  ['text', /no numbers/],
  ['complex', /no numbers/],
])('%s are refused', (name, why) => {
  expect(() => parseNpy(bytesOf(name))).toThrow(why);
});

test('cut anywhere it is no array', () => {
  const whole = bytesOf('f4');
  for (let end = 0; end < whole.length; end++) expect(() => parseNpy(whole.slice(0, end))).toThrow(SyntaxError);
});

const npz = (members: readonly (readonly [string, Uint8Array | string])[]) =>
  readNpz(scriptedFile('e.npz', zipOf(members.map(([name, data]) => ({ name, data })) as Parameters<typeof zipOf>[0])), ['a', 'b'], {
    limits: defaultLimits,
    signal: new AbortController().signal,
    progress: () => undefined,
  });

test('of a zip the arrays that were asked for are read, and what cannot be is told', async () => {
  const { arrays: read, issues } = await npz([
    ['a.npy', bytesOf('b1')],
    ['b.npy', bytesOf('objects')],
    ['c.npy', 'not looked at'],
  ]);
  expect([...read.keys()]).toEqual(['a']);
  expect(issues.map(({ code, where }) => `${code} ${where}`)).toEqual(['unsupported array b']);
});

test('a shape that no file can hold is refused before anything is reserved', async () => {
  const text = "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 1024), }\n";
  const bytes = new Uint8Array(10 + text.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
  bytes.set(new TextEncoder().encode(text), 10);
  expect(() => parseNpy(bytes)).toThrow(/more than/);
});
