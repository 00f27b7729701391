// A point of a metric, in the words of Comet's REST interface.

import { numberOf, parseNumber } from '../../formats/numbers';
import type { Values } from '../../model/values';
import type { PointCollector } from '../_logs/collector';

/**
 * Takes a point in: values are text, a step may be absent, `runContext` tells series of one name apart.
 * @returns false where its value is no number
 */
export function addPoint({ metricName, metricValue, step, timestamp, runContext }: Values & { readonly metricName: string }, points: PointCollector): boolean {
  const value = typeof metricValue === 'string' ? parseNumber(metricValue) : numberOf(metricValue);
  if (value === null) return false;
  const context = typeof runContext === 'string' && runContext !== '' ? { context: { context: runContext } } : {};
  const at = typeof step === 'number' || typeof step === 'bigint' ? step : null;
  points.add(metricName, at, numberOf(timestamp), value, { system: metricName.startsWith('sys.'), ...context });
  return true;
}
