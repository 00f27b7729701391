// a run whose result lies far from those of its repeats.

import { displayName } from '../../model/run';
import { mad, median } from '../../statistics/basic';
import { modifiedZ } from '../../statistics/robust';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { idsOf, objective, repeats } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { say } from '../words';

const fewest = 6;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-03',
    title: 'A seed far from its group',
    about: 'Among runs with equal params, one ends far from all the others.',
    needs: ['six runs with equal params and an objective'],
    reference: 'Iglewicz and Hoaglin 1993: modified z of 3.5',
    thresholds: [
      { what: 'modified z', value: '> 3.5 of ten runs and more, > 6 of fewer', source: 'Iglewicz and Hoaglin; a MAD of few values is unsure' },
      { what: 'distance in σ of the curve’s own noise', value: '> 3', source: 'own choice' },
    ],
    wrongWhen: 'Trainings with two outcomes (found it or did not) have no outliers, they have two groups.',
  },
  check(sketches) {
    const large = repeats(sketches)
      .map(withObjective)
      .filter((group) => group.length >= fewest);
    if (large.length === 0) return notAssessed(`It needs ${fewest} runs with equal params and a held-out objective or training loss.`);
    const findings = large.flatMap(outliers);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    {
      says: 'warn',
      runs: [
        ...[1, 2, 3, 4, 5, 6, 7].map((seed) => ({ draw: `train/loss 2 ±0.001 ~>${1 + seed / 500} x40`, params: { lr: 1, seed } })),
        { draw: 'train/loss 2 ±0.001 ~>1.8 x40', params: { lr: 1, seed: 8 } },
      ],
    },
    { says: 'clear', runs: [1, 2, 3, 4, 5, 6, 7].map((seed) => ({ draw: `train/loss 2 ±0.001 ~>${1 + seed / 500} x40`, params: { lr: 1, seed } })) },
    { says: 'not-assessed', runs: [1, 2, 3].map((seed) => ({ draw: `train/loss 2 ±0.001 ~>${1 + seed / 500} x40`, params: { lr: 1, seed } })) },
  ],
};

function withObjective(group: readonly RunSketch[]): readonly RunSketch[] {
  const names = group.map((one) => objective(one)?.key.name);
  const [name] = names;
  return group.filter((one, i) => names[i] !== undefined && names[i] === name && Number.isFinite(objective(one)?.end));
}

function outliers(group: readonly RunSketch[]): readonly RuleAcrossFinding[] {
  const ends = group.map((one) => (objective(one) as CurveSketch).end);
  const centre = median(ends);
  const spread = mad(ends, centre);
  const noise = median(group.map((one) => (objective(one) as CurveSketch).noise));
  const cut = group.length >= 10 ? 3.5 : 6;
  return group.flatMap((one, i) => {
    const end = ends[i] as number;
    const z = modifiedZ(end, centre, spread, Number.MIN_VALUE);
    if (!(Math.abs(z) > cut) || !(Math.abs(end - centre) > 3 * noise) || !(Math.abs(end - centre) > 1e-9 * Math.abs(centre))) return [];
    const { key, direction } = objective(one) as CurveSketch;
    const worse = direction === 'none' || (direction === 'min') === end > centre;
    return [
      {
        severity: worse ? ('warn' as const) : ('note' as const),
        runs: idsOf([one, ...group.filter((other) => other !== one)]),
        series: [key],
        summary: `${displayName(one.run)} ends ${key.name} at ${say(end)}, far ${worse ? 'worse than' : 'better than'} its ${group.length - 1} repeats (median ${say(centre)}, modified z ${say(z)}).`,
        evidence: { end, median: centre, mad: spread, modified_z: z, runs: group.length, cut },
        caveat: 'If trainings of this kind either find the solution or do not, there are two groups and no outlier.',
        advice: { text: 'Look what else differed (device, versions, a restart); if nothing did, keep the run in the mean and report the spread.' },
      },
    ];
  });
}
