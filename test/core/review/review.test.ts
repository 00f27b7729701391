// The five-part review: one cause one item, ranked, honest about what it cannot tell, the same in any order.
import { describe, expect, test } from 'vitest';
import { expectations } from '../../../src/core/health/expected/expectations';
import { healthRules } from '../../../src/core/health/index';
import type { ReadRun } from '../../../src/core/model/run';
import { practices } from '../../../src/core/practices/index';
import { items as checklistItems } from '../../../src/core/reproducibility/index';
import { causeOf, causes, organizational } from '../../../src/core/review/causes';
import type { Engine } from '../../../src/core/review/engine';
import { engines } from '../../../src/core/review/engine';
import { severityWeights } from '../../../src/core/review/items';
import { itemsOf, type Review } from '../../../src/core/review/result';
import { reviewOf } from '../../../src/core/review/review';
import { coverageAxes, type SetupFinding, type SetupReview } from '../../../src/core/setup/finding';
import { reviewed, reviewNow } from '../../support/judged';
import { readRunFromDrawing } from '../../support/run-drawing';

const finding = (rule: string, more: Partial<SetupFinding> = {}): SetupFinding => ({
  rule,
  severity: 'warn',
  confidence: 0.8,
  places: [{ file: 'train.py', line: 12, endLine: 12, cell: null }],
  summary: `${rule} was found.`,
  why: 'It matters.',
  fix: { text: 'Mend it.', code: `mended_${rule.replace('-', '_')}()`, edits: [] },
  ...more,
});
const code = (...findings: readonly SetupFinding[]): SetupReview =>
  ({
    files: ['train.py'],
    trainings: [{ framework: 'pytorch', place: { file: 'train.py', line: 1, endLine: 1, cell: null } }],
    frameworks: ['pytorch'],
    trackers: [],
    recipes: [],
    findings,
    withdrawn: [],
    suppressed: [],
    unknown: [{ rule: 'E-16', reason: 'The data come from an option.' }],
    coverage: Object.fromEntries(coverageAxes.map((axis) => [axis, { state: 'unknown', places: [] }])) as unknown as SetupReview['coverage'],
  }) as SetupReview;

const noValidation = (id: string): ReadRun => readRunFromDrawing({ draw: 'train/loss 2 ±0.01 ~>1 x100\nlr 1 =x100', params: { lr: 0.1, seed: 1 } }, id);
const sick = (id: string): ReadRun => readRunFromDrawing({ draw: 'train/loss 2 ~>1 x50 nan x50\nval/loss /10 @10 2 ~>1 x5', params: { lr: 3 } }, id);
const sweep: readonly ReadRun[] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
  readRunFromDrawing(
    {
      draw: `train/loss 2 ±0.01 ~>${1 + (i % 4) / 10} x60\nval/loss /5 ±0.01 @5 2 ~>${1.1 + (i % 4) / 10 + i / 100} x12`,
      params: { lr: 0.1 * ((i % 4) + 1), seed: i },
    },
    `run-${i}`,
  ),
);
const idsOf = (review: Review): readonly string[] => itemsOf(review).map(({ id }) => id);

test('code alone is reviewed as well; a link names file, line, cell and rule', async () => {
  const inCell = finding('E-12', { places: [{ file: 'eda.ipynb', line: 2, endLine: 2, cell: 3 }] });
  const review = await reviewed([], { setup: code(finding('E-10', { severity: 'critical' }), inCell) });
  expect(review.assessment[0]?.text).toContain('Training code without runs: 1 file; 1 training (PyTorch: train.py:1)');
  const links = itemsOf(review).flatMap(({ evidence }) => evidence.flatMap(({ link }) => (link ? [link.place.join('/')] : [])));
  expect(links.sort()).toEqual(['code/line/eda.ipynb/2/3/E-12', 'code/line/train.py/12/-/E-10']);
  // What only runs can answer is said once, not question by question.
  expect([...new Set(review.notAssessed.map(({ engine }) => engine))]).toEqual(['setup']);
  expect(review.assessment.at(-1)?.text).toContain('no runs were given');
  expect(review.nextSteps[0]).toMatchObject({ id: 'experiment-first-run', kind: 'experiment', evidence: { findings: 2 } });
});

test('what could not be seen in the code is put to whoever wrote it', async () => {
  const open = { ...code(), unknown: [{ rule: 'E-13', reason: 'The loader comes from a package.' }] };
  const { nextSteps } = await reviewed([], { setup: open });
  expect(nextSteps.find(({ id }) => id === 'confirm-setup')).toMatchObject({
    kind: 'confirm',
    who: 'whoever wrote the training code',
    text: expect.stringMatching(/E-13: .+\? The loader comes from a package\./),
  });
});

