// What a project file says of practices: modes, waivers with their end, opt-in, gates; a rule that throws; the contract's ranking.
import { expect, test } from 'vitest';
import { assessPractices, failing } from '../../../src/core/practices/assess';
import { rankingOf } from '../../../src/core/practices/contract';
import { type ExampleProject, exampleContext, exampleNow } from '../../../src/core/practices/example';
import type { PracticeRule } from '../../../src/core/practices/rule';

const mixed = { runs: [{ logs: { 'train/loss': 9, val_loss: 9 } }, { logs: { 'train/loss': 9, val_loss: 9 } }] };
const assess = (given: ExampleProject) => assessPractices(exampleContext(given));
const named = (given: ExampleProject) => assess(given).findings.map(({ rule, severity, waived }) => [rule, severity, waived]);

test('a finding has its rule’s severity unless a mode says otherwise', () => {
  const withMode = (mode: 'observe' | 'warn' | 'gate') => named({ ...mixed, project: { modes: { 'G-01': mode } } });
  expect(named(mixed)).toEqual([['G-01', 'warn', false]]);
  expect(withMode('observe')).toEqual([['G-01', 'note', false]]);
  expect(withMode('gate')).toEqual([['G-01', 'warn', false]]);
  const names = { runs: ['version_0', 'version_1', 'version_2'].map((name) => ({ name })) };
  expect(named(names)).toEqual([['G-03', 'note', false]]);
  expect(named({ ...names, project: { modes: { 'G-03': 'warn' } } })).toEqual([['G-03', 'warn', false]]);
});

test('only a gate gates, and not what is waived', () => {
  const gated = (project: ExampleProject['project']) => assess({ ...mixed, ...(project ? { project } : {}) }).gated.length;
  const waiver = { rule: 'G-01', run: null, reason: 'Renaming next week.', untilMs: exampleNow + 1 };
  expect(gated({ modes: { 'G-01': 'warn' } })).toBe(0);
  expect(gated({ modes: { 'G-01': 'gate' } })).toBe(1);
  expect(gated({ modes: { 'G-01': 'gate' }, waivers: [waiver] })).toBe(0);
  expect(gated({ modes: { 'G-01': 'gate' }, waivers: [{ ...waiver, untilMs: exampleNow }] })).toBe(1);
});

test('waivers are listed with what became of them; a finding is waived when all of its runs are', () => {
  const of = (run: string | null, untilMs: number | null = null) => ({ rule: 'G-01', run, reason: 'r', untilMs });
  const result = (waivers: ReturnType<typeof of>[]) => assess({ ...mixed, project: { waivers } });
  expect(result([of('run-0')]).findings).toMatchObject([{ waived: false, waivers: [{ run: 'run-0' }] }]);
  expect(result([of('run-0'), of('run-1')]).findings).toMatchObject([{ waived: true }]);
  expect(result([of('run-0', 0), of('run-7'), of('run-1')]).waivers.map(({ state }) => state)).toEqual(['expired', 'not needed', 'in force']);
  expect(failing(result([of(null)]).findings, 'note')).toEqual([]);
  expect(failing(result([]).findings, 'warn')).toHaveLength(1);
  expect(failing(result([]).findings, 'critical')).toHaveLength(0);
});

test('rules that are off by default run once they are named, the contract’s with a contract', () => {
  const saved = ['step-0.ckpt', 'step-1.ckpt', 'step-2.ckpt', 'best.ckpt'].map((path) => ({ path, size: 9, kind: 'file' as const }));
  expect(named({ runs: [{ artifacts: saved }] })).toEqual([]);
  expect(named({ runs: [{ artifacts: saved }], project: { modes: { 'G-11': 'observe' } } })).toEqual([['G-11', 'note', false]]);
  expect(named({ runs: [{}], project: { contract: { metric: 'acc' } } })).toEqual([['G-12', 'warn', false]]);
});

test('a rule that throws is not assessed, and the others still run', () => {
  const broken: PracticeRule = {
    meta: { id: 'G-99', title: '', check: '', severity: 'note', optIn: false },
    check: () => {
      throw new Error('lost');
    },
    examples: [],
  };
  const result = assessPractices(exampleContext(mixed), [broken]);
  expect(result).toMatchObject({ findings: [], clear: [], notAssessed: [{ rule: 'G-99', reason: expect.stringContaining('lost') }] });
});

test('deleted runs are left alone, and without runs nothing is clear', () => {
  expect(assess({ runs: [{ deleted: true }] })).toMatchObject({ findings: [], clear: [], notAssessed: [] });
  expect(named({ runs: mixed.runs.map((run) => ({ ...run, deleted: true })) })).toEqual([]);
});

test('what breaks the contract is left out of the ranking, the rest is ranked by its direction', () => {
  const context = exampleContext({
    runs: [
      { logs: { acc: { steps: 10, last: 0.8 } } },
      { logs: { acc: { steps: 10, last: 0.9 } } },
      { logs: { acc: { steps: 5, last: 0.99 } } },
      { logs: { acc: { steps: 10, last: null } } },
    ],
    project: { contract: { metric: 'acc', lastStep: 9 } },
  });
  const { leftOut } = assessPractices(context);
  expect([...leftOut].map(([id, breaches]) => [id, breaches.map(({ clause }) => clause)])).toEqual([
    ['run-2', ['budget']],
    ['run-3', ['metric']],
  ]);
  expect(rankingOf(context.runs, context.project, leftOut)?.map(({ run }) => run.id)).toEqual(['run-1', 'run-0']);
  const nameless = { ...context.project, contract: { metric: 'mystery' } };
  expect(rankingOf(exampleContext({ runs: [{ logs: { mystery: 3 } }] }).runs, nameless, new Map())).toBeNull();
});
