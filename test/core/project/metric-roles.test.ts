// A person's statement about a metric wins over its name.
import { expect, test } from 'vitest';
import { metricRoles, withRoles } from '../../../src/core/project/metric-roles';
import type { RoleStatement } from '../../../src/core/project/project';
import { runFromText } from '../../support/run-from-text';

const run = runFromText(`
  step  quality  val/loss
  0     0.2      1.0
  1     0.4      0.8`);
const quality: RoleStatement = { metric: 'quality', role: 'score', split: 'val', direction: 'max', unit: 'points' };

test('a statement replaces role, split and direction at confidence 1', () => {
  expect(withRoles(run, [quality]).series[0]).toMatchObject({ role: 'score', split: 'val', direction: 'max', confidence: 1 });
  expect(withRoles(run, [quality]).series[1]).toBe(run.series[1]);
  expect(run.series[0]).toMatchObject({ role: null, confidence: 0 });
});

test('a statement about a metric that the run does not hold changes nothing', () => {
  expect(withRoles(run, [{ ...quality, metric: 'other' }])).toBe(run);
});

test('what a statement leaves open stays as the name says it', () => {
  const [, before] = run.series;
  expect(withRoles(run, [{ metric: 'val/loss', role: null, split: 'other', direction: 'none', unit: null }]).series[1]).toMatchObject({
    role: before?.role,
    split: 'other',
    direction: 'none',
    confidence: 1,
  });
});

test('each role comes with its reason, its unit and what does not fit', () => {
  expect(metricRoles(run, [quality])).toMatchObject([
    { stated: true, reason: 'Stated by a person.', unit: { unit: 'points' }, doubts: [] },
    { stated: false, reason: '“loss” in the name; “val” says val.', unit: null },
  ]);
});
