// Metrics that runs of their kind should log at the least and do not. What is merely advised is a next step.

import type { RunId } from '../../base/units';
import type { ExpectedMetrics, MissingMetric } from '../../health/expected/missing';
import { claim, fixOf } from '../claim';
import type { Engine } from '../engine';
import { counted } from '../words';

/** The kind of problem is read from names: a metric may be there under a name that says nothing. */
const trust = 0.8;

export const engine: Engine = {
  meta: { id: 'expected', title: 'Expected metrics' },
  claims: ({ expected }) =>
    missingMetrics(expected, 'minimum').map(({ metric, found, runs, of }) =>
      claim({
        rule: `expected/${metric.id}`,
        title: `Not logged: ${metric.label}`,
        severity: metric.maybe === null ? 'note' : 'info',
        confidence: trust * found.domain.confidence,
        summary: `${counted(runs.length, 'run')} of ${of} that look like ${found.domain.label} ${runs.length === 1 ? 'logs' : 'log'} no ${metric.label}. ${metric.why}`,
        numbers: { domain: found.domain.id, domain_confidence: found.domain.confidence, runs: runs.length, of },
        runs,
        caveat: `It may be logged under a name that does not say so. The kind of problem is read from: ${found.domain.reason}`,
        fix: fixOf(metric.advice),
        link: { label: 'Missing metrics', place: ['health', 'missing'] },
      }),
    ),
  notAssessed({ expected }) {
    const unclear = [...expected].filter(([, found]) => found === null).map(([run]) => run);
    return unclear.length === 0
      ? []
      : [{ rule: 'expected', reason: 'What kind of problem it is does not show, or there is no curve: what should be logged cannot be told.', runs: unclear }];
  },
};

export interface MissingOfRuns {
  readonly metric: MissingMetric;
  readonly found: ExpectedMetrics;
  readonly runs: readonly RunId[];
  /** Runs of this kind of problem. */
  readonly of: number;
}

/** Missing metrics of a level, each once with the runs that lack it; those that most runs lack first. */
export function missingMetrics(expected: ReadonlyMap<RunId, ExpectedMetrics | null>, level: MissingMetric['level']): readonly MissingOfRuns[] {
  const kinds = new Map<string, number>();
  const found = new Map<string, MissingOfRuns>();
  for (const [run, one] of expected) {
    if (!one) continue;
    kinds.set(one.domain.id, (kinds.get(one.domain.id) ?? 0) + 1);
    for (const metric of one.missing) {
      if (metric.level !== level) continue;
      const key = `${one.domain.id} ${metric.id} ${metric.maybe === null}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, runs: [...known.runs, run] } : { metric, found: one, runs: [run], of: 0 });
    }
  }
  return [...found.values()]
    .map((one) => ({ ...one, of: kinds.get(one.found.domain.id) ?? 0 }))
    .sort((a, b) => b.runs.length - a.runs.length || (a.metric.id < b.metric.id ? -1 : a.metric.id > b.metric.id ? 1 : 0));
}
