// Whether the best setting is told apart from the rest: what repeated runs say of the choice.

import type { TrialGroup } from '../../groups/group';
import type { GroupPair } from '../../groups/pair';
import type { GroupStudy } from '../../groups/study';
import { claim, fixOf } from '../claim';
import type { Engine } from '../engine';
import { counted, runsOfTrials, settingsText, short } from '../words';

export const engine: Engine = {
  meta: { id: 'groups', title: 'Groups of repeats' },
  claims({ trials }) {
    if ('problem' in trials) return [];
    const { groups } = trials;
    const led = leadOf(groups);
    if (!led || led.pair.verdict === 'different') return [];
    const { pair, best, second } = led;
    const needed = pair.seedsNeeded === null ? 5 : Math.max(5, pair.seedsNeeded);
    return [
      claim({
        rule: 'groups',
        title: 'The best cannot be told from the second',
        severity: 'note',
        confidence: 0.9,
        summary:
          `By ${groups.table.metric} the best of ${counted(groups.groups.length, 'setting')}, ${settingsText(best)} (mean ${short(best.mean)}, n = ${best.values.length}), is ` +
          `${short(Math.abs(pair.difference))} from the second, ${settingsText(second)} (mean ${short(second.mean)}, n = ${second.values.length})${wordsOf(pair)}.`,
        numbers: {
          difference: pair.difference,
          n: [...pair.sizes],
          interval: pair.welch ? [...pair.welch.interval] : null,
          p_adjusted: pair.adjusted,
          noise_sd: groups.noise?.sd ?? null,
          settings: groups.groups.length,
        },
        runs: runsOfTrials([...best.members, ...second.members]),
        caveat: 'Not told apart is not equal; and the best of several looks better than it is.',
        fix: fixOf({ text: `Repeat both with the same ${needed > 50 ? '10' : needed} seeds before choosing, and report mean, interval and n.` }),
        link: { label: 'Groups', place: ['effects'] },
      }),
    ];
  },
  notAssessed: ({ trials }) => ('problem' in trials ? [{ rule: 'groups', reason: trials.problem, runs: [] }] : []),
};

function wordsOf({ verdict, welch, adjusted }: GroupPair): string {
  if (verdict === 'no-spread') return '; repeats have exactly the same value, so there is no noise to compare with';
  if (!welch) return '; a single run says nothing of its own noise';
  return `; 95 % interval ${short(welch.interval[0])} to ${short(welch.interval[1])}${adjusted === null ? '' : `, p = ${Number(adjusted.toPrecision(2))} after adjustment`}`;
}

/** The best two settings, where one of them was repeated; null where there are no two with a value. */
export function leadOf(study: GroupStudy): { readonly pair: GroupPair; readonly best: TrialGroup; readonly second: TrialGroup } | null {
  const [best, second] = study.groups.filter(({ mean }) => mean !== null);
  if (!best || !second || study.noise === null) return null;
  const pair = study.pairs.find(({ a, b }) => a === best.id && b === second.id);
  return pair ? { pair, best, second } : null;
}
