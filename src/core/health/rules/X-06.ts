// X-06: runs that lie side by side and cannot be compared: other data, another unit of the metric, another length.

import { factValue } from '../../model/facts';
import { unitOf } from '../../series/unit';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { idsOf, neighbours } from '../sets';
import type { RunSketch } from '../sketch';
import { count, percent } from '../words';

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-06',
    title: 'Runs that cannot be compared',
    about:
      'Within one experiment or folder: the same data set name with different content, the same metric once as a fraction and once in percent, or runs cut off beside runs that went to their end.',
    needs: ['two runs of one experiment or folder'],
    reference: 'Own choice; comparability of benchmarks (MLCommons)',
    thresholds: [
      { what: 'digests of a data set of one name', value: 'differ (warn)', source: 'other data, other numbers' },
      { what: 'unit of a metric of one name', value: 'fraction against percent (warn)', source: 'values tell' },
      { what: 'share of its own plan that a run reached, beside runs that reached 95 %', value: '< 80 % (note)', source: 'own choice' },
    ],
    wrongWhen: 'Nobody means to compare them, or a digest covers only the first rows of a file.',
  },
  check(sketches) {
    const sets = neighbours(sketches);
    if (sets.length === 0) return notAssessed('It needs two runs of one experiment or folder.');
    const findings = sets.flatMap((set) => [...otherData(set), ...otherUnits(set), ...otherLengths(set)]);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    {
      says: 'warn',
      runs: ['a1', 'b2'].map((digest) => ({
        draw: 'train/loss 2 ~>1 x30',
        run: { facts: [{ kind: 'datasets', value: [{ name: 'train', digest }], evidence: [] }] },
      })),
    },
    { says: 'warn', runs: [{ draw: 'val/acc 0.1 ~>0.9 x30' }, { draw: 'val/acc 10 ~>90 x30' }] },
    {
      says: 'note',
      runs: [
        { draw: 'train/loss 2 ~>1 x99', params: { max_steps: 100 } },
        { draw: 'train/loss 2 ~>1 x40', params: { max_steps: 100 } },
      ],
    },
    {
      says: 'clear',
      runs: [
        { draw: 'train/loss 2 ~>1 x99', params: { max_steps: 100 } },
        { draw: 'train/loss 2 ~>1 x40', params: { max_steps: 40 } },
      ],
    },
    { says: 'not-assessed', runs: [{ draw: 'train/loss 2 ~>1 x99' }] },
  ],
};

function otherData(set: readonly RunSketch[]): readonly RuleAcrossFinding[] {
  const byName = new Map<string, Map<string, RunSketch[]>>();
  for (const sketch of set) {
    for (const { name, digest, context } of factValue(sketch.run.facts, 'datasets') ?? []) {
      if (!digest) continue;
      const id = `${name}${context ? ` (${context})` : ''}`;
      const digests = byName.get(id) ?? new Map<string, RunSketch[]>();
      digests.set(digest, [...(digests.get(digest) ?? []), sketch]);
      byName.set(id, digests);
    }
  }
  return [...byName]
    .filter(([, digests]) => digests.size > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digests]) => {
      const runs = set.filter((sketch) => [...digests.values()].some((some) => some.includes(sketch)));
      return {
        severity: 'warn',
        runs: idsOf(runs),
        series: [],
        summary: `The data set ${name} has ${count(digests.size, 'different digest')} among ${count(runs.length, 'run')}: their metrics are of different data.`,
        evidence: { dataset: name, digests: [...digests.keys()].sort().slice(0, 20), runs: runs.length },
        caveat: 'Some trackers take the digest of a sample or of the order of rows too.',
        advice: { text: 'Compare only runs with the same digest, or evaluate all of them again on one frozen set.' },
      };
    });
}

function otherUnits(set: readonly RunSketch[]): readonly RuleAcrossFinding[] {
  const byName = new Map<string, { readonly fraction: RunSketch[]; readonly percent: RunSketch[]; readonly key: RunSketch['curves'][number]['key'] }>();
  for (const sketch of set) {
    const wanted = new Set(sketch.curves.filter(({ role }) => role === 'accuracy' || role === 'score' || role === 'error').map(({ key }) => key.name));
    for (const series of sketch.run.series) {
      if (!wanted.has(series.name)) continue;
      const unit = unitOf(series)?.unit;
      if (unit !== 'fraction' && unit !== 'percent') continue;
      const found = byName.get(series.name) ?? { fraction: [], percent: [], key: { name: series.name, context: series.context } };
      if (!found[unit].includes(sketch)) found[unit].push(sketch);
      byName.set(series.name, found);
    }
  }
  return [...byName.values()]
    .filter(({ fraction, percent }) => fraction.length > 0 && percent.length > 0)
    .map(({ fraction, percent, key }) => ({
      severity: 'warn',
      runs: idsOf([...fraction, ...percent]),
      series: [key],
      summary: `${key.name} is a fraction in ${count(fraction.length, 'run')} and a percentage in ${count(percent.length, 'run')}: they cannot be ranked as they are.`,
      evidence: { metric: key.name, fractions: fraction.length, percentages: percent.length },
      caveat: 'A percentage that never exceeds 1 would be taken for a fraction.',
      advice: { text: 'Log the metric in one unit, or give the unit in the name.' },
    }));
}

/** Each run against its own plan: who plans other lengths means them to differ. */
function otherLengths(set: readonly RunSketch[]): readonly RuleAcrossFinding[] {
  const planned = set.flatMap((sketch) => (sketch.planned !== null && sketch.planned > 0 ? [{ sketch, done: sketch.length / sketch.planned }] : []));
  const short = planned.filter(({ done }) => done < 0.8);
  const whole = planned.filter(({ done }) => done >= 0.95);
  if (short.length === 0 || whole.length === 0) return [];
  const least = Math.min(...short.map(({ done }) => done));
  return [
    {
      severity: 'note',
      runs: idsOf(short.map(({ sketch }) => sketch)),
      series: [],
      summary: `${count(short.length, 'run')} of ${planned.length} ended before ${short.length === 1 ? 'its' : 'their'} plan was done (the shortest after ${percent(least)}), beside ${count(whole.length, 'run')} that went to the end.`,
      evidence: { short: short.length, whole: whole.length, least_share_of_plan: least, short_below: 0.8 },
      caveat: 'Runs that stop by themselves (early stopping) are compared by their best, and that is fair.',
      advice: { text: 'Compare at equal steps, or leave out runs that were cut off.' },
    },
  ];
}
