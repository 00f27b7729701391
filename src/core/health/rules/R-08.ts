// R-08: reinforcement learning ranked on few seeds.

import { settingsKey } from '../../compare/settings';
import { type AcrossRule, clear, found, notAssessed, type RuleAcrossFinding } from '../rule';
import { groups, idsOf, searches, seedText } from '../sets';
import type { RunSketch } from '../sketch';

const enough = 5;

export const rule: AcrossRule = {
  scope: 'across',
  meta: {
    id: 'R-08',
    title: 'Ranking on few seeds',
    about: 'Settings of a reinforcement-learning search lie side by side with fewer than five seeds each: their order is not evidence.',
    needs: ['two settings of one search in reinforcement learning'],
    reference: 'Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice"; Henderson et al. 2018',
    thresholds: [{ what: 'seeds of a setting', value: '< 5', source: 'Agarwal et al. 2021' }],
    wrongWhen: 'Nobody ranks them: a first look needs no seeds.',
  },
  check(sketches) {
    const sets = searches(sketches.filter(({ family }) => family === 'rl'))
      .map((set) => groups(set, ({ run }) => settingsKey(run.params)))
      .filter((settings) => settings.length > 1);
    if (sets.length === 0) return notAssessed('It needs two settings of one search in reinforcement learning.');
    const findings = sets.flatMap((settings) => few(settings) ?? []);
    return findings.length === 0 ? clear : found(...findings.slice(0, 20));
  },
  examples: [
    { says: 'note', runs: [1, 2].map((lr) => ({ draw: `rollout/ep_rew_mean 0 ~>${lr} x30`, params: { lr, seed: 1 } })) },
    { says: 'clear', runs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => ({ draw: `rollout/ep_rew_mean 0 ~>${i} x30`, params: { lr: i % 2, seed: i } })) },
    { says: 'not-assessed', runs: [1, 2].map((seed) => ({ draw: `rollout/ep_rew_mean 0 ~>${seed} x30`, params: { lr: 1, seed } })) },
    { says: 'not-assessed', runs: [1, 2].map((lr) => ({ draw: `train/loss 2 ~>${lr} x30`, params: { lr } })) },
  ],
};

/** Runs without a seed count as one each: they may have had different ones. */
const seedsOf = (runs: readonly RunSketch[]): number => new Set(runs.map((run) => seedText(run) ?? run.run.id)).size;

function few(settings: readonly (readonly RunSketch[])[]): RuleAcrossFinding | null {
  const counts = settings.map(seedsOf);
  const short = settings.filter((_, i) => (counts[i] as number) < enough);
  if (short.length === 0) return null;
  const most = Math.max(...counts);
  const least = Math.min(...counts);
  return {
    severity: 'note',
    runs: idsOf(short.flat()),
    series: [],
    summary: `${short.length} of ${settings.length} settings have fewer than ${enough} seeds (${least === most ? least : `${least} to ${most}`} each): ranking them says little in reinforcement learning.`,
    evidence: { settings: settings.length, short: short.length, least_seeds: least, most_seeds: most, wanted: enough },
    caveat: 'As a first look, to drop what plainly fails, few seeds are enough.',
    advice: { text: 'Run the settings that matter with the same five seeds or more and compare interquartile means with their intervals.' },
  };
}
