// the lead of the best setting is within what seeds do.

import { settingsKey } from '../../compare/settings';
import { mean, variance } from '../../statistics/basic';
import { tQuantile } from '../../statistics/student';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { failed, groups, idsOf, namesOf, objective, searches, seedText } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { say } from '../words';

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-07',
    title: 'The lead is within seed noise',
    about: 'The best setting of a search leads the second by less than what repeats of one setting differ by: which of them is better cannot be told.',
    needs: ['two settings of one search, one of them with two seeds or more'],
    reference: 'Bouthillier et al. 2021, "Accounting for variance in machine learning benchmarks"',
    thresholds: [
      {
        what: 'difference of means',
        value: '< t(95 %) · pooled sd · √(1/n₁ + 1/n₂)',
        source: 'Student’s t with the deviation pooled over all settings that were repeated',
      },
    ],
    wrongWhen:
      'Failed runs (A-01, A-02) are left out. Settings spread differently (a stable and an unstable one); the group tables compare each pair by its own spread.',
  },
  check(sketches) {
    const sets = searches(sketches).map((set) =>
      groups(
        set.filter((one) => !failed(one) && Number.isFinite(objective(one)?.best)),
        ({ run }) => settingsKey(run.params),
      ),
    );
    const repeated = sets.filter((settings) => settings.length > 1 && settings.some((runs) => seeds(runs) > 1));
    if (repeated.length === 0) return notAssessed('It needs two settings of one search, one of them repeated with another seed.');
    const findings = repeated.flatMap((settings) => leadOf(settings) ?? []);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    { says: 'note', runs: [0, 1, 2, 3, 4, 5].map((i) => ({ draw: `train/loss 2 ~>${1 + (i % 3) / 10} x30`, params: { lr: i < 3 ? 1 : 2, seed: i % 3 } })) },
    {
      says: 'clear',
      runs: [0, 1, 2, 3, 4, 5].map((i) => ({ draw: `train/loss 2 ~>${(i < 3 ? 0.5 : 1) + (i % 3) / 100} x30`, params: { lr: i < 3 ? 1 : 2, seed: i % 3 } })),
    },
    { says: 'not-assessed', runs: [1, 2].map((lr) => ({ draw: `train/loss 2 ~>${lr / 2} x30`, params: { lr, seed: 1 } })) },
  ],
};

const seeds = (runs: readonly RunSketch[]): number => new Set(runs.map(seedText).filter((seed) => seed !== null)).size;

function leadOf(settings: readonly (readonly RunSketch[])[]): RuleAcrossFinding | null {
  const { key, direction } = objective((settings[0] as readonly RunSketch[])[0] as RunSketch) as CurveSketch;
  const sign = direction === 'max' ? -1 : 1;
  const judged = settings
    .map((runs) => {
      const values = runs.map((one) => (objective(one) as CurveSketch).best);
      return { runs, values, mean: mean(values), first: runs[0]?.run.id ?? '' };
    })
    .sort((a, b) => sign * (a.mean - b.mean) || (a.first < b.first ? -1 : 1));
  const df = judged.reduce((sum, { values }) => sum + values.length - 1, 0);
  const squares = judged.reduce((sum, { values }) => sum + (values.length > 1 ? variance(values) * (values.length - 1) : 0), 0);
  const [best, second] = judged as [(typeof judged)[number], (typeof judged)[number]];
  const pooled = Math.sqrt(squares / df);
  const needed = tQuantile(0.95, df) * pooled * Math.sqrt(1 / best.values.length + 1 / second.values.length);
  const lead = Math.abs(best.mean - second.mean);
  if (!(pooled > 0) || !(lead < needed)) return null;
  return {
    severity: 'note',
    runs: idsOf([...best.runs, ...second.runs]),
    series: [key],
    summary: `By ${key.name} the best setting (${namesOf(best.runs)}: ${say(best.mean)}, n = ${best.values.length}) leads the second (${namesOf(second.runs)}: ${say(second.mean)}, n = ${second.values.length}) by ${say(lead)}; with a deviation of ${say(pooled)} between seeds, ${say(needed)} would be needed to tell them apart.`,
    evidence: {
      lead,
      needed,
      pooled_sd: pooled,
      df,
      mean_best: best.mean,
      mean_second: second.mean,
      n_best: best.values.length,
      n_second: second.values.length,
      settings: settings.length,
    },
    caveat: 'It does not say that they are equal; and the best of many settings looks better than it is.',
    advice: { text: 'Repeat the best two or three settings with the same five seeds or more before choosing.' },
  };
}
