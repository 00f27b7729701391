// Which part each column, key or group of a mapping plays.

import { nameTest } from './globs';
import { type Mapping, stepColumns } from './mapping';

export type Role = 'step' | 'time' | 'run' | 'param' | 'metric' | 'maybe-metric' | 'none';

/**
 * The part of a name, remembered. `metric` was asked for by name: a text in it is told; `maybe-metric` is one where it holds numbers.
 * Names that begin with `_` and what steps are counted with are no metrics unless they are asked for.
 */
export function rolesOf(mapping: Mapping): (name: string) => Role {
  const steps = new Set(stepsOf(mapping));
  const ignored = nameTest(mapping.ignore);
  const params = nameTest(mapping.params);
  const metrics = mapping.metrics === null ? null : nameTest(mapping.metrics);
  const known = new Map<string, Role>();
  const decide = (name: string): Role => {
    if (typeof mapping.run === 'object' && mapping.run.column === name) return 'run';
    if (mapping.time?.column === name) return 'time';
    if (metrics?.(name)) return 'metric';
    if (steps.has(name)) return 'step';
    if (ignored(name)) return 'none';
    if (params(name)) return 'param';
    return metrics !== null || name.startsWith('_') ? 'none' : 'maybe-metric';
  };
  return (name) => {
    let role = known.get(name);
    if (role === undefined) {
      role = decide(name);
      known.set(name, role);
    }
    return role;
  };
}

/** What steps are counted with: of several columns that may be one only the first, so that an epoch beside a step stays a series. */
function stepsOf(mapping: Mapping): readonly string[] {
  const rules = [mapping.step, ...mapping.lines.map(({ step }) => step)];
  return rules.flatMap((rule) => (rule?.kind === 'columns' ? rule.columns.slice(0, 1) : stepColumns(rule)));
}
