// The job that proposes the next experiments.

import { effectsOf, type ParamEffect } from '../../../../core/effects/effects';
import { suggestNext } from '../../../../core/suggest/suggest';
import type { Suggestions } from '../../../../core/suggest/suggestion';
import type { Job } from '../../../registry/jobs';
import { type OrProblem, type TrialsRequest, withTrials } from '../../../workers/trials';

export interface NextRequest extends TrialsRequest {
  readonly count: number;
}

export interface Next {
  readonly next: Suggestions;
  readonly metric: string;
  readonly direction: 'min' | 'max';
}

export const job: Job<NextRequest, OrProblem<Next>> = {
  meta: { id: 'effects-next' },
  run: (request, context) =>
    withTrials(request, context, (table) => ({
      next: suggestNext(table, tiedPairs(effectsOf(table).params), { count: request.count, seed: 1, directionStated: request.direction !== null }),
      metric: table.metric,
      direction: table.direction,
    })),
};

/** Pairs of params that changed together, the strongest tie first, each once. */
function tiedPairs(params: readonly ParamEffect[]): readonly { readonly a: string; readonly b: string }[] {
  const ties = params.flatMap(({ name, aliases, confounders }) => [
    ...aliases.map((other) => ({ a: name, b: other, strength: 1 })),
    ...confounders.filter(({ kind }) => kind === 'param').map((other) => ({ a: name, b: other.name, strength: other.strength })),
  ]);
  return ties.filter(({ a, b }) => a < b).sort((x, y) => y.strength - x.strength);
}
