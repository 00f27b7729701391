// Training health in the report: what the rules say of a run that broke, what a person set aside, and what was not assessed.
import { expect, test } from 'vitest';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import { emptyProject, type Project } from '../../../src/core/project/project';
import { buildReport } from '../../../src/core/report/build';
import type { Block, TableBlock } from '../../../src/core/report/document';
import { renderers } from '../../../src/core/report/renderer';
import { runStyle } from '../../../src/core/view/run-style';
import { readRunFromText } from '../../support/run-from-text';

/** A loss that falls, and for one run is not a number from step 30 on. */
const lossOf = (broken: boolean): string =>
  `step train/loss\n${Array.from({ length: 60 }, (_, step) => `${step} ${broken && step >= 30 ? 'NaN' : (2 / (1 + step / 10) + 0.01 * Math.sin(7 * step)).toFixed(4)}`).join('\n')}`;
const read = [readRunFromText(lossOf(true), { id: 'sick', name: 'sick one' }), readRunFromText(lossOf(false), { id: 'well', name: 'well one' })];
const judged = read.map((one) => judgeRun(one));

const reportOf = (project: Partial<Project> = {}, withHealth = true) => {
  const runs = read.map(({ run }) => run);
  return buildReport({
    runs,
    styles: new Map(runs.map((run, slot) => [run.id, runStyle(slot)])),
    charts: [],
    chartsLeftOut: 0,
    createdMs: Date.UTC(2026, 0, 2),
    generator: 'test',
    project: { ...emptyProject, ...project },
    analyses: withHealth ? { health: { runs: judged.map(({ health }) => health), across: judgeAcross(judged.map(({ sketch }) => sketch)) } } : {},
  });
};
const blocks = (document: ReturnType<typeof reportOf>): readonly Block[] => document.sections.find(({ id }) => id === 'health')?.blocks ?? [];
const table = (document: ReturnType<typeof reportOf>, id: string): TableBlock | undefined =>
  blocks(document).find((block): block is TableBlock => block.kind === 'table' && block.id === id);
const texts = (found: TableBlock | undefined) => found?.rows.map((row) => row.map((cell) => cell.text));

test('findings stand with run, severity, rule, words and step; runs are counted', () => {
  const document = reportOf();
  const row = texts(table(document, 'findings'))?.find(([, , rule]) => rule === 'A-01');
  expect(row?.slice(0, 3)).toEqual(['sick one (baseline)', 'critical', 'A-01']);
  expect(row?.[3]).toContain('train/loss');
  expect(row?.[4]).toBe('30');
  expect(texts(table(document, 'health'))?.map(([name, critical]) => [name, critical])).toEqual([
    ['sick one (baseline)', '1'],
    ['well one', '0'],
  ]);
});

test('what was set aside is listed apart with its reason, and no longer among the findings', () => {
  const document = reportOf({ waivers: [{ rule: 'A-01', run: 'sick', reason: 'known overflow', untilMs: Date.UTC(2026, 5, 1) }] });
  expect(texts(table(document, 'findings'))?.filter(([, , rule]) => rule === 'A-01') ?? []).toEqual([]);
  expect(texts(table(document, 'waived-findings'))).toMatchObject([
    ['sick one (baseline)', 'critical', 'A-01', expect.anything(), 'known overflow', '2026-05-31'],
  ]);
  const ended = reportOf({ waivers: [{ rule: 'A-01', run: null, reason: 'x', untilMs: Date.UTC(2026, 0, 1) }] });
  expect(table(ended, 'waived-findings')).toBeUndefined();
});

test('what was not assessed is told with its reason', () => {
  const rules = judged.flatMap(({ health }) => health.notAssessed.map(({ rule }) => rule));
  expect(new Set(texts(table(reportOf(), 'not-assessed'))?.map(([rule]) => rule))).toEqual(new Set(rules));
});

test('without an analysis the section is left out', () => expect(blocks(reportOf({}, false))).toEqual([]));

test('every format holds the finding', () => {
  const document = reportOf();
  for (const renderer of renderers) expect(renderer.render(document, { svgOf: () => '' }), renderer.meta.id).toContain('A-01');
});