describe('one cause is one item', () => {
  test('no validation metric, said by a curve, the kind of problem and the code', async () => {
    const review = await reviewed([noValidation('a'), noValidation('b')], { setup: code(finding('E-07', { severity: 'critical' })) });
    const found = itemsOf(review).filter(({ rules }) => rules.some((rule) => rule === 'A-27' || rule === 'E-07'));
    expect(found).toHaveLength(1);
    const [item] = found;
    expect(item?.rules).toEqual(expect.arrayContaining(['A-27', 'E-07']));
    expect(item).toMatchObject({ id: 'validation', rule: 'E-07', severity: 'critical', runs: ['a', 'b'] });
    expect(item?.evidence.flatMap(({ places }) => places)).toMatchObject([{ file: 'train.py', line: 12 }]);
    // The project's own lines win over a snippet.
    expect(item?.fix?.code).toBe('mended_E_07()');
    expect(review.critical.map(({ id }) => id)).toContain('validation');
  });

  test('naming and seeds go to their part, and code and runs together are surer than either', async () => {
    const mixed = ['a', 'b'].map((id) => readRunFromDrawing({ draw: 'train/loss 2 ±0.01 ~>1 x40\nval_loss 2 ±0.01 ~>1 x40', params: { lr: 1 } }, id));
    const alone = await reviewed(mixed);
    const both = await reviewed(mixed, { setup: code(finding('E-31')) });
    const named = (review: Review) => review.organization.find(({ id }) => id === 'metric-names');
    expect(named(alone)?.rules).toEqual(['G-01']);
    expect(named(both)?.rules).toEqual(['E-31', 'G-01']);
    expect(named(both)?.confidence).toBeGreaterThan(named(alone)?.confidence ?? 1);
    expect(named(both)?.confidence).toBeLessThan(1);
  });

  test('no rule stands in two items, and an item is named once', async () => {
    const review = await reviewed([...sweep, sick('z')], { setup: code(finding('E-10'), finding('E-12'), finding('E-28')) });
    const rules = itemsOf(review).flatMap((item) => item.rules);
    expect(new Set(rules).size).toBe(rules.length);
    expect(new Set(idsOf(review)).size).toBe(idsOf(review).length);
  });

  test('no item is called by a question: titles say what is wrong', async () => {
    const review = await reviewed([...sweep, sick('z')]);
    expect(itemsOf(review).filter(({ title }) => title.endsWith('?'))).toEqual([]);
    expect(checklistItems.filter(({ meta }) => causeOf(meta.id) === null).map(({ meta }) => meta.id)).toEqual([]);
  });

  test('the table names rules that there are, each once', () => {
    const rules = causes.flatMap((cause) => cause.rules);
    expect(new Set(rules).size).toBe(rules.length);
    const expected = new Set(Object.values(expectations).flatMap((set) => set.map(({ id }) => `expected/${id}`)));
    const known = new Set([...healthRules, ...practices, ...checklistItems].map(({ meta }) => meta.id));
    expect(rules.filter((rule) => !known.has(rule) && !expected.has(rule) && !/^(E-(0[1-9]|[1-3]\d|4[0-2])|N-0[1-6]|groups)$/.test(rule))).toEqual([]);
    // Titles of set-up rules and practices say what is right: an item says what is wrong.
    const code = [...Array.from({ length: 42 }, (_, i) => `E-${String(i + 1).padStart(2, '0')}`), ...[1, 2, 3, 4, 5, 6].map((i) => `N-0${i}`)];
    expect(code.filter((rule) => !rules.includes(rule))).toEqual([]);
    expect([...organizational].filter((id) => !/^[EN]-/.test(id) && !causes.some((cause) => cause.id === id))).toEqual([]);
  });
});

describe('rank and parts', () => {
  test('severity × confidence, worst first; what is doubtful is put to a person', async () => {
    const review = await reviewed([noValidation('a')], {
      setup: code(finding('E-29', { confidence: 0.4, severity: 'critical' }), finding('E-26', { confidence: 0.9, severity: 'critical' }), finding('E-28')),
    });
    expect(review.critical.map(({ id }) => id)).toContain('E-26');
    expect(review.critical.map(({ id }) => id)).not.toContain('activation');
    for (const part of [review.critical, review.recommendations, review.organization]) {
      expect(part.map(({ weight }) => weight)).toEqual(part.map(({ weight }) => weight).toSorted((a, b) => b - a));
      for (const { severity, confidence, weight } of part) expect(weight).toBeCloseTo(severityWeights[severity] * confidence);
    }
    expect(review.nextSteps.find(({ id }) => id === 'confirm-activation')).toMatchObject({ kind: 'confirm', who: 'whoever wrote the training code' });
  });

  test('each part in its order, with n: assessment, critical, recommendations, organization, next steps', async () => {
    const review = await reviewed([...sweep, sick('z')]);
    const [scope, ...rest] = review.assessment;
    expect(scope?.text).toMatch(/^9 runs/);
    expect(rest.find(({ rule }) => rule === 'result')?.text).toMatch(/n = \d+/);
    expect(rest.find(({ rule }) => rule === 'matters')?.text).toContain('Training diverged');
    expect(review.critical[0]).toMatchObject({ id: 'diverged', runs: ['z'] });
    expect(review.critical[0]?.summary).toContain('In 1 of 9 runs (z)');
    expect(review.critical[0]?.evidence[0]).toMatchObject({
      engine: 'health',
      rule: 'A-01',
      step: 51,
      link: { place: ['health', 'finding', 'z', 'A-01', '0'] },
    });
    expect(review.nextSteps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['experiment', 'confirm']));
    for (const item of itemsOf(review)) expect(item.evidence.length, item.id).toBeGreaterThan(0);
    const texts = review.nextSteps.filter(({ kind }) => kind === 'experiment').map(({ text }) => text);
    expect(new Set(texts.filter((text) => text !== 'For the same reason.')).size).toBe(texts.filter((text) => text !== 'For the same reason.').length);
  });
});

