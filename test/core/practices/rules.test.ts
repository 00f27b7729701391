// Every practice: its examples fire as often as they say and stay silent, and whatever it claims is complete and the same in any order.
import { describe, expect, test } from 'vitest';
import { randomOf, shuffled } from '../../../src/core/base/random';
import { exampleContext } from '../../../src/core/practices/example';
import { practices } from '../../../src/core/practices/index';

test('there are 14 practices, G-01 to G-14', () => {
  expect(practices.map(({ meta }) => meta.id)).toEqual(Array.from({ length: 14 }, (_, index) => `G-${String(index + 1).padStart(2, '0')}`));
});

describe.each(practices.map((rule) => [rule.meta.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.examples.map((example, index) => [index, example] as const))('example %i', (_, { given, claims }) => {
    const outcome = rule.check(exampleContext(given));
    expect(outcome.claims.map(({ summary }) => summary)).toHaveLength(claims);
  });

  test('examples fire and stay silent', () => {
    expect(rule.examples.some(({ claims }) => claims > 0)).toBe(true);
    expect(rule.examples.some(({ claims }) => claims === 0)).toBe(true);
  });

  test('a claim names its runs, its numbers, its doubt and what to do', () => {
    for (const { given } of rule.examples) {
      const context = exampleContext(given);
      const known = new Set<string>(context.runs.map(({ id }) => id));
      for (const claim of rule.check(context).claims) {
        expect(claim.runs.every((id) => known.has(id)) && new Set(claim.runs).size === claim.runs.length).toBe(true);
        expect(claim.summary).toMatch(/^\S.*\.$/);
        expect(claim.caveat).toMatch(/\.$/);
        expect(claim.advice.text).toMatch(/\.$/);
        expect(Object.keys(claim.evidence).length).toBeGreaterThan(0);
        expect(JSON.stringify(claim)).not.toMatch(/undefined|NaN/);
      }
    }
  });

  test('a project without runs is judged without a claim', () => {
    expect(rule.check(exampleContext({ runs: [] })).claims).toEqual([]);
  });

  test('which runs it means does not depend on their order', () => {
    for (const { given } of rule.examples) {
      const context = exampleContext(given);
      const meant = (runs: typeof context.runs) => rule.check({ ...context, runs }).claims.map((claim) => [...claim.runs].sort());
      for (const seed of [1, 2, 3]) expect(meant(shuffled(context.runs, randomOf(seed))).sort()).toEqual(meant(context.runs).sort());
    }
  });
});
