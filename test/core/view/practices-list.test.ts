// Findings of practices as rows: names that last, filters, links to runs, what is waived.
import { expect, test } from 'vitest';
import { assessPractices } from '../../../src/core/practices/assess';
import { exampleContext } from '../../../src/core/practices/example';
import { everyPractice, leftOutRows, practiceCounts, practiceRows } from '../../../src/core/view/practices-list';

const context = exampleContext({
  runs: [
    { name: 'fine', logs: { 'val/loss': 9 } },
    { name: 'odd', logs: { val_loss: 9 }, tags: { kind: 'Base' } },
    { name: 'failed', status: 'failed', logs: { 'val/loss': 9 }, tags: { kind: 'base' } },
  ],
  project: {
    contract: { metric: 'val/loss' },
    waivers: [{ rule: 'G-08', run: 'run-2', reason: 'The disk was full.', untilMs: Date.UTC(2027, 0, 1) }],
  },
});
const result = assessPractices(context);
const rows = (filter: Partial<typeof everyPractice> = {}) => practiceRows(result, context.runs, { ...everyPractice, ...filter });
const keys = (filter: Partial<typeof everyPractice> = {}) => rows(filter).map(({ key }) => key);

test('rows stand worst first, waived ones last, and keep their names under a filter', () => {
  expect(keys()).toEqual(['practices/G-01/0', 'practices/G-12/0', 'practices/G-06/0', 'practices/G-08/0']);
  expect(keys({ severities: ['note'] })).toEqual(['practices/G-06/0']);
  expect(keys({ rule: 'G-12' })).toEqual(['practices/G-12/0']);
  expect(keys({ run: context.runs[0]!.id })).toEqual([]);
  expect(keys({ run: context.runs[2]!.id })).toEqual(['practices/G-06/0', 'practices/G-08/0']);
  expect(keys({ text: 'ODD contract' })).toEqual(['practices/G-12/0']);
  expect(keys({ waived: false })).not.toContain('practices/G-08/0');
});

test('a row links to its runs and says what is set aside', () => {
  const waived = rows({ rule: 'G-08' })[0];
  expect(waived?.runs.map(({ name }) => name)).toEqual(['failed']);
  expect(waived).toMatchObject({ runsText: '1 run', waivedText: ['Waived for failed until 2026-12-31: The disk was full.'] });
});

test('counts leave out what is waived; runs left out of rankings carry their reasons', () => {
  expect(practiceCounts(result)).toEqual({ critical: 0, warn: 2, note: 1 });
  expect(leftOutRows(result, context.runs).map(({ run, reasons }) => [run.name, reasons])).toEqual([['odd', ['val/loss is not logged']]]);
});
