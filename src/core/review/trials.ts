// The runs as one table: those of the experiment that most runs belong to, by the metric that they are most likely judged by.

import { effectsOf } from '../effects/effects';
import { studyGroups } from '../groups/study';
import type { Run } from '../model/run';
import { suggestNext } from '../suggest/suggest';
import { trialsFromRuns } from '../trials/from-runs';
import type { TrialTable } from '../trials/trial';
import type { TrialsJudged } from './input';
import { byId } from './words';

export interface JudgedBy {
  readonly metric: string;
  /** Null: as the metric's name says. */
  readonly direction: 'min' | 'max' | null;
}

export const suggested = 5;

/**
 * The table of the largest experiment.
 * @param targets metrics, the likeliest target first
 */
export function tableOfReview(
  runs: readonly Run[],
  targets: (runs: readonly Run[]) => readonly { readonly name: string }[],
  judgedBy: JudgedBy | null = null,
): TrialTable | { readonly problem: string } {
  const ofOne = largestExperiment(runs);
  if (ofOne.length === 0) return { problem: 'No runs were reviewed.' };
  if (ofOne.length < 2) return { problem: 'One run alone says nothing of params, repeats or what to try next.' };
  const metric = judgedBy?.metric ?? targets(ofOne)[0]?.name;
  if (metric === undefined) return { problem: 'No metric is logged that runs could be judged by.' };
  const { table, problem } = trialsFromRuns(ofOne, { metric, ...(judgedBy?.direction ? { direction: judgedBy.direction } : {}) });
  return table ?? { problem: `${problem.message.charAt(0).toUpperCase()}${problem.message.slice(1)}.` };
}

/** Groups, effects and next experiments of a table; `breathe` is awaited between them. */
export async function judgeTable(table: TrialTable, breathe: () => Promise<void> = async () => {}): Promise<TrialsJudged> {
  await breathe();
  const groups = studyGroups(table);
  await breathe();
  const effects = effectsOf(table);
  await breathe();
  return { table, groups, effects, next: suggestNext(table, { count: suggested, seed: 1 }) };
}

/** Runs of one experiment are meant to be compared; of several, those of the largest. Of equal ones, those that logged more params, then by name. */
function largestExperiment(runs: readonly Run[]): readonly Run[] {
  const experiments = new Map<string, Run[]>();
  for (const run of [...runs].filter(({ deleted }) => !deleted).sort(byId)) {
    const key = run.experiment ?? '';
    const members = experiments.get(key);
    if (members) members.push(run);
    else experiments.set(key, [run]);
  }
  return [...experiments].sort(([a, x], [b, y]) => y.length - x.length || paramsOf(y) - paramsOf(x) || (a < b ? -1 : 1))[0]?.[1] ?? [];
}

const paramsOf = (runs: readonly Run[]): number => runs.reduce((sum, { params }) => sum + Object.keys(params).length, 0);
