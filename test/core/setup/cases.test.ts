// What the review is worth on labelled code: precision by severity, recall, places. Floors, so that a regression is caught.
import { beforeAll, describe, expect, test } from 'vitest';
import { reviewSetup } from '../../../src/core/setup/review';
import { type SetupScore, scoreSetup, setupCases } from '../../support/setup-cases';
import { drawnProject } from '../../support/setup-project';

const cases = setupCases();
let score: SetupScore;

beforeAll(async () => {
  const answers = [];
  for (const of of cases) answers.push({ of, findings: reviewSetup(await drawnProject(of.files)).findings });
  score = scoreSetup(answers);
}, 120_000);

const share = (part: number, rest: number): number => part / (part + rest);

describe('on labelled code', () => {
  test('there is enough of it', () => {
    expect(cases.length).toBeGreaterThanOrEqual(47);
    expect(score.right.critical + score.right.warn).toBeGreaterThan(100);
  });

  test('what is said is true: of high severity 95 in 100, of medium 85', () => {
    expect(share(score.right.critical, score.wrong.critical), score.falseAlarms.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(share(score.right.warn, score.wrong.warn), score.falseAlarms.join('\n')).toBeGreaterThanOrEqual(0.85);
  });

  test('what is wrong is found: 85 in 100', () => {
    expect(share(score.found, score.missed.length), score.missed.join('\n')).toBeGreaterThanOrEqual(0.85);
  });

  test('places are within three lines, in cells of notebooks too: 95 in 100', () => {
    expect(1 - score.misplaced.length / score.placed, score.misplaced.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('clean code has fewer than two false findings in a thousand lines', () => {
    expect(score.cleanLines).toBeGreaterThan(1000);
    expect((1000 * score.cleanAlarms) / score.cleanLines).toBeLessThan(2);
  });

  test('mutants are told from their twins', () => {
    expect(score.told).toBe(score.mutants);
  });
});

test('the score counts what is wrong', () => {
  const [first] = cases.filter(({ labels }) => labels.some(({ rule }) => rule === 'E-10'));
  const said = (rule: string, line: number) =>
    ({ rule, severity: 'critical', confidence: 1, places: [{ file: 'train.py', line, endLine: line, cell: null }], summary: '', why: '', fix: null }) as const;
  const silent = scoreSetup([{ of: first!, findings: [] }]);
  expect([silent.found, silent.missed.length]).toEqual([0, Object.values(first!.rules).filter((status) => status === 'fires').length]);
  const clean = cases.find(({ labels }) => labels.length === 0)!;
  expect(scoreSetup([{ of: clean, findings: [said('E-10', 1)] }])).toMatchObject({ wrong: { critical: 1 }, cleanAlarms: 1, falseAlarms: [`${clean.id} E-10`] });
  expect(scoreSetup([{ of: first!, findings: [said('E-10', 9999)] }]).misplaced).toEqual([`${first!.id} E-10`]);
});
