// Every health rule: its examples say what they claim, at least one fires and one stays silent, and findings are whole.
import { describe, expect, test } from 'vitest';
import { type AcrossFinding, type Finding, severityOrder } from '../../../src/core/health/finding';
import { healthRules } from '../../../src/core/health/index';
import { judgeAcross, judgeRun } from '../../../src/core/health/judge';
import type { AcrossRule, DrawnExample, Expected, HealthRule, RunRule } from '../../../src/core/health/rule';
import { readRunFromDrawing } from '../../support/run-drawing';

interface Answer {
  readonly says: Expected;
  readonly findings: readonly (Finding | AcrossFinding)[];
  readonly reason: string;
}

/** What one rule, alone, says of an example. */
function ask(rule: RunRule, example: DrawnExample): Answer {
  const read = readRunFromDrawing(example);
  const { health } = judgeRun(read, { rules: [rule] });
  const names = new Set(read.run.series.map(({ name }) => name));
  for (const finding of health.findings) {
    expect([...finding.series, ...finding.marks.map(({ series }) => series)].filter(({ name }) => !names.has(name))).toEqual([]);
    if (finding.onset) {
      expect(finding.onset.fraction).toBeGreaterThanOrEqual(0);
      expect(finding.onset.fraction).toBeLessThanOrEqual(1);
      expect(Number.isFinite(finding.onset.step)).toBe(true);
    }
  }
  return answer(health.findings, health.notAssessed[0]?.reason);
}

function askAcross(rule: AcrossRule, runs: readonly DrawnExample[], order: 1 | -1 = 1): Answer {
  const sketches = runs.map((example, index) => judgeRun(readRunFromDrawing(example, `run-${index}`)).sketch);
  const { findings, notAssessed } = judgeAcross(order === 1 ? sketches : sketches.reverse(), { rules: [rule] });
  return answer(findings, notAssessed[0]?.reason);
}

function answer(findings: Answer['findings'], reason: string | undefined): Answer {
  const worst = [...findings].sort((a, b) => severityOrder[b.severity] - severityOrder[a.severity])[0];
  return { says: worst?.severity ?? (reason === undefined ? 'clear' : 'not-assessed'), findings, reason: reason ?? '' };
}

const fires = (says: Expected): boolean => says !== 'clear' && says !== 'not-assessed';

function whole({ findings }: Answer): void {
  for (const { summary, caveat, advice, evidence } of findings) {
    expect(summary).toMatch(/^\S.{15,600}[.!]$/s);
    expect(summary).not.toMatch(/undefined|\[object/);
    expect(caveat.length).toBeGreaterThan(10);
    expect(advice.text.length).toBeGreaterThan(10);
    expect(Object.keys(evidence).length).toBeGreaterThan(0);
  }
}

const title = (rule: HealthRule): string => `${rule.meta.id} ${rule.meta.title}`;

describe.each(healthRules.filter((rule) => rule.scope === 'run').map((rule) => [title(rule), rule] as const))('%s', (_, rule) => {
  test.each(rule.examples.map((example, index) => [index, example.says, example] as const))('example %i says %s', (_, says, example) => {
    const told = ask(rule, example);
    expect(told.says, told.reason || told.findings.map(({ summary }) => summary).join('\n')).toBe(says);
    whole(told);
    expect(ask(rule, example)).toEqual(told);
  });
  test('has examples that fire and that stay silent', () => expectBoth(rule.examples.map(({ says }) => says)));
});

describe.each(healthRules.filter((rule) => rule.scope === 'across').map((rule) => [title(rule), rule] as const))('%s', (_, rule) => {
  test.each(rule.examples.map((example, index) => [index, example.says, example] as const))('example %i says %s', (_, says, example) => {
    const told = askAcross(rule, example.runs);
    expect(told.says, told.reason || told.findings.map(({ summary }) => summary).join('\n')).toBe(says);
    whole(told);
    expect(askAcross(rule, example.runs, -1)).toEqual(told);
  });
  test('has examples that fire and that stay silent', () => expectBoth(rule.examples.map(({ says }) => says)));
});

function expectBoth(says: readonly Expected[]): void {
  expect(says.some(fires)).toBe(true);
  expect(says.some((one) => !fires(one))).toBe(true);
}

describe('descriptions', () => {
  test.each(healthRules.map((rule) => [rule.meta.id, rule] as const))('%s says what it needs, its thresholds and when it is wrong', (_, { meta }) => {
    for (const text of [meta.title, meta.about, meta.wrongWhen, meta.reference]) expect(text.length).toBeGreaterThan(3);
    expect(meta.needs.length).toBeGreaterThan(0);
    expect(meta.thresholds.length).toBeGreaterThan(0);
    for (const { what, value, source } of meta.thresholds) expect(what && value && source).toBeTruthy();
    const others = [...(meta.yieldsTo ?? []), ...(meta.noteBeside ?? [])];
    expect(others.filter((id) => id === meta.id)).toEqual([]);
  });
});
