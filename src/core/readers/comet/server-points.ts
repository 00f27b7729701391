// The points of an experiment on a server: all that it keeps of every metric, and whether that is a sample.

import { ahead } from '../../base/ahead';
import { issue } from '../../base/issues';
import { type JsonObject, textOf } from '../../formats/http-json';
import type { RunEvent, RunKey } from '../../model/events';
import type { ReadContext } from '../../source/reader';
import { addPoint } from '../_comet/points';
import { PointCollector } from '../_logs/collector';
import type { CometApi } from './api';
import { FullMetrics } from './full-metrics';

/** Values of a metric that the service keeps at most; of more it keeps a sample (Comet, "Rate limits and performance"). */
const mostValues = 15_000;
/** Longer curves are looked for in the files that hold everything: how short a sample is, is not documented. */
const longCurve = 1_000;
const metricsAtOnce = 4;

interface Wanted {
  readonly key: string;
  readonly names: ReadonlySet<string>;
  /** The service limited how fast the experiment logged. */
  readonly throttled: boolean;
}

export async function* pointEvents(run: RunKey, { key, names, throttled }: Wanted, api: CometApi, context: ReadContext): AsyncGenerator<RunEvent> {
  const points = new PointCollector(run, context.limits.seriesPerRun);
  const together = await allTogether(key, api, context);
  const full = new FullMetrics(key, new Set([...names, ...together.keys()]), api, context);
  const sampled: string[] = [];
  let bad = 0;
  let firstBad: string | null = null;
  for await (const [name, rows] of metricsOf(key, together, names, api, context)) {
    const whole = rows.length >= longCurve ? await full.longer(name, rows) : null;
    if (whole === null && rows.length >= mostValues) sampled.push(name);
    for (const row of whole ?? rows) {
      if (addPoint({ ...row, metricName: name }, points)) continue;
      bad++;
      firstBad ??= name;
    }
    yield* points.drain();
  }
  yield* points.flush(true);
  for (const one of full.issues) yield { kind: 'issue', run, issue: one };
  if (bad > 0) {
    const message = `${bad} values of metrics are no numbers and were skipped.`;
    yield { kind: 'issue', run, issue: issue('bad-value', message, { file: 'experiment/metrics/get-metric', where: `metric ${firstBad}` }) };
  }
  const [first] = sampled;
  if (first !== undefined) {
    const whose = sampled.length === 1 ? `${first} has` : `${sampled.length} metrics, ${first} among them, have`;
    const message = `${whose} as many points as Comet keeps of a metric (${mostValues}) or more: of longer curves that is a sample.`;
    yield { kind: 'issue', run, issue: issue('sampled', message, { where: first, tip }) };
  } else if (throttled) {
    yield { kind: 'issue', run, issue: issue('sampled', 'Comet limited how much this experiment could log: points may be missing.', { tip }) };
  }
}

const tip = 'Comet keeps every point where an organisation has “Store metrics without sampling” switched on. Offline archives hold every point, too.';

/** The metrics that one answer holds, by name. */
async function allTogether(key: string, api: CometApi, { signal }: ReadContext): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const found = new Map<string, JsonObject[]>();
  for (const row of (await api.allPoints(key, signal)) ?? []) {
    const name = textOf(row.metricName);
    if (name === null) continue;
    const rows = found.get(name);
    if (rows) rows.push(row);
    else found.set(name, [row]);
  }
  return found;
}

/** Those of one answer, and one by one those that were not in it. */
async function* metricsOf(
  key: string,
  together: ReadonlyMap<string, readonly JsonObject[]>,
  names: ReadonlySet<string>,
  api: CometApi,
  { signal }: ReadContext,
): AsyncGenerator<readonly [string, readonly JsonObject[]]> {
  yield* together;
  const others = [...names].filter((name) => !together.has(name));
  yield* ahead(others, metricsAtOnce, async (name) => [name, await api.points(key, name, signal)] as const);
}
