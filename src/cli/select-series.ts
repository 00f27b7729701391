// Finds the series that `--metric` and `--context` mean.

import { fromLosslessJson } from '../core/base/lossless';
import { contextText, type Run, sameContext } from '../core/model/run';
import type { Values } from '../core/model/values';
import { UsageError } from './exit';
import { nearestTo } from './spelling';

/**
 * The index of a series in `run.series`. Without a context that is the one with `{}`, else the only one of that name.
 * @throws UsageError where it is none or several
 */
export function selectSeries(run: Run, name: string, context: string | undefined): number {
  const named = [...run.series.entries()].filter(([, series]) => series.name === name);
  if (named.length === 0) {
    const names = run.series.map((series) => series.name);
    throw new UsageError(`run ${run.id} has no series '${name}'`, nearestTo(name, names));
  }
  const wanted = context === undefined ? {} : parseContext(context);
  const exact = named.find(([, series]) => sameContext(series.context, wanted));
  if (exact) return exact[0];
  if (context === undefined && named.length === 1) return (named[0] as [number, unknown])[0];
  const contexts = named.map(([, series]) => JSON.stringify(series.context));
  if (context === undefined) throw new UsageError(`'${name}' has ${named.length} contexts; add --context, one of ${contexts.join(' ')}`);
  throw new UsageError(`'${name}' has no context ${contextText(wanted)}; there is ${contexts.join(' ')}`);
}

function parseContext(text: string): Values {
  try {
    const value = fromLosslessJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  } catch {
    // Told below, with what was expected.
  }
  throw new UsageError(`--context wants a JSON object such as '{"subrun":"train"}', not '${text}'`);
}
