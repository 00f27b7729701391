// The job that says which params mattered, with what its charts are drawn from.

import { type Effects, effectsOf } from '../../../../core/effects/effects';
import { spaceOf } from '../../../../core/effects/space';
import type { TrialTable } from '../../../../core/trials/trial';
import type { PlotTable } from '../../../../core/view/effects-plots';
import type { Job } from '../../../registry/jobs';
import { type OrProblem, type TrialsRequest, withTrials } from '../../../workers/trials';

export const job: Job<TrialsRequest, OrProblem<{ readonly effects: Effects; readonly plots: PlotTable }>> = {
  meta: { id: 'effects-params' },
  run: (request, context) => withTrials(request, context, (table) => ({ effects: effectsOf(table), plots: plotsOf(table) })),
};

/** Params that always changed together are drawn each: which of them a person thinks of is not ours to say. */
function plotsOf(table: TrialTable): PlotTable {
  const { params, aliases } = spaceOf(table);
  return {
    metric: table.metric,
    direction: table.direction,
    trials: table.trials.map(({ id, name, value }) => ({ id, name, value })),
    params: params
      .flatMap((param) => [param, ...(aliases.get(param.name) ?? [])])
      .map(({ name, type, scale, levels, column }) => ({ name, type, scale, levels, column })),
  };
}
