// The list of findings: worst first, filtered by what a person types, with stable names.
import { describe, expect, test } from 'vitest';
import type { RunId } from '../../../src/core/base/units';
import type { Finding, FindingSeverity, RunHealth } from '../../../src/core/health/finding';
import { badgeOf, countsText, filterFindings, findingsOf, healthRows, notAssessedRows, severities } from '../../../src/core/view/health-list';
import { runFromText } from '../../support/run-from-text';

const finding = (rule: string, severity: FindingSeverity, summary = rule): Finding => ({
  rule,
  severity,
  summary,
  evidence: {},
  caveat: '',
  advice: { text: '' },
  series: [{ name: 'val/loss', context: {} }],
  onset: null,
  marks: [],
});
const runs = ['a', 'b', 'c'].map((id) => runFromText('step loss\n0 1', { id, name: `run ${id}` }));
const [a, b, c] = runs as [(typeof runs)[0], (typeof runs)[0], (typeof runs)[0]];
const judged = new Map<RunId, RunHealth>([
  [
    a.id,
    {
      run: a.id,
      findings: [finding('A-04', 'warn', 'first spike'), finding('A-04', 'warn', 'second spike'), finding('A-09', 'note')],
      notAssessed: [{ rule: 'A-20', reason: 'no clip' }],
      clear: [],
    },
  ],
  [
    b.id,
    {
      run: b.id,
      findings: [finding('A-01', 'critical'), finding('A-04', 'warn')],
      notAssessed: [
        { rule: 'A-20', reason: 'no clip' },
        { rule: 'A-3', reason: 'x' },
      ],
      clear: [],
    },
  ],
]);
const items = findingsOf(runs, judged);
const title = (rule: string) => ({ 'A-04': 'Loss spikes' })[rule] ?? '';
const all = { severities, rule: null, run: null, text: '' };

test('each finding has a name of its own, also the second of a rule', () =>
  expect(items.map(({ key }) => key)).toEqual(['a/A-04/0', 'a/A-04/1', 'a/A-09/0', 'b/A-01/0', 'b/A-04/0']));

test.each([
  [{ severities: ['critical'] as const }, ['b/A-01/0']],
  [{ rule: 'A-04', run: a.id }, ['a/A-04/0', 'a/A-04/1']],
  [{ text: 'SECOND' }, ['a/A-04/1']],
  [{ text: 'loss spikes run b' }, ['b/A-04/0']],
  [{ text: 'nothing' }, []],
])('filter %o', (filter, keys) => expect(filterFindings(items, { ...all, ...filter }, title).map(({ key }) => key)).toEqual(keys));

describe('rows', () => {
  const texts = (by: 'run' | 'rule') => healthRows(items, by, title).map((row) => (row.kind === 'head' ? `${row.title}: ${row.note}` : row.key));
  test('by run: the worst run first', () =>
    expect(texts('run')).toEqual(['run b: 1 critical, 1 warning', 'b/A-01/0', 'b/A-04/0', 'run a: 2 warnings, 1 note', 'a/A-04/0', 'a/A-04/1', 'a/A-09/0']));
  test('by rule: the worst rule first, with how many runs it hit', () =>
    expect(texts('rule')).toEqual(['A-01 : 1 run', 'b/A-01/0', 'A-04 Loss spikes: 2 runs', 'a/A-04/0', 'a/A-04/1', 'b/A-04/0', 'A-09 : 1 run', 'a/A-09/0']));
  test('ten thousand findings are arranged without a quadratic step', () => {
    const many = Array.from({ length: 2000 }, (_, at) => ({ ...a, id: `m${at}` as typeof a.id }));
    const health = new Map(
      many.map((run) => [run.id, { run: run.id, findings: Array.from({ length: 5 }, () => finding('A-04', 'warn')), notAssessed: [], clear: [] }]),
    );
    expect(healthRows(findingsOf(many, health), 'run', title)).toHaveLength(12_000);
  });
});

test('what was not assessed stands together by reason, rules in their order', () =>
  expect(notAssessedRows(runs, judged).map(({ rule, runs: which }) => [rule, which.length])).toEqual([
    ['A-3', 1],
    ['A-20', 2],
  ]));

test('reasons that differ in numbers alone are one row, and say so', () => {
  const of = (run: (typeof runs)[0], reason: string): readonly [RunId, RunHealth] => [
    run.id,
    { run: run.id, findings: [], notAssessed: [{ rule: 'A-05', reason }], clear: [] },
  ];
  const rows = notAssessedRows(runs, new Map([of(a, 'Needs 300 points; 17 are finite.'), of(b, 'Needs 300 points; 1,200.5 are finite.'), of(c, 'No loss.')]));
  expect(rows.map(({ reason, varied, runs: which }) => [reason, varied, which.length])).toEqual([
    ['Needs 300 points; 17 are finite.', true, 2],
    ['No loss.', false, 1],
  ]);
});

test('a badge counts the worst, says it, and keeps silent over notes', () => {
  expect(badgeOf(judged.get(b.id))).toMatchObject({ worst: 'critical', count: 1, hint: 'A-01: A-01 And 1 more finding.' });
  expect(badgeOf(judged.get(a.id))).toMatchObject({ worst: 'warn', count: 2 });
  expect(badgeOf({ run: c.id, findings: [finding('A-09', 'note')], notAssessed: [], clear: [] })).toBeNull();
  expect(badgeOf(undefined)).toBeNull();
  expect(countsText({ critical: 0, warn: 0, note: 0 })).toBe('');
});

test('what a person set aside stays in the list, below the rest, and is counted nowhere', () => {
  const statements = { project: { attestations: [], waivers: [{ rule: 'A-01', run: b.id, reason: 'known', untilMs: 5 }] }, nowMs: 4 };
  const said = findingsOf(runs, judged, statements);
  expect(said.find(({ key }) => key === 'b/A-01/0')?.waived?.reason).toBe('known');
  expect(healthRows(said, 'run', title).map((row) => (row.kind === 'head' ? `${row.title}: ${row.note}` : row.key))).toEqual([
    'run a: 2 warnings, 1 note',
    'a/A-04/0',
    'a/A-04/1',
    'a/A-09/0',
    'run b: 1 warning',
    'b/A-04/0',
    'b/A-01/0',
  ]);
  expect(badgeOf(judged.get(b.id), statements)).toMatchObject({ worst: 'warn', count: 1 });
  expect(badgeOf(judged.get(b.id), { ...statements, nowMs: 5 })).toMatchObject({ worst: 'critical' });
});
