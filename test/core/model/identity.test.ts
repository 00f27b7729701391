// Ids of runs: stable for good, because saved work refers to them.
import { expect, test } from 'vitest';
import { pureSha256 } from '../../../src/core/base/sha256';
import type { Identity } from '../../../src/core/model/events';
import { runIdOf } from '../../../src/core/model/identity';

const idOf = (family: string, identity: Identity) => runIdOf(family, identity, pureSha256);
const head = new TextEncoder().encode('step,loss\n0,1.5\n');

test('the ids themselves never change between versions', () => {
  expect(idOf('mlflow', { nativeId: '8f3c' })).toBe('cr7r4vukwbshrnfk2za6');
  expect(idOf('csv', { nativeId: null, within: 'metrics.csv', head })).toBe('ls3uzjyblmioyxbkreww');
});

test('family, scope and native id each count, and never run into each other', () => {
  const ids = [
    idOf('a', { nativeId: 'x' }),
    idOf('b', { nativeId: 'x' }),
    idOf('a', { nativeId: 'y' }),
    idOf('a', { nativeId: 'x', scope: 's' }),
    idOf('a', { nativeId: 'sx' }),
    idOf('as', { nativeId: 'x' }),
    idOf('a', { nativeId: null, within: 'x', head }),
    idOf('a', { nativeId: null, within: 'x', head: head.subarray(1) }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z2-7]{20}$/);
});