test('the order of runs and findings does not matter, and twice is the same', async () => {
  const setup = code(finding('E-10'), finding('E-12'), finding('E-28'), finding('E-28', { places: [{ file: 'a.py', line: 3, endLine: 3, cell: null }] }));
  const forward = await reviewed([...sweep, sick('z')], { setup });
  const backward = await reviewed([...sweep, sick('z')].reverse(), { setup: { ...setup, findings: setup.findings.toReversed() } });
  expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
});

describe('what people said', () => {
  const waiver = (rule: string, run: string | null = null) => ({ rule, run, reason: 'Known, mended in the next release.', untilMs: null });

  test('what is set aside is listed with its reason and is no item', async () => {
    const review = await reviewed([sick('a'), sick('b')], { project: { waivers: [waiver('A-01', 'a'), waiver('E-28')] }, setup: code(finding('E-28')) });
    expect(review.critical.find(({ id }) => id === 'diverged')?.runs).toEqual(['b']);
    expect(idsOf(review)).not.toContain('E-28');
    expect(review.stated.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['waived', 'A-01'],
      ['waived', 'E-28'],
    ]);
  });

  test('an attested item is no recommendation, and stands as said by a person', async () => {
    const runs = [noValidation('a')];
    const before = await reviewed(runs);
    const after = await reviewed(runs, { project: { attestations: [{ item: 'R06', run: null, by: 'Ada', note: 'Frozen set.', atMs: reviewNow }] } });
    expect(idsOf(before)).toContain('data-version');
    expect(idsOf(after)).not.toContain('data-version');
    expect(after.stated).toMatchObject([{ kind: 'attested', rule: 'R06', words: expect.stringContaining('Ada') }]);
  });
});

describe('little to say', () => {
  test('a run with nothing in it gives a sane review that claims nothing', async () => {
    const review = await reviewed([readRunFromDrawing({ draw: '' }, 'empty')]);
    expect(review.critical).toEqual([]);
    expect(review.assessment.map(({ rule }) => rule)).toEqual(['scope', 'matters', 'doubt']);
    expect(review.assessment.at(-1)?.text).toContain('unknown, not in order');
    expect(review.notAssessed.length).toBeGreaterThan(20);
  });

  test('no runs and no code: every part is empty, and says so', async () => {
    const review = await reviewed([]);
    expect(itemsOf(review)).toEqual([]);
    expect(review.nextSteps).toEqual([]);
    expect(review.assessment[0]?.text).toBe('No runs were reviewed.');
  });

  test('odd runs are answers, not errors', async () => {
    const odd = ['train/loss nan x20', 'train/loss 1', 'x inf', ''].map((draw, i) =>
      readRunFromDrawing({ draw, params: { lr: [1, { a: null }], [`p${i}`]: null } }, `odd-${i}`),
    );
    const review = await reviewed(odd);
    expect(review.notAssessed.filter(({ reason }) => reason.startsWith('It failed'))).toEqual([]);
  });

  test('an engine that throws is not assessed, and the others speak', async () => {
    const broken: Engine = {
      meta: { id: 'broken', title: 'Broken' },
      claims: () => {
        throw new Error('lost');
      },
      notAssessed: () => [],
    };
    const { run } = sick('a');
    const review = reviewOf(
      {
        runs: [run],
        health: [],
        across: { findings: [], notAssessed: [] },
        practices: { findings: [], notAssessed: [], clear: [], waivers: [], gated: [], leftOut: new Map() },
        checklists: [],
        expected: new Map(),
        trials: { problem: 'None.' },
        setup: code(finding('E-28')),
        statements: { project: { attestations: [], waivers: [] }, nowMs: reviewNow },
      },
      [broken, ...engines],
    );
    expect(review.notAssessed).toContainEqual({ engine: 'broken', rule: 'broken', reason: 'It failed (lost).', runs: [] });
    expect(idsOf(review)).toEqual(['E-28']);
  });
});
