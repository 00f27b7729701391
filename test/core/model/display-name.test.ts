// What a run is called where it is shown.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { displayName } from '../../../src/core/model/run';

const id = runId('abcdefghij2345672345');

test('the name, else the folder, else the id', () => {
  expect(displayName({ name: 'lr=0.1', path: 'a/b', id })).toBe('lr=0.1');
  expect(displayName({ name: null, path: 'a/b/', id })).toBe('b');
  expect(displayName({ name: '', path: '.', id })).toBe(id);
});

test('a name of a megabyte does not fill every list with it', () => {
  expect(displayName({ name: 'x'.repeat(1e6), path: '.', id })).toBe(`${'x'.repeat(500)}…`);
  expect(displayName({ name: 'x'.repeat(500), path: '.', id })).toBe('x'.repeat(500));
});
