// Roles of a run's metrics with reason and unit, what a person stated before what the name suggests.

import type { Run, Series } from '../model/run';
import { inferRole } from '../series/roles';
import { type FoundUnit, unitOf } from '../series/unit';
import { valueDoubts } from '../series/value-checks';
import type { RoleStatement } from './project';

/** What a person writes of a metric that plays none of the roles. */
const noRole = 'none';
const statedReason = 'Stated by a person.';

/** The run with the roles that a person stated, at confidence 1; what a statement leaves open stays as the name has it. The same object where none applies. */
export function withRoles(run: Run, statements: readonly RoleStatement[]): Run {
  const byName = new Map(statements.map((statement) => [statement.metric, statement]));
  if (!run.series.some((series) => byName.has(series.name))) return run;
  return { ...run, series: run.series.map((series) => withRole(series, byName.get(series.name))) };
}

function withRole(series: Series, statement: RoleStatement | undefined): Series {
  if (!statement) return series;
  const { role, split, direction } = statement;
  return {
    ...series,
    role: role === noRole ? null : (role ?? series.role),
    split: split ?? series.split,
    direction: direction ?? series.direction,
    confidence: 1,
  };
}

/** A series' role as it is shown for editing. */
export interface MetricRoleView {
  readonly series: Series;
  readonly reason: string;
  readonly stated: boolean;
  /** A person's unit comes as they wrote it. */
  readonly unit: FoundUnit | { readonly unit: string; readonly reason: string } | null;
  /** What in the values does not fit the role. */
  readonly doubts: readonly string[];
}

/** Every series of the run in its order, with what is thought of it and why. */
export function metricRoles(run: Run, statements: readonly RoleStatement[]): readonly MetricRoleView[] {
  const byName = new Map(statements.map((statement) => [statement.metric, statement]));
  const names = run.series.map(({ name }) => name);
  const stated = withRoles(run, statements);
  // A loss finds its perplexity among these alone: no pass over all series for each of them.
  const perplexities = stated.series.filter(({ role }) => role === 'perplexity');
  return stated.series.map((series) => {
    const statement = byName.get(series.name);
    return {
      series,
      reason: statement ? statedReason : inferRole(series.name, names, { params: run.params, context: series.context }).reason,
      stated: statement !== undefined,
      unit: statement?.unit ? { unit: statement.unit, reason: statedReason } : unitOf(series, perplexities),
      doubts: valueDoubts(series),
    };
  });
}
