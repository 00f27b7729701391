// Says why an experiment is proposed, with its numbers, and what would speak against it.

import { levelText } from '../effects/param';
import type { Value, Values } from '../model/values';
import type { Experience } from './experience';
import { fewestRuns, percent, short } from './gates';
import { type Guide, noiseOf } from './guide';
import type { Proposal } from './proposals';
import type { Prediction } from './suggestion';

interface Words {
  readonly why: string;
  readonly changesMind: string;
}

export function explain(proposal: Proposal, experience: Experience, guide: Guide | null, params: Values, predicted: Prediction | null): Words {
  const { metric, direction } = experience.table;
  const worse = direction === 'min' ? 'above' : 'below';
  const best = guide?.ranked[0];
  const bestText = best
    ? `the best configuration so far is estimated at ${short(best.estimate)} (${counted(best.configuration.trials.length, 'run')}, mean ${short(best.configuration.mean)})`
    : '';
  const expectation =
    predicted &&
    `predicted ${metric} ${short(predicted.mean)}, 80 % of single runs between ${short(predicted.interval[0])} and ${short(predicted.interval[1])}`;
  const poor = predicted && short(direction === 'min' ? predicted.interval[1] : predicted.interval[0]);
  const good = predicted && short(direction === 'min' ? predicted.interval[0] : predicted.interval[1]);
  switch (proposal.kind) {
    case 'exploit':
      return {
        why: `${upper(expectation ?? '')}; ${bestText}. Chance to beat it: ${percent(proposal.chance)}. ${differences(params, best?.configuration.trials[0]?.params)}${beyond(experience, params)}`,
        changesMind: `A result ${worse} ${poor}: then the model is wrong here, and its nearest runs should be repeated before going on in this direction.`,
      };
    case 'explore':
      return {
        why: `Little is known here: ${expectation}, and ${bestText}. Chance to beat it: ${percent(proposal.chance)}. ${differences(params, best?.configuration.trials[0]?.params)}${beyond(experience, params)}`,
        changesMind: `A result ${worse} ${poor} closes this region; one beyond ${good} makes it the next place to search.`,
      };
    case 'boundary':
      return {
        why: `Whether ${proposal.param} should go further is the least certain of what may still help (chance to beat the best: ${percent(proposal.chance)}): the best configuration with ${proposal.param} = ${shownValue(params[proposal.param])}, nothing else changed. ${upper(expectation ?? '')}.${beyond(experience, params)}`,
        changesMind: `A result beyond ${good} says that the best lies on this side of ${proposal.param}; one ${worse} ${poor}, that nothing is to be found there.`,
      };
    case 'disambiguate':
      return {
        why: `${proposal.keep} and ${proposal.move} changed together in these runs, so their effects cannot be told apart. This is the best configuration with only ${proposal.move} changed, to ${shownValue(params[proposal.move])}.`,
        changesMind: `A result like the best configuration's says that ${proposal.move} matters little; one that differs by more than the noise says that it does, whatever ${proposal.keep} does.`,
      };
    case 'replicate': {
      const { configuration, rivals } = proposal;
      const [first, second] = rivals;
      const noise = guide ? noiseOf(guide) : (experience.noise?.deviation ?? null);
      const lead =
        first &&
        second &&
        `The lead of the best over the second is ${short(Math.abs(first.estimate - second.estimate))}, ${noise === null ? 'and what noise is worth is not known' : `within 2 deviations of the noise (${short(noise)})`}`;
      return {
        why: `${lead ?? 'One run of a configuration may be luck'}. Repeat ${rivals.length > 1 ? `the top ${rivals.length}` : 'it'} with new seeds before believing it; this one has ${counted(configuration.trials.length, 'run')}, mean ${short(configuration.mean)}.`,
        changesMind: `${counted(2, 'repeat')} that end ${worse} ${short((rivals.find((rival) => rival.configuration !== configuration)?.configuration ?? configuration).mean)} take it out of the lead.`,
      };
    }
    case 'fill':
      return {
        why: `What is known is too little for a model to say where it is best: this is a place far from the ${counted(experience.complete.length, 'run')} so far, within what was tried.`,
        changesMind: `It is there to learn from, whatever comes out: ${experience.complete.length < fewestRuns ? `${counted(fewestRuns - experience.complete.length, 'more run')} and a model can be judged` : 'with it the model is judged again'}.`,
      };
  }
}

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const shownValue = (value: Value | undefined): string => {
  if (value === undefined) return 'absent';
  const text = levelText(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

const mostNamed = 4;

function differences(params: Values, from: Values | undefined): string {
  if (from === undefined) return '';
  const names = [...new Set([...Object.keys(from), ...Object.keys(params)])].sort();
  const changed = names.filter((name) => shownValue(params[name]) !== shownValue(from[name]));
  const named = changed.slice(0, mostNamed).map((name) => `${name} ${shownValue(from[name])} → ${shownValue(params[name])}`);
  if (named.length === 0) return '';
  return `Against that one: ${named.join(', ')}${changed.length > named.length ? ` and ${changed.length - named.length} more` : ''}.`;
}

/** Which params leave what was tried, and why that is allowed. */
function beyond({ space }: Experience, params: Values): string {
  const outside = space.axes.flatMap((axis) => {
    const value = params[axis.name];
    if (axis.kind !== 'number' || typeof value !== 'number' || value === 0) return [];
    return value < (axis.seen[0] ?? axis.low) || value > (axis.seen.at(-1) ?? axis.high) ? [axis.name] : [];
  });
  return outside.length > 0
    ? ` ${outside.join(' and ')} ${outside.length > 1 ? 'go' : 'goes'} beyond what was tried, because the best runs lie at that edge.`
    : '';
}
