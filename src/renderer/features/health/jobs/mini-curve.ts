// The job that draws the small curve beside a finding: its points stay in the worker.

import type { Mark } from '../../../../core/health/finding';
import { type MiniCurve, miniCurve } from '../../../../core/view/mini-curve';
import type { Job, RunRef } from '../../../registry/jobs';

export interface MiniCurveRequest {
  readonly run: RunRef;
  /** Index in the run's series. */
  readonly index: number;
  readonly marks: readonly Mark[];
}

/** Null where no point is finite. */
export const job: Job<MiniCurveRequest, { readonly curve: MiniCurve | null }> = {
  meta: { id: 'mini-curve' },
  async run({ run, index, marks }, { store }) {
    const [points] = await store.points(run.id, [index]);
    return { curve: points ? miniCurve(points, marks) : null };
  },
};
