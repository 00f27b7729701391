// What the hyperparameter plugin of a running TensorBoard answers, in the terms of its event files.

import type { Sessions } from '../../formats/event-hparams';
import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { Value } from '../../model/values';

export type Session = Sessions;

const statuses: Readonly<Record<string, Sessions['status']>> = {
  STATUS_UNKNOWN: 'unknown',
  STATUS_SUCCESS: 'success',
  STATUS_FAILURE: 'failure',
  STATUS_RUNNING: 'running',
};

/** The sessions of one group, by run: they share their hyperparameters. */
export function sessionsOf({ name: group, hparams, sessions }: JsonObject): [string, Session][] {
  const params = new Map(isObject(hparams) ? Object.entries(hparams) : []);
  return objectsOf(sessions).flatMap(({ name, status, startTimeSecs, endTimeSecs }): [string, Session][] => {
    const run = textOf(name);
    if (run === null) return [];
    const told = { params, startSeconds: secondsOf(startTimeSecs), endSeconds: secondsOf(endTimeSecs), experiment: null };
    // A group that nobody named is called like its run.
    return [[run, { ...told, status: statuses[textOf(status) ?? ''] ?? null, group: group === run ? null : textOf(group) || null }]];
  });
}

/** Zero is what is left unset. */
function secondsOf(value: Value | undefined): number | null {
  const seconds = numberOf(value ?? null);
  return seconds !== null && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
