// Practices in the report: only where there is something to say; what is waived stands apart, runs left out of rankings carry their reasons.
import { expect, test } from 'vitest';
import { assessPractices } from '../../../src/core/practices/assess';
import { type ExampleProject, type ExampleRun, exampleContext } from '../../../src/core/practices/example';
import { buildReport } from '../../../src/core/report/build';
import type { TableBlock } from '../../../src/core/report/document';
import { renderers } from '../../../src/core/report/renderer';
import { runStyle } from '../../../src/core/view/run-style';

const hostile = '<b>"|`$x';
const mixed: readonly ExampleRun[] = [
  { name: hostile, logs: { 'val/loss': 9 } },
  { name: 'odd', logs: { val_loss: 9 } },
];

function reportOf(given: ExampleProject) {
  const context = exampleContext(given);
  const { runs } = context;
  return buildReport({
    runs,
    styles: new Map(runs.map((run, slot) => [run.id, runStyle(slot)])),
    charts: [],
    chartsLeftOut: 0,
    createdMs: context.now,
    generator: 'test',
    analyses: { practices: assessPractices(context) },
  });
}
const tablesOf = (document: ReturnType<typeof reportOf>) =>
  new Map(
    (document.sections.find(({ id }) => id === 'practices')?.blocks ?? [])
      .filter((block): block is TableBlock => block.kind === 'table')
      .map(({ id, rows }) => [id, rows.map((row) => row.map(({ text }) => text))] as const),
  );

test('nothing to say, nothing said', () => {
  expect(reportOf({ runs: [{ logs: { 'val/loss': 9 } }] }).sections.map(({ id }) => id)).not.toContain('practices');
});

test('findings, what is waived, and what is left out of rankings', () => {
  const open = tablesOf(reportOf({ runs: mixed, project: { contract: { metric: 'val/loss' } } }));
  expect([...open.keys()]).toEqual(['practices', 'left-out']);
  expect(open.get('practices')?.[0]?.slice(0, 2)).toEqual(['warning', 'G-01 One style of metric names']);
  expect(open.get('left-out')).toEqual([['odd', 'val/loss is not logged']]);
  const waivers = [{ rule: 'G-01', run: null, reason: 'Renamed soon.', untilMs: Date.UTC(2027, 0, 1) }];
  const waived = tablesOf(reportOf({ runs: mixed, project: { waivers } }));
  expect([...waived.keys()]).toEqual(['waived-practices']);
  expect(waived.get('waived-practices')?.[0]?.[2]).toBe('Waived until 2026-12-31: Renamed soon.');
});

test('a page holds the findings and no markup of a run', () => {
  const html = renderers.find(({ meta }) => meta.id === 'html')?.render(reportOf({ runs: mixed }), { svgOf: () => '' }) ?? '';
  expect(html).toContain('G-01 One style of metric names');
  expect(html).not.toContain(hostile);
});
