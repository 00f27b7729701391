// Code joined with the runs that it made: what runs hold confirms a finding or withdraws it.

import type { RunId } from '../base/units';
import { factValue } from '../model/facts';
import type { Run } from '../model/run';
import { isGradientNorm, isLearningRate, isTaskMetric } from './facts/metrics';
import type { RunsVerdict } from './finding';

interface Question {
  /** What a run must hold for the finding to be refuted, in words that begin a sentence. */
  readonly what: string;
  holds(run: Run): boolean;
}

const hasSeries = ({ series }: Run, is: (one: Run['series'][number]) => boolean): boolean => series.some((one) => !one.system && one.count > 0 && is(one));
const seedName = /(^|[._/-])(random_?)?(seed|random_state)$/i;

/** Rules that a run can answer. */
const questions: Readonly<Record<string, Question>> = {
  'E-01': { what: 'A metric', holds: (run) => hasSeries(run, ({ role }) => role !== 'counter') },
  'E-03': { what: 'A set of params', holds: ({ params }) => Object.keys(params).length > 0 },
  'E-06': { what: 'A curve of the training', holds: (run) => hasSeries(run, ({ split, count, role }) => split === 'train' && count > 1 && role !== 'counter') },
  'E-07': { what: 'A metric of held-out data', holds: (run) => hasSeries(run, ({ split }) => split === 'val' || split === 'test') },
  'E-08': { what: 'A task metric', holds: (run) => hasSeries(run, ({ name }) => isTaskMetric(name)) },
  'E-09': { what: 'A learning rate', holds: (run) => hasSeries(run, ({ name, count }) => count > 1 && isLearningRate(name)) },
  'E-12': {
    what: 'A seed',
    holds: ({ params, facts }) => factValue(facts, 'seed') !== undefined || Object.keys(params).some((name) => seedName.test(name)),
  },
  'E-16': {
    what: 'A data set with a digest or version',
    holds: ({ facts }) => (factValue(facts, 'datasets') ?? []).some(({ digest, version }) => Boolean(digest) || Boolean(version)),
  },
  'E-18': { what: 'A commit', holds: ({ facts }) => factValue(facts, 'git_commit') !== undefined },
  'E-19': { what: 'A list of packages', holds: ({ facts }) => Object.keys(factValue(facts, 'packages') ?? {}).length > 0 },
  'E-21': { what: 'A checkpoint', holds: ({ facts }) => (factValue(facts, 'checkpoint') ?? []).length > 0 },
  'E-30': { what: 'A norm of the gradient', holds: (run) => hasSeries(run, ({ name }) => isGradientNorm(name)) },
};

/**
 * What runs say of a rule's findings: withdrawn where all of them hold what the rule misses, confirmed where one does not.
 * @returns undefined without runs, or where a run cannot tell
 */
export function judgeByRuns(rule: string, runs: readonly Run[]): RunsVerdict | undefined {
  const question = questions[rule];
  if (!question || runs.length === 0) return undefined;
  const holding = runs.filter((run) => question.holds(run)).length;
  const of = runs.length;
  const reason = `${question.what} is in ${holding} of ${of} run${of === 1 ? '' : 's'}.`;
  return holding === of ? { verdict: 'withdrawn', runs: holding, of, reason } : { verdict: 'confirmed', runs: of - holding, of, reason };
}

/** The runs that speak for a verdict: those that hold what a withdrawn finding misses, those that lack it where it is confirmed. */
export function speakingRuns(rule: string, { verdict }: RunsVerdict, runs: readonly Run[]): readonly RunId[] {
  const question = questions[rule];
  return question ? runs.filter((run) => question.holds(run) === (verdict === 'withdrawn')).map(({ id }) => id) : [];
}
