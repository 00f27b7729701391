// What the report says of runs as a table of trials: groups of repeats and effects of params, where there is something to say.

import { type Effects, effectsOf } from '../effects/effects';
import { type GroupStudy, studyGroups } from '../groups/study';
import type { TrialTable } from '../trials/trial';

export interface TrialAnalyses {
  readonly groups?: GroupStudy;
  readonly effects?: Effects;
}

/** Groups where any run was repeated; effects where there are configurations enough for tiers and any param was varied. */
export function trialAnalysesOf(table: TrialTable): TrialAnalyses {
  const groups = studyGroups(table);
  const distinct = groups.groups.filter(({ mean }) => mean !== null).length;
  const effects = distinct >= leastConfigurations ? effectsOf(table) : null;
  return {
    ...(groups.groups.some(({ values }) => values.length > 1) ? { groups } : {}),
    ...(effects?.params.some(({ varied }) => varied) ? { effects } : {}),
  };
}

const leastConfigurations = 10;
