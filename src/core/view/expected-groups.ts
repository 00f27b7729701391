// Missing metrics of many runs as few groups: runs of one kind that lack the same stand together.

import type { FoundDomain } from '../health/expected/domain';
import type { ExpectedMetrics, MissingMetric } from '../health/expected/missing';
import type { Run } from '../model/run';

export interface ExpectedGroup {
  /** As its first run says it. */
  readonly domain: FoundDomain;
  readonly logged: readonly string[];
  readonly missing: readonly MissingMetric[];
  readonly runs: readonly Run[];
}

export interface ExpectedView {
  /** Those that lack the most of the minimum first, then by how many runs. */
  readonly groups: readonly ExpectedGroup[];
  /** Runs whose kind is not clear, or that logged no curve. */
  readonly unclear: readonly Run[];
}

export function expectedView(runs: readonly Run[], expected: readonly (ExpectedMetrics | null)[]): ExpectedView {
  const groups = new Map<string, { readonly found: ExpectedMetrics; readonly runs: Run[] }>();
  const unclear: Run[] = [];
  for (const [at, run] of runs.entries()) {
    const found = expected[at];
    if (!found) {
      unclear.push(run);
      continue;
    }
    const key = JSON.stringify([found.domain.id, found.missing.map(({ id, maybe, advice }) => [id, maybe, advice.code])]);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { found, runs: [run] });
  }
  return {
    groups: [...groups.values()]
      .map(({ found, runs: members }) => ({ ...found, runs: members }))
      .sort((a, b) => minimumOf(b) - minimumOf(a) || b.missing.length - a.missing.length || b.runs.length - a.runs.length),
    unclear,
  };
}

const minimumOf = ({ missing }: Pick<ExpectedGroup, 'missing'>): number => missing.filter(({ level }) => level === 'minimum').length;
