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
type Pages = AsyncGenerator<readonly JsonObject[], boolean>;

/**
 * Pages of events, newest iteration first. The server keeps one event for a metric, a variant and an iteration.
 * @returns whether these were all: a server goes on from the last iteration of a page, which loses events where one iteration has more
 *   than it gives at once, and begins again where that iteration is 0
 */
export async function* eventPages(task: string, type: EventType, api: ClearmlApi, signal: AbortSignal): Pages {
  const first = new Set<string>();
  let told = 0;
  let total: number | null = null;
  for (let scroll: string | null = null; ; ) {
    const question: object = { task, event_type: type, order: 'desc', batch_size: perPage[type], count_total: true, ...(scroll ? { scroll_id: scroll } : {}) };
    const answer = await api.ask('events.get_task_events', question, signal);
    const events = objectsOf(answer.events);
    if (events.length === 0 || (events[0] && first.has(nameOf(events[0])))) break;
    if (told === 0) {
      for (const event of events) first.add(nameOf(event));
      total = numberOf(answer.total ?? null);
    }
    yield events.map((event) => typed(event, type));
    told += events.length;
    scroll = textOf(answer.scroll_id);
    if (scroll === null || (total !== null && total !== endOfCount && told >= total)) break;
  }
  return total === null || told >= total;
}

/** Events of one kind were asked for: one that does not say its kind is of that. */
const typed = (event: JsonObject, type: EventType): JsonObject => (typeof event.type === 'string' ? event : { ...event, type });
const nameOf = ({ metric, variant, iter, key }: JsonObject): string => JSON.stringify([metric, variant, String(iter), key]);

/** The same scalars, slower: 500 at once, from a list that the server holds. */
export async function* scalarPages(task: string, api: ClearmlApi, signal: AbortSignal): AsyncGenerator<readonly JsonObject[]> {
  const { metrics } = await api.ask('events.get_scalar_metrics_and_variants', { task }, signal);
  for (const metric of Object.keys(isObject(metrics) ? metrics : {})) {
    let before = '';
    for (let scroll: string | null = null; ; ) {
      const answer: JsonObject = await api.ask('events.get_scalar_metric_data', { task, metric, ...(scroll ? { scroll_id: scroll } : {}) }, signal);
      const events = objectsOf(answer.events);
      const at = events[0] ? nameOf(events[0]) : '';
      if (events.length === 0 || at === before) break;
      before = at;
      yield events.map((event) => typed(event, 'training_stats_scalar'));
      scroll = textOf(answer.scroll_id);
      if (scroll === null) break;
    }
  }
}
