// What may be claimed from so many runs of such a kind: each gate says what it opens or closes.

import type { TrialTable } from '../trials/trial';
import type { Configurations } from './configurations';
import { isOneAtATime, unequalBudgets } from './confounding';
import type { Estimate } from './estimate';
import type { Space } from './space';

export interface Gate {
  readonly code: 'tiers' | 'numbers' | 'pairs' | 'varied' | 'predictive' | 'replicates' | 'one-at-a-time' | 'budgets' | 'failures' | 'heavy-tails';
  readonly passed: boolean;
  readonly message: string;
}

/** Distinct configurations with an outcome from which tiers, numbers with intervals, and pairs are shown (measured: docs/decisions/0140). */
export const needed = { tiers: 10, numbers: 30, pairs: 100 } as const;
/** Least leave-one-out R² for numbers, and for pairs. */
export const leastPredicted = { numbers: 0.3, pairs: 0.5 } as const;

export function gatesOf(table: TrialTable, space: Space, configurations: Configurations, estimate: Estimate | null): readonly Gate[] {
  const n = configurations.rows.length;
  const { freedom } = configurations.within;
  const budgets = unequalBudgets(table);
  const of = (code: Gate['code'], passed: boolean, message: string): Gate => ({ code, passed, message });
  const size = (code: 'tiers' | 'numbers' | 'pairs', what: string): Gate =>
    of(
      code,
      n >= needed[code],
      n >= needed[code] ? `${n} distinct configurations: ${what}` : `${what} need ${needed[code]} distinct configurations; there are ${n}`,
    );
  const gates = [
    of(
      'varied',
      space.params.length > 0,
      space.params.length > 0 ? `${space.params.length} param${space.params.length === 1 ? ' was' : 's were'} varied` : 'no param was varied',
    ),
    size('tiers', 'tiers'),
    size('numbers', 'numbers with intervals'),
    size('pairs', 'interactions of pairs'),
  ];
  if (estimate && n >= needed.tiers) {
    const r2 = estimate.predicted.toFixed(2);
    const enough = estimate.predicted >= leastPredicted.numbers;
    const message = enough
      ? `the params predict runs that were left out (R² ${r2})`
      : `the params hardly predict runs that were left out (R² ${r2}, at least ${leastPredicted.numbers} is needed for numbers): the spread between runs is mostly not from them`;
    gates.push(of('predictive', enough, message));
  }
  gates.push(
    of(
      'replicates',
      freedom > 0,
      freedom > 0
        ? `${freedom} repeated ${freedom === 1 ? 'run tells' : 'runs tell'} how much the outcome varies by chance`
        : 'no configuration was run twice: how much the outcome varies by chance is only inferred; repeat one or two with other seeds',
    ),
  );
  if (isOneAtATime(space, configurations)) {
    gates.push(
      of(
        'one-at-a-time',
        false,
        'params were changed one at a time: each effect holds only at the usual values of the others, and interactions were not tried',
      ),
    );
  }
  if (budgets) gates.push(of('budgets', false, `the runs were not trained equally long (last steps from ${budgets[0]} to ${budgets[1]})`));
  if (configurations.failed > 0) gates.push(failures(configurations));
  if (configurations.winsorised) {
    const { count, bound } = configurations.winsorised;
    gates.push(
      of(
        'heavy-tails',
        true,
        `${count} very bad outcome${count === 1 ? ' counts' : 's count'} as ${Number(bound.toPrecision(3))}, so that a few runs do not settle everything`,
      ),
    );
  }
  return gates;
}

function failures({ failed, failuresFollow: params }: Configurations): Gate {
  const many = `${failed} run${failed === 1 ? '' : 's'} failed`;
  if (params.length === 0) return { code: 'failures', passed: true, message: `${many}, with no param more than by chance; left out` };
  return {
    code: 'failures',
    passed: false,
    message: `${many}, more with some values of ${params.join(', ')} than with others; each counts as the worst outcome`,
  };
}
