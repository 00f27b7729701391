// The events of a task on a server, all of them: pages of raw events with iteration and time, or metric by metric where pages would lose some.

import { isObject } from '../../formats/flatten';
import { type JsonObject, objectsOf, textOf } from '../../formats/http-json';
import { numberOf } from '../../formats/numbers';
import type { ClearmlApi } from './server';

/** Plots are long texts. */
const perPage = { training_stats_scalar: 10_000, training_debug_image: 1000, plot: 100 } as const;
/** What a server that counts no further says. */
const endOfCount = 10_000;

export type EventType = keyof typeof perPage;

/** How many events a server told, and how many it holds: null where it does not say. */
export interface Told {
  readonly told: number;
  readonly held: number | null;
}

type Take = (events: readonly JsonObject[]) => void;

/**
 * Takes events page by page, newest iteration first. The server keeps one event for a metric, a variant and an iteration.
 * It goes on from the last iteration of a page, which loses events where one iteration has more than it gives at once, and begins again
 * where that iteration is 0: then it told fewer than it holds.
 */
export async function takePages(task: string, type: EventType, take: Take, api: ClearmlApi, signal: AbortSignal): Promise<Told> {
  const first = new Set<string>();
  let told = 0;
  let held: number | null = null;
  for (let scroll: string | null = null; ; ) {
    const question: object = { task, event_type: type, order: 'desc', batch_size: perPage[type], ...(scroll ? { scroll_id: scroll } : {}) };
    const answer = await api.ask('events.get_task_events', question, signal);
    const events = objectsOf(answer.events);
    if (events.length === 0 || (events[0] && first.has(nameOf(events[0])))) break;
    if (told === 0) {
      for (const event of events) first.add(nameOf(event));
      held = numberOf(answer.total ?? null);
    }
    take(events.map((event) => typed(event, type)));
    told += events.length;
    scroll = textOf(answer.scroll_id);
    if (scroll === null || (held !== null && held !== endOfCount && told >= held)) break;
  }
  return { told, held };
}

/** Events of one kind were asked for: one that does not say its kind is of that. */
const typed = (event: JsonObject, type: EventType): JsonObject => (typeof event.type === 'string' ? event : { ...event, type });
const nameOf = ({ metric, variant, iter, key }: JsonObject): string => JSON.stringify([metric, variant, String(iter), key]);

export const isWhole = ({ told, held }: Told): boolean => held === null || told >= held;

/** The same scalars, slower: 500 at once, from a list that the server keeps. @returns how many */
export async function takeByMetric(task: string, take: Take, api: ClearmlApi, signal: AbortSignal): Promise<number> {
  const { metrics } = await api.ask('events.get_scalar_metrics_and_variants', { task }, signal);
  let told = 0;
  for (const metric of Object.keys(isObject(metrics) ? metrics : {})) {
    let before = '';
    for (let scroll: string | null = null; ; ) {
      const answer: JsonObject = await api.ask('events.get_scalar_metric_data', { task, metric, ...(scroll ? { scroll_id: scroll } : {}) }, signal);
      const events = objectsOf(answer.events);
      const at = events[0] ? nameOf(events[0]) : '';
      if (events.length === 0 || at === before) break;
      before = at;
      take(events.map((event) => typed(event, 'training_stats_scalar')));
      told += events.length;
      scroll = textOf(answer.scroll_id);
      if (scroll === null) break;
    }
  }
  return told;
}
