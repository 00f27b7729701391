// What a comparison of two runs, or two groups of runs, cannot know: said beside the reasons, so that they are not taken for causes.

import { factValue } from '../model/facts';
import type { Run } from '../model/run';
import type { Reason } from './reasons';

/** What limits the reasons, most important first. `sizes` are the runs behind each side: 1 where it is a single run. */
export function unknownsOf(pair: readonly [Run, Run], reasons: readonly Reason[], sizes: readonly [number, number]): readonly string[] {
  const settings = reasons.filter(({ what }) => what === 'param' || what === 'data' || what === 'code' || what === 'length');
  const keys = settings.flatMap(({ key }) => key ?? []);
  const which = keys.length > 3 ? `${keys.slice(0, 3).join(', ')} and ${keys.length - 3} more` : keys.join(' and ');
  return [
    ...(settings.length > 1
      ? [`${settings.length} things changed together (${which}): which of them matters cannot be separated here. Runs that change one at a time would tell.`]
      : []),
    ...noiseOf(sizes),
    ...recorded(pair, 'git_commit', 'the version of the code', 'whether the code changed is unknown'),
    ...uncommitted(pair),
    ...recorded(pair, 'datasets', 'the data', 'whether the data changed is unknown'),
    ...recorded(pair, 'packages', 'package versions', 'whether the environment changed is unknown'),
  ];
}

function noiseOf([a, b]: readonly [number, number]): readonly string[] {
  const least = Math.min(a, b);
  if (least === 1 && a === b) return ['One run each: how far the metrics move with the seed alone is unknown, so the difference may be noise.'];
  if (least === 1) return ['One side is a single run: how far it would move with another seed is unknown.'];
  if (least < 5) return [`${a === b ? `${a} runs each` : `${a} and ${b} runs`}: only large differences stand out from the noise of the seed.`];
  return [];
}

function recorded(pair: readonly [Run, Run], kind: 'git_commit' | 'datasets' | 'packages', what: string, so: string): readonly string[] {
  const lacking = pair.filter((run) => factValue(run.facts, kind) === undefined).length;
  return lacking === 0 ? [] : [`${lacking === 2 ? 'Neither side records' : 'Only one side records'} ${what}: ${so}.`];
}

function uncommitted(pair: readonly [Run, Run]): readonly string[] {
  const open = pair.some((run) => factValue(run.facts, 'git_dirty') === true && factValue(run.facts, 'git_patch') === undefined);
  return open ? ['There were uncommitted changes without a patch: the commit does not tell which code ran.'] : [];
}
