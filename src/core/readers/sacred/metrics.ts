// metrics.json: per metric its values, steps and times, side by side.

import { type Issue, issue } from '../../base/issues';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { Value } from '../../model/values';
import { timeMs } from '../_history/columns';

const batchPoints = 65_536;

/** Series and points; trouble is added to `issues`. */
export function* metricEvents(run: RunKey, value: Value, issues: Issue[], file: string): Generator<RunEvent> {
  if (!isObject(value)) {
    issues.push(issue('bad-value', 'metrics.json holds no metrics.', { file }));
    return;
  }
  const uneven: string[] = [];
  let bad = 0;
  let series = 0;
  for (const [name, metric] of Object.entries(value)) {
    const column = (key: string): readonly Value[] => (isObject(metric) && Array.isArray(metric[key]) ? metric[key] : []);
    const [values, steps, stamps] = [column('values'), column('steps'), column('timestamps')];
    const logged = values.flatMap((item, at) => {
      const number = measured(item);
      if (number === null) bad++;
      return number === null ? [] : [{ at, number }];
    });
    if (steps.length !== values.length || stamps.length !== values.length) uneven.push(name);
    yield { kind: 'series', run, series, key: { name, context: {} } };
    for (let from = 0; from < logged.length; from += batchPoints) {
      const batch = logged.slice(from, from + batchPoints);
      yield {
        kind: 'points',
        run,
        series,
        steps: steps.length === 0 ? null : Float64Array.from(batch, ({ at }) => measured(steps[at]) ?? Number.NaN),
        values: Float64Array.from(batch, ({ number }) => number),
        times: stamps.length === 0 ? null : Float64Array.from(batch, ({ at }) => timeOf(stamps[at])),
      };
    }
    series++;
  }
  if (uneven.length > 0) issues.push(issue('bad-record', `Values, steps and times differ in number: ${uneven.slice(0, 5).join(', ')}.`, { file }));
  if (bad > 0) issues.push(issue('bad-value', `Values that are no numbers were left out: ${bad}.`, { file }));
}

/** Older versions write a scalar of numpy as `{"dtype": "float64", "value": 0.5}`. */
function measured(value: Value | undefined): number | null {
  const plain = isObject(value) && 'value' in value ? value.value : value;
  return typeof plain === 'boolean' || plain === undefined ? null : numberOf(plain);
}

/** ISO time without a zone is UTC. */
const timeOf = (value: Value | undefined): number => (typeof value === 'string' ? timeMs(value) : Number.NaN);
