// The integrity check finds what it is for: each broken promise is seen.
import { expect, test } from 'vitest';
import { runId } from '../../../src/core/base/units';
import { assertRunIntegrity } from '../../../src/core/model/integrity';
import type { ReadRun } from '../../../src/core/model/run';
import { readRunFromText } from '../../support/run-from-text';

const whole = (): ReadRun => {
  const read = readRunFromText('step a b\n0 1 2\n1 3 4', { id: 'a'.repeat(20) });
  return { ...read, run: { ...read.run, sources: [{ reader: 'drawn', files: [] }] } };
};

test('a whole run passes', () => {
  expect(() => assertRunIntegrity(whole())).not.toThrow();
});

test.each<[string, (read: ReadRun) => ReadRun]>([
  ['its id', (read) => ({ ...read, run: { ...read.run, id: runId('SHORT') } })],
  ['not relative', (read) => ({ ...read, run: { ...read.run, path: '../elsewhere' } })],
  ['sets of points', (read) => ({ ...read, points: read.points.slice(1) })],
  ['not sorted', (read) => ({ points: [...read.points].reverse(), contents: [], run: { ...read.run, series: [...read.run.series].reverse() } })],
  ['there twice', (read) => ({ ...read, run: { ...read.run, artifacts: [1, 2].map(() => ({ path: 'x', size: 1, kind: 'file' as const })) } })],
  ['no evidence', (read) => ({ ...read, run: { ...read.run, facts: [{ kind: 'seed', value: 1, evidence: [] }] } })],
  ['count is 2', (read) => ({ ...read, points: read.points.map((points) => ({ ...points, values: points.values.subarray(1) })) })],
  ['mean is outside', (read) => ({ ...read, run: { ...read.run, series: read.run.series.map((series) => ({ ...series, mean: 99 })) } })],
])('%s', (message, damage) => {
  expect(() => assertRunIntegrity(damage(whole()))).toThrow(message);
});
