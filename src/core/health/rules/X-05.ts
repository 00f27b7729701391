// the best runs lie at the edge of what was searched.

import { numeric } from '../../compare/same-value';
import { settingsOf, varyingSettings } from '../../compare/settings';
import { displayName } from '../../model/run';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { failed, idsOf, objective, searches } from '../sets';
import type { CurveSketch, RunSketch } from '../sketch';
import { say } from '../words';

const fewestRuns = 8;
const fewestLevels = 4;
/** More of these is more training, which rule A-10 speaks of. */
const budget = /(^|[./_])(epochs?|max_?steps|steps|iters?|iterations|total_?timesteps|timesteps|n_estimators|num_(boost_)?rounds?|tokens)$/i;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'X-05',
    title: 'Best at the edge of the search',
    about: 'The best run has the least or greatest value of a param that was tried, and the runs behind it crowd there too: better values may lie beyond.',
    needs: ['eight runs of one search with an objective', 'a numeric param with four levels'],
    reference: 'Deep Learning Tuning Playbook: a best point near the boundary makes the search space suspicious',
    thresholds: [
      { what: 'best run', value: 'at the least or greatest level', source: 'Playbook' },
      {
        what: 'best quarter of the runs (at least 3)',
        value: 'all in the outer third of the levels',
        source: 'own choice: one run is at an edge by chance in 2 of k cases',
      },
    ],
    wrongWhen: 'The edge is a bound by nature: 0 for dropout, 1 for a share.',
  },
  check(sketches) {
    const sets = searches(sketches).flatMap((set) => {
      const judged = set.filter((one) => !failed(one) && Number.isFinite(objective(one)?.best));
      return judged.length >= fewestRuns ? [judged] : [];
    });
    if (sets.length === 0) return notAssessed(`It needs ${fewestRuns} runs of one search with an objective of known direction.`);
    const findings = sets.flatMap(edges);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    { says: 'note', runs: [1, 2, 3, 4, 5, 6, 7, 8].map((lr) => ({ draw: `train/loss 2 ~>${1 - lr / 20} x30`, params: { lr: lr / 1000 } })) },
    { says: 'clear', runs: [1, 2, 3, 4, 5, 6, 7, 8].map((lr) => ({ draw: `train/loss 2 ~>${1 + Math.abs(lr - 4) / 20} x30`, params: { lr: lr / 1000 } })) },
    { says: 'clear', runs: [1, 2, 3, 4, 5, 6, 7, 8].map((epochs) => ({ draw: `train/loss 2 ~>${1 - epochs / 20} x30`, params: { epochs } })) },
    { says: 'clear', runs: [0, 1, 2, 3, 4, 5, 6, 7].map((dropout) => ({ draw: `train/loss 2 ~>${1 + dropout / 20} x30`, params: { dropout: dropout / 10 } })) },
    { says: 'not-assessed', runs: [1, 2, 3].map((lr) => ({ draw: `train/loss 2 ~>${1 - lr / 20} x30`, params: { lr: lr / 1000 } })) },
  ],
};

function edges(set: readonly RunSketch[]): readonly RuleAcrossFinding[] {
  const { direction, key: metric } = objective(set[0] as RunSketch) as CurveSketch;
  const sign = direction === 'max' ? -1 : 1;
  const ranked = set
    .map((sketch) => ({ sketch, best: (objective(sketch) as CurveSketch).best }))
    .sort((a, b) => sign * (a.best - b.best) || (a.sketch.run.id < b.sketch.run.id ? -1 : 1));
  const top = ranked.slice(0, Math.max(3, Math.ceil(ranked.length / 4)));
  const best = ranked[0] as (typeof ranked)[number];
  return [...varyingSettings(set.map(({ run }) => run.params)).keys()].sort().flatMap((key): readonly RuleAcrossFinding[] => {
    if (budget.test(key)) return [];
    const settingOf = ({ run }: RunSketch) => numeric(settingsOf(run.params)[key]);
    const values = set.map(settingOf).filter((value): value is number => value !== null && Number.isFinite(value));
    const levels = [...new Set(values)].sort((a, b) => a - b);
    if (values.length < set.length || levels.length < fewestLevels) return [];
    const place = (sketch: RunSketch) => levels.indexOf(settingOf(sketch) as number) / (levels.length - 1);
    const at = place(best.sketch);
    if (at !== 0 && at !== 1) return [];
    const edge = levels.at(at === 0 ? 0 : -1) as number;
    // Zero and one are often the end of what is possible.
    if ((at === 0 && edge === 0) || (at === 1 && edge === 1)) return [];
    if (!top.every(({ sketch }) => (at === 0 ? place(sketch) <= 1 / 3 : place(sketch) >= 2 / 3))) return [];
    return [
      {
        severity: 'note',
        runs: idsOf(top.map(({ sketch }) => sketch)),
        series: [metric],
        summary: `The best run by ${metric.name} (${displayName(best.sketch.run)}, ${say(best.best)}) has the ${at === 0 ? 'least' : 'greatest'} ${key} tried (${say(edge)}), and the best ${top.length} of ${set.length} runs lie in that third of its ${levels.length} levels.`,
        evidence: { param: key, edge, levels: levels.length, runs: set.length, top: top.length, best: best.best },
        caveat: 'If values beyond are impossible, the edge is where the best must lie; and with few seeds the order of the best runs is unsure.',
        advice: { text: `Try ${key} ${at === 0 ? 'below' : 'above'} ${say(edge)} before searching finer.` },
      },
    ];
  });
}
