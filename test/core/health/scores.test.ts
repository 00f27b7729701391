// The targets, over the labelled trainings: precision by severity, recall, false alarms, onsets. As the scorer that comes with them counts.
import { expect, test } from 'vitest';
import { healthRules } from '../../../src/core/health/index';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import { healthCases, scoreOf } from '../../support/health-cases';

test('labelled trainings: critical ≥ 0.97, warn ≥ 0.90, recall ≥ 0.85, at most 3 false alarms per 100 healthy runs, onsets within 5 %', async () => {
  const answers = (await healthCases()).map(({ id, label, runs }) => {
    const judged = runs.map((read) => judgeRun(read));
    const across = judgeAcross(judged.map(({ sketch }) => sketch)).findings.map((finding) => ({ ...finding, onset: null }));
    // Several runs of a case are one training started again: the first one's findings are labelled.
    return { id, label, findings: [...(judged[0]?.health.findings ?? []), ...across] };
  });
  const score = scoreOf(answers, new Set(healthRules.map(({ meta }) => meta.id)));
  const share = (severity: 'note' | 'warn' | 'critical') => (score.said[severity] === 0 ? 1 : score.right[severity] / score.said[severity]);
  expect(answers.length).toBe(77);
  expect(score.said.critical).toBeGreaterThan(0);
  expect(share('critical'), 'precision of critical').toBeGreaterThanOrEqual(0.97);
  expect(share('warn'), 'precision of warn').toBeGreaterThanOrEqual(0.9);
  expect(share('note'), 'precision of note').toBeGreaterThanOrEqual(0.9);
  expect(score.caught / score.demanded, score.missed.join(', ')).toBeGreaterThanOrEqual(0.85);
  expect((100 * score.falseAlarms.length) / score.healthy, score.falseAlarms.join(', ')).toBeLessThanOrEqual(3);
  const errors = [...score.onsetErrors].sort((a, b) => a - b);
  expect(errors.length).toBeGreaterThan(5);
  expect(errors[Math.floor(0.9 * errors.length)], 'onset error at 90 %').toBeLessThanOrEqual(0.05);
}, 120_000);
