// A person's statement about a metric wins over its name.
import { expect, test } from 'vitest';
import { PreparedRun } from '../../../src/core/health/prepared-run';
import { metricRoles, withRoles } from '../../../src/core/project/metric-roles';
import type { RoleStatement } from '../../../src/core/project/project';
import { readRunFromText } from '../../support/run-from-text';

const read = readRunFromText(`
  step  quality  val/loss
  0     0.2      1.0
  1     0.4      0.8`);
const { run } = read;
const quality: RoleStatement = { metric: 'quality', role: 'score', split: 'val', direction: 'max', unit: 'points' };

test('a statement replaces role, split and direction at confidence 1', () => {
  expect(withRoles(run, [quality]).series[0]).toMatchObject({ role: 'score', split: 'val', direction: 'max', confidence: 1 });
  expect(withRoles(run, [quality]).series[1]).toBe(run.series[1]);
  expect(run.series[0]).toMatchObject({ role: null, confidence: 0 });
});

test('a statement about a metric that the run does not hold changes nothing', () => {
  expect(withRoles(run, [{ ...quality, metric: 'other' }])).toBe(run);
});

test('a person may take a role away; what is left open stays as the name has it', () => {
  const stated = (role: string | null) => withRoles(run, [{ metric: 'val/loss', role, split: null, direction: 'none', unit: null }]).series[1];
  expect(stated('none')).toMatchObject({ role: null, split: 'val', direction: 'none', confidence: 1 });
  expect(stated(null)).toMatchObject({ role: 'loss', split: 'val', direction: 'none', confidence: 1 });
});

test('health judges by the same role as is shown', () => {
  const { points } = read;
  for (const role of ['none', 'score', null]) {
    const statements = [{ metric: 'val/loss', role, split: null, direction: null, unit: null }];
    const shown = withRoles(run, statements).series[1];
    expect(new PreparedRun(run, points, statements).series[1]).toMatchObject({ role: shown?.role, split: shown?.split, direction: shown?.direction });
  }
});

test('each role comes with its reason, its unit and what does not fit', () => {
  expect(metricRoles(run, [quality])).toMatchObject([
    { stated: true, reason: 'Stated by a person.', unit: { unit: 'points' }, doubts: [] },
    { stated: false, reason: '“loss” in the name; “val” says val.', unit: null },
  ]);
});
