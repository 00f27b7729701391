// An experiment in the words of Comet's REST interface: name, times, status, tags, params.

import { type EpochMs, epochMs } from '../../base/units';
import { isObject } from '../../formats/flatten';
import { numberOf } from '../../formats/numbers';
import type { RunEvent, RunKey } from '../../model/events';
import type { RunStatus } from '../../model/run';
import type { Value, Values } from '../../model/values';
import { textAt } from './facts';
import { ownOthers } from './meta';

/** @param tags those of the experiment, where the metadata do not hold them */
export function* headerEvents(run: RunKey, metadata: Values, others: Values, system: Values, tags: Value = metadata.tags ?? null): Generator<RunEvent> {
  const status = statusOf(metadata);
  yield {
    kind: 'header',
    run,
    set: {
      name: textAt(metadata, 'experimentName') ?? textAt(others, 'Name'),
      experiment: textAt(metadata, 'projectName'),
      status,
      startedMs: msOf(metadata.startTimeMillis),
      endedMs: metadata.running === true ? null : msOf(metadata.endTimeMillis),
      user: textAt(system, 'user'),
      deleted: metadata.archived === true,
    },
  };
  const names = Array.isArray(tags) ? (tags as readonly Value[]).filter((tag) => typeof tag === 'string') : [];
  const values = Object.entries(others).filter(([name]) => !ownOthers.has(name));
  yield { kind: 'tags', run, values: Object.fromEntries([...values, ...names.map((tag): [string, Value] => [tag, true])]) };
}

export function statusOf({ running, hasCrashed, endTimeMillis }: Values): RunStatus {
  if (hasCrashed === true) return 'failed';
  if (running === true) return 'running';
  return numberOf(endTimeMillis) === null ? 'unknown' : 'finished';
}

export function msOf(value: Value | undefined): EpochMs | null {
  const ms = numberOf(value);
  return ms === null ? null : epochMs(ms);
}

/** The current values of a list of summaries, by name: text as Comet's server keeps them. What is no summary is left out. */
export function currentValues(list: Value | undefined): Values {
  const values: Record<string, Value> = Object.create(null);
  for (const item of Array.isArray(list) ? (list as readonly Value[]) : []) {
    const name = isObject(item) ? textAt(item, 'name') : null;
    if (name !== null) values[name] = (item as Values).valueCurrent ?? null;
  }
  return values;
}

/** Whole numbers written as text, for what looks for a seed. */
export const numbersIn = (params: Values): Values =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value]));
