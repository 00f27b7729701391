// G-13: one metric, one unit.

import type { Run, Series } from '../../model/run';
import { wordsOf } from '../../series/roles';
import { median } from '../../statistics/basic';
import { claims, type PracticeClaim, type PracticeRule } from '../rule';
import { gather, idsOf, listed, mostShown, scopesOf, times } from '../scopes';

/** Bounded by 1, or by 100 as a percentage: more than 1 is no fraction. PSNR, Elo and word error rates are not. */
const bounded = new Set(
  'acc accuracy top1 top5 f1 precision recall auc auroc auprc iou miou giou dice jaccard map map50 map75 sensitivity specificity bacc oacc'.split(' '),
);
/** A fraction below that could be a percentage of a run that failed, and a percentage below that a fraction gone wrong. */
const clearFraction = 0.05;
const clearPercent = 2;
const factor = 10;

interface Measured {
  readonly run: Run;
  readonly series: Series;
  readonly most: number;
}

export const rule: PracticeRule = {
  meta: {
    id: 'G-13',
    title: 'One unit per metric',
    check:
      'An accuracy or another bounded measure is a fraction or a percentage throughout an experiment, training and evaluation alike; a time is in seconds or milliseconds throughout, told by runs that lie a thousandfold apart.',
    severity: 'warn',
    optIn: false,
  },
  check: ({ runs, project }) => {
    const stated = new Map(project.roles.flatMap(({ metric, unit }) => (unit === null ? [] : [[metric, unit] as const])));
    return claims(scopesOf(runs).flatMap((scope) => [...percentages(scope, stated), ...durations(scope)]));
  },
  examples: [
    { given: { runs: [{ logs: { 'val/acc': range(0.1, 0.92) } }, { logs: { 'val/acc': range(10, 91) } }] }, claims: 1 },
    { given: { runs: [{ logs: { 'train/acc': range(0.1, 0.97), 'val/acc': range(10, 91) } }] }, claims: 1 },
    { given: { runs: [{ logs: { step_time: range(0.1, 0.2) } }, { logs: { step_time: range(110, 190) } }] }, claims: 1 },
    { given: { runs: [{ logs: { 'val/acc': range(0.1, 0.92) } }, { logs: { 'val/acc': range(0.2, 0.5) } }] }, claims: 0 },
    { given: { runs: [{ logs: { 'val/acc': range(0, 0.01) } }, { logs: { 'val/acc': range(1, 60) } }] }, claims: 0 },
    { given: { runs: [{ logs: { mean_absolute_error: range(0.1, 0.9) } }, { logs: { mean_absolute_error: range(10, 31) } }] }, claims: 0 },
    { given: { runs: [{ logs: { dice_loss: range(0.1, 0.9) } }, { logs: { dice_loss: range(10, 31) } }] }, claims: 0 },
    { given: { runs: [{ logs: { psnr: range(0.1, 0.9) } }, { logs: { psnr: range(10, 31) } }] }, claims: 0 },
    { given: { runs: [{ logs: { epoch_time: range(10, 11) } }, { logs: { epoch_time: range(50, 60) } }] }, claims: 0 },
    {
      given: {
        runs: [{ logs: { 'train/acc': range(0.1, 0.97), 'val/acc': range(10, 91) } }],
        project: { roles: [{ metric: 'val/acc', role: null, split: null, direction: null, unit: 'percent' }] },
      },
      claims: 0,
    },
  ],
};

function range(min: number, max: number): { readonly steps: number; readonly min: number; readonly max: number; readonly mean: number } {
  return { steps: 20, min, max, mean: (min + max) / 2 };
}

const splitWords = new Set(['train', 'training', 'val', 'valid', 'validation', 'eval', 'test', 'dev']);
const withoutSplit = (name: string): string =>
  wordsOf(name)
    .filter((word) => !splitWords.has(word))
    .join(' ');

