// X-04: failures that come with a range of one param.

import { numeric } from '../../compare/same-value';
import { canonical, settingsOf, varyingSettings } from '../../compare/settings';
import { fisherGreater } from '../../statistics/fisher';
import { holm } from '../../statistics/selection';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { failed, idsOf, searches } from '../sets';
import type { RunSketch } from '../sketch';
import { say } from '../words';

const fewest = 8;
const mostParams = 200;
const mostThresholds = 20;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-04',
    title: 'Failures follow a param',
    about: 'Runs that ended in non-finite values or diverged (A-01, A-02) crowd in a range of one param.',
    needs: ['eight runs of one search, two of them failed'],
    reference: 'Fisher’s exact test, one-sided, Holm over params and thresholds',
    thresholds: [{ what: 'adjusted p', value: '< 0.05', source: 'convention' }],
    wrongWhen: 'Another param moves together with it: then they cannot be told apart, and both are named.',
  },
  check(sketches) {
    const sets = searches(sketches).filter((set) => set.length >= fewest);
    const judged = sets.filter((set) => set.filter(failed).length >= 2);
    if (sets.length === 0) return notAssessed(`It needs ${fewest} runs of one search.`);
    if (judged.length === 0) return clear;
    const findings = judged.flatMap((set) => worst(set) ?? []);
    return findings.length === 0 ? clear : found(...findings);
  },
  examples: [
    {
      says: 'warn',
      runs: [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 1, 2, 3, 4, 5].map((lr, i) => ({
        draw: `train/loss 2 ~>${1 + i / 100} x30${lr >= 1 ? ' nan x10' : ''}`,
        params: { lr, width: i % 3 },
      })),
    },
    {
      says: 'clear',
      runs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((lr, i) => ({ draw: `train/loss 2 ~>${1 + i / 100} x30${i % 4 === 0 ? ' nan x10' : ''}`, params: { lr } })),
    },
    { says: 'not-assessed', runs: [1, 2].map((lr) => ({ draw: `train/loss 2 ~>1 x30 nan x10`, params: { lr } })) },
  ],
};

interface Range {
  readonly key: string;
  readonly text: string;
  /** Runs in the range, and how many of them failed. */
  readonly n: number;
  readonly bad: number;
  /** Which runs, to tell ranges of other params that mean the same. */
  readonly members: string;
  readonly p: number;
}

function worst(set: readonly RunSketch[]): RuleAcrossFinding | null {
  const bad = set.map(failed);
  const total = bad.filter(Boolean).length;
  const varied = [...varyingSettings(set.map(({ run }) => run.params)).keys()].sort().slice(0, mostParams);
  const ranges = varied.flatMap((key) => rangesOf(key, set, bad, total));
  const adjusted = holm(ranges.map(({ p }) => p));
  let best = -1;
  for (let i = 0; i < ranges.length; i++) {
    if (!((adjusted[i] as number) < 0.05)) continue;
    if (best < 0 || stronger(ranges[i] as Range, ranges[best] as Range, total, set.length)) best = i;
  }
  if (best < 0) return null;
  const range = ranges[best] as Range;
  const alike = [...new Set(ranges.filter(({ members, key }) => members === range.members && key !== range.key).map(({ text }) => text))];
  const p = adjusted[best] as number;
  return {
    severity: 'warn',
    runs: idsOf(set.filter((_, i) => bad[i])),
    series: [],
    summary: `${range.bad} of ${range.n} runs with ${range.text} failed, and ${total - range.bad} of the other ${set.length - range.n} (p = ${say(p)} after Holm)${alike.length > 0 ? `; ${alike.slice(0, 3).join(', ')} cannot be told apart from it` : ''}.`,
    evidence: {
      param: range.key,
      range: range.text,
      failed_inside: range.bad,
      inside: range.n,
      failed_outside: total - range.bad,
      outside: set.length - range.n,
      p_adjusted: p,
      tests: ranges.length,
      cannot_be_told_apart: alike,
    },
    caveat: 'It is an association: a param that was always changed along with it may be the cause.',
    advice: { text: `Keep ${range.key} out of that range, or make training stable there first (warmup, clipping).` },
  };
}

/** The smaller p; of equal ones (they may both be too small for a float) the sharper border; then the first: not the order of runs decides. */
function stronger(a: Range, b: Range, total: number, all: number): boolean {
  if (Math.abs(a.p - b.p) > 1e-9 * Math.max(a.p, b.p)) return a.p < b.p;
  const gap = ({ bad, n }: Range) => bad / n - (total - bad) / Math.max(1, all - n);
  return gap(a) > gap(b) + 1e-12;
}

function rangesOf(key: string, set: readonly RunSketch[], bad: readonly boolean[], total: number): readonly Range[] {
  const values = set.map(({ run }) => settingsOf(run.params)[key]);
  const numbers = values.map(numeric);
  const make = (inside: readonly boolean[], text: string): Range => {
    const n = inside.filter(Boolean).length;
    const hits = inside.filter((is, i) => is && bad[i]).length;
    return { key, text, n, bad: hits, members: inside.map(Number).join(''), p: fisherGreater(hits, n, total, set.length) };
  };
  if (numbers.every((value): value is number => value !== null && Number.isFinite(value))) {
    const levels = [...new Set(numbers)].sort((a, b) => a - b);
    const every = Math.max(1, Math.ceil((levels.length - 1) / mostThresholds));
    return levels.flatMap((level, i) => {
      if (i === 0 || (i - 1) % every !== 0) return [];
      const below = levels[i - 1] as number;
      return [
        make(
          numbers.map((value) => (value as number) >= level),
          `${key} ≥ ${say(level)}`,
        ),
        make(
          numbers.map((value) => (value as number) <= below),
          `${key} ≤ ${say(below)}`,
        ),
      ];
    });
  }
  const texts = values.map((value) => JSON.stringify(canonical(value)));
  const levels = [...new Set(texts)].sort();
  if (levels.length > set.length / 2) return [];
  return levels.slice(0, mostThresholds).map((level) =>
    make(
      texts.map((text) => text === level),
      `${key} = ${level.slice(0, 60)}`,
    ),
  );
}
