// Every checklist item: its examples give the verdicts they claim, at least one earns and one does not.
import { describe, expect, test } from 'vitest';
import { exampleContext } from '../../../src/core/reproducibility/example';
import { items } from '../../../src/core/reproducibility/index';

/** Items that only the review of training code can decide: they have no example that earns. */
const needCode = new Set(['R02', 'R10']);

test('there are 32 items, R01 to R32', () => {
  expect(items.map(({ meta }) => meta.id)).toEqual(Array.from({ length: 32 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`));
});

describe.each(items.map((item) => [item.meta.id, item] as const))('%s', (id, item) => {
  test.each(item.examples.map((example, index) => [index, example] as const))('example %i', (_, example) => {
    const outcome = item.check(exampleContext(example.run));
    expect(outcome.verdict, outcome.reason).toBe(example.verdict);
    expect(outcome.reason).not.toBe('');
  });

  test('examples fire and stay silent', () => {
    const verdicts = item.examples.map(({ verdict }) => verdict);
    expect(verdicts.some((verdict) => verdict === 'fail' || verdict === 'unknown')).toBe(true);
    if (!needCode.has(id)) expect(verdicts.some((verdict) => verdict === 'pass' || verdict === 'partial' || verdict === 'n.a.')).toBe(true);
  });

  test('what earns shows its evidence, and a fix is offered', () => {
    const groupItems = new Set(['R05', 'R31', 'R26', 'R24']);
    for (const example of item.examples) {
      const { verdict, evidence } = item.check(exampleContext(example.run));
      if ((verdict === 'pass' || verdict === 'n.a.') && !groupItems.has(id)) expect(evidence.length).toBeGreaterThan(0);
    }
    expect(item.fix(null).text.length).toBeGreaterThan(10);
  });
});
