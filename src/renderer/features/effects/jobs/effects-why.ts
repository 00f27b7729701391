// The job that says why one group may be better than another: what must be known first, what differs, and what cannot be known.

import { runId } from '../../../../core/base/units';
import type { ComparabilityNote } from '../../../../core/compare/comparability';
import { seriesId } from '../../../../core/compare/metrics';
import type { Reason } from '../../../../core/compare/reasons';
import { compareGroups, type MetricTest } from '../../../../core/groups/compare-groups';
import { targetMetrics } from '../../../../core/view/target-metrics';
import type { Job, RunRef } from '../../../registry/jobs';

export interface WhyRequest {
  /** The better group, and the one that it is compared with. */
  readonly better: readonly RunRef[];
  readonly other: readonly RunRef[];
}

export interface WhyMetric {
  readonly name: string;
  /** Means over the group; the better of the two groups first. */
  readonly values: readonly [number | null, number | null];
  readonly test: MetricTest | null;
  readonly isBetter: boolean;
}

export interface Why {
  readonly comparability: readonly ComparabilityNote[];
  readonly reasons: readonly Reason[];
  readonly unknowns: readonly string[];
  readonly metrics: readonly WhyMetric[];
}

const mostMetrics = 8;

export const job: Job<WhyRequest, Why> = {
  meta: { id: 'effects-why' },
  async run(request, { store, breathe }) {
    const better = await store.runs(request.better);
    const other = await store.runs(request.other);
    if (better.length === 0 || other.length === 0) throw new Error('runs of this comparison are gone');
    await breathe();
    const [a, b] = [runId('better'), runId('other')];
    const { comparability, reasons, unknowns, metrics, tests } = compareGroups([
      { id: b, name: 'the second', members: other },
      { id: a, name: 'the first', members: better },
    ]);
    const order = new Map(targetMetrics([...better, ...other]).map(({ name }, i) => [name, i]));
    const rows = metrics
      .filter(({ name, values }) => order.has(name) && values.has(a) && values.has(b))
      .sort((x, y) => (order.get(x.name) ?? 0) - (order.get(y.name) ?? 0))
      .slice(0, mostMetrics)
      .map(
        (row): WhyMetric => ({
          name: row.deltaOf === 'best' ? `${row.name} (best)` : row.name,
          values: [row.values.get(a)?.[row.deltaOf] ?? null, row.values.get(b)?.[row.deltaOf] ?? null],
          test: tests.get(seriesId(row))?.get(a) ?? null,
          isBetter: row.better.has(a),
        }),
      );
    return { comparability, reasons: reasons ?? [], unknowns: unknowns ?? [], metrics: rows };
  },
};
