// What a Comet server finds by rules: as much of it as is asked here.
import type { DrawnExperiment } from './double';

interface Rule {
  readonly source: string;
  readonly field: string;
  readonly type: string;
  readonly operator: string;
  readonly value: string | number | null | readonly string[];
}

export interface Group {
  readonly condition: 'AND' | 'OR';
  readonly rules: readonly (Rule | Group)[];
}

export function holds(experiment: DrawnExperiment, rule: Rule | Group): boolean {
  if ('condition' in rule) {
    return rule.condition === 'AND' ? rule.rules.every((one) => holds(experiment, one)) : rule.rules.some((one) => holds(experiment, one));
  }
  const negated = /^(?:is_)?not_/.test(rule.operator);
  return found(experiment, { ...rule, operator: rule.operator.replace('not_', '') }) !== negated;
}

function found(experiment: DrawnExperiment, { source, field, type, operator, value }: Rule): boolean {
  if (typeof type !== 'string') throw new Error(`a rule without type: ${field}`);
  if (source === 'tag') return experiment.tags?.includes(String(value)) ?? false;
  const is = latestOf(experiment, source, field);
  if (operator === 'is_null') return is === undefined;
  if (is === undefined) return false;
  switch (operator) {
    case 'is_empty':
      return is === '';
    case 'equal':
      return is === String(value) || Number(is) === Number(value);
    case 'less':
      return Number(is) < Number(value);
    case 'less_or_equal':
      return Number(is) <= Number(value);
    case 'greater':
      return Number(is) > Number(value);
    case 'greater_or_equal':
      return Number(is) >= Number(value);
    case 'contains':
      return is.includes(String(value));
    case 'begins_with':
      return is.startsWith(String(value));
    case 'ends_with':
      return is.endsWith(String(value));
    case 'between': {
      const [low, high] = value as readonly string[];
      return Number(is) >= Number(low) && Number(is) <= Number(high);
    }
    default:
      throw new Error(`the stand-in knows no ${operator}`);
  }
}

function latestOf({ points = [], parameters = {}, others = {}, metadata }: DrawnExperiment, source: string, field: string): string | undefined {
  if (source === 'metrics') return points.findLast(({ metricName }) => metricName === field)?.metricValue;
  if (source === 'params') return parameters[field];
  if (source === 'log_other') return others[field];
  if (source === 'metadata' && field === 'start_server_timestamp') return String(metadata.startTimeMillis);
  throw new Error(`the stand-in knows no ${source} ${field}`);
}
