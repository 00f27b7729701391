// the training loss ranks runs otherwise than validation does.

import { kendall } from '../../statistics/kendall';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { failed, groups, idsOf, searches } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { say } from '../words';

const fewest = 8;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-08',
    title: 'Training loss does not rank runs',
    about:
      'Over the runs of a search, who is better by training loss is hardly who is better on held-out data: choose by validation, and regularisation may be what differs.',
    needs: ['eight runs of one search with a training loss and a held-out objective'],
    reference: 'Kendall 1938; own cut',
    thresholds: [{ what: 'Kendall’s τ-b of the ends', value: '< 0.3', source: 'own choice' }],
    wrongWhen: 'All runs are equally good: then both orders are noise.',
  },
  check(sketches) {
    const sets = searches(sketches).flatMap((set) =>
      groups(
        set.filter((one) => !failed(one) && Number.isFinite(train(one)?.end) && Number.isFinite(val(one)?.end) && val(one)?.direction !== 'none'),
        (one) => train(one)?.key.name ?? '',
      ).filter((alike) => alike.length >= fewest),
    );
    if (sets.length === 0) return notAssessed(`It needs ${fewest} runs of one search with a training loss and a held-out objective.`);
    const findings = sets.flatMap((set) => disagreement(set) ?? []);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    {
      says: 'note',
      runs: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => ({ draw: `train/loss 2 ~>${1 - i / 20} x30\nval/loss 2 ~>${1 + i / 20} x30`, params: { wd: i } })),
    },
    {
      says: 'clear',
      runs: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => ({ draw: `train/loss 2 ~>${1 - i / 20} x30\nval/loss 2 ~>${1.1 - i / 20} x30`, params: { wd: i } })),
    },
    { says: 'not-assessed', runs: [1, 2].map((i) => ({ draw: `train/loss 2 ~>${1 - i / 20} x30\nval/loss 2 ~>1 x30`, params: { wd: i } })) },
  ],
};

const train = (one: RunSketch): CurveSketch | undefined => one.curves[one.trainLoss];
const val = (one: RunSketch): CurveSketch | undefined => one.curves[one.valObjective];

function disagreement(set: readonly RunSketch[]): RuleAcrossFinding | null {
  const sign = val(set[0] as RunSketch)?.direction === 'max' ? -1 : 1;
  const trains = set.map((one) => train(one)?.end as number);
  const vals = set.map((one) => sign * (val(one)?.end as number));
  const { tau, p, n } = kendall(trains, vals);
  // Orders within the noise of the curves are no orders.
  const noise = Math.max(...set.map((one) => val(one)?.noise ?? 0));
  if (!(tau < 0.3) || Math.max(...vals) - Math.min(...vals) <= 3 * noise) return null;
  const [first] = set as [RunSketch];
  return {
    severity: 'note',
    runs: idsOf(set),
    series: [train(first)?.key, val(first)?.key].filter((key) => key !== undefined),
    summary: `Over ${n} runs, ${train(first)?.key.name} and ${val(first)?.key.name} rank them differently (Kendall’s τ ${say(tau)}).`,
    evidence: { kendall_tau: tau, p, runs: n, below: 0.3 },
    caveat: 'If the runs hardly differ, both orders are noise.',
    advice: {
      text: 'Choose by the held-out metric alone; look at what sets apart runs with a low training loss and a poor validation (capacity, regularisation, leaks in preprocessing).',
    },
  };
}
