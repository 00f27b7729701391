// What a config and a logged row of Trackio mean, whichever way they are kept.

import { epochMs } from '../../base/units';
import { flatten, isObject } from '../../formats/flatten';
import { seedFacts } from '../../formats/seed';
import { parseTimestamp } from '../../formats/timestamp';
import type { RunEvent, RunKey } from '../../model/events';
import type { Evidence } from '../../model/facts';
import type { Value, Values } from '../../model/values';
import type { ReaderMeta } from '../../source/reader';

/** What both readers say of themselves. */
export const trackio = {
  family: 'trackio',
  tracker: { name: 'Trackio', short: 'Trackio' },
  words: { experiment: 'project' },
  records: { config: 'auto', hardware: 'optional' },
} as const satisfies Partial<ReaderMeta>;

/** Keys of the config that Trackio writes by itself. */
const own = { created: '_Created', user: '_Username', group: '_Group' } as const;

/** Start, user, group and params of a run's config. */
export function* configEvents(run: RunKey, stored: Values, place: Pick<Evidence, 'file' | 'where'>): Generator<RunEvent> {
  const { [own.created]: created, [own.user]: user, [own.group]: group, ...rest } = stored;
  const startedMs = typeof created === 'string' ? parseTimestamp(created) : null;
  const set = { startedMs: startedMs === null ? null : epochMs(startedMs), user: textOrNull(user), group: textOrNull(group) };
  yield { kind: 'header', run, set };
  const params = flatten(rest);
  yield { kind: 'params', run, values: params };
  for (const fact of seedFacts(params, place)) yield { kind: 'fact', run, fact };
}

/** Names and values of a row: nested names are joined, media stay whole. */
export function* loggedValues(metrics: Values, prefix = '', depth = 1): Generator<readonly [string, Value]> {
  for (const [key, value] of Object.entries(metrics)) {
    const name = prefix + key;
    if (isObject(value) && typeof value._type !== 'string' && depth < 64) yield* loggedValues(value, `${name}/`, depth + 1);
    else if (!isObject(value) || typeof value._type === 'string') yield [name, value];
  }
}

/** `trackio.image` → `image`. */
export const mediaKind = ({ _type: type }: Values): string => String(type).replace(/^trackio\./, '');

const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