/** A metric whose unit a person stated is not guessed at. */
function percentages(scope: readonly Run[], stated: ReadonlyMap<string, string>): readonly PracticeClaim[] {
  const byName = new Map<string, Measured[]>();
  for (const run of scope) {
    for (const series of run.series) {
      const { min, max, name } = series;
      if (series.system || min === null || max === null || min < 0 || max > 100 || stated.has(name)) continue;
      if (!(series.role === 'accuracy' || series.role === 'score') || !wordsOf(name).some((word) => bounded.has(word))) continue;
      const key = withoutSplit(name);
      gather(byName, key, { run, series, most: max });
    }
  }
  return [...byName.values()].flatMap((all) => {
    const fractions = all.filter(({ most }) => most <= 1 && most >= clearFraction);
    const percents = all.filter(({ most }) => most >= clearPercent);
    if (fractions.length === 0 || percents.length === 0) return [];
    const [typical, other] = [median(fractions.map(({ most }) => most)), median(percents.map(({ most }) => most))];
    if (other < factor * typical) return [];
    const odd = percents.length <= fractions.length ? percents : fractions;
    return [
      {
        runs: idsOf([...new Set(odd.map(({ run }) => run))]),
        summary: `${nameOf(fractions)} is a fraction (up to ${typical.toPrecision(3)}) in ${times(fractions.length, 'series', 'series')} and ${nameOf(percents)} a percentage (up to ${other.toPrecision(3)}) in ${percents.length}: they are drawn and ranked on one axis.`,
        evidence: evidenceOf(fractions, percents),
        caveat: 'A percentage that never passed 1 % looks like a fraction.',
        advice: { text: 'Log fractions throughout, and show percentages where they are read.', code: 'log({"val/acc": correct / total})' },
      },
    ];
  });
}

const gap = 300;
const widest = 3000;
const spread = 20;

/** Two clusters, each narrow, a thousandfold apart. */
function durations(scope: readonly Run[]): readonly PracticeClaim[] {
  const byName = new Map<string, Measured[]>();
  for (const run of scope) {
    for (const series of run.series) {
      if (series.system || series.role !== 'time' || series.mean === null || !(series.mean > 0)) continue;
      gather(byName, series.name, { run, series, most: series.mean });
    }
  }
  return [...byName.values()].flatMap((all) => {
    const ordered = [...all].sort((a, b) => a.most - b.most);
    const cut = ordered.findIndex(({ most }, index) => index > 0 && most >= spread * (ordered[index - 1] as Measured).most);
    if (cut < 0) return [];
    const [low, high] = [ordered.slice(0, cut), ordered.slice(cut)];
    const ratio = median(high.map(({ most }) => most)) / median(low.map(({ most }) => most));
    const narrow = [low, high].every((cluster) => (cluster.at(-1) as Measured).most < spread * (cluster[0] as Measured).most);
    if (!narrow || ratio < gap || ratio > widest) return [];
    const odd = high.length <= low.length ? high : low;
    return [
      {
        runs: idsOf(odd.map(({ run }) => run)),
        summary: `${nameOf(all)} lies ${Math.round(ratio)} times apart in ${times(low.length, 'run')} and ${times(high.length, 'run')}: seconds in one, milliseconds in the other.`,
        evidence: { ratio, ...evidenceOf(low, high) },
        caveat: 'The hardware or the size of a step may differ that much.',
        advice: { text: 'Log seconds throughout, and say the unit in the name.', code: 'log({"time/step_seconds": seconds})' },
      },
    ];
  });
}

const nameOf = (all: readonly Measured[]): string => listed([...new Set(all.map(({ series }) => series.name))].sort());

function evidenceOf(low: readonly Measured[], high: readonly Measured[]): PracticeClaim['evidence'] {
  const shown = (all: readonly Measured[]) => all.slice(0, mostShown).map(({ run, series, most }) => ({ run: run.id, metric: series.name, value: most }));
  return { low: shown(low), high: shown(high) };
}
