// What a stand-in for a ClearML server holds, and how it looks for it: after the server's own source (apiserver/database/model, apiserver/bll/event).

export type Item = Readonly<Record<string, unknown>>;

export interface DrawnEvent {
  readonly type: 'training_stats_scalar' | 'plot' | 'training_debug_image';
  readonly metric: string;
  readonly variant: string;
  readonly iter: number;
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

/** A task as `tasks.get_by_id` tells it, with its events. */
export interface DrawnTask {
  readonly task: Item & { readonly id: string };
  readonly events: readonly DrawnEvent[];
}

export interface Held {
  readonly projects: readonly (Item & { readonly id: string; readonly name: string })[];
  readonly users: readonly (Item & { readonly id: string })[];
  readonly models: readonly (Item & { readonly id: string })[];
  readonly tasks: DrawnTask[];
}

/** How much the server gives at once; its own numbers unless a test wants less. */
export interface Sizes {
  readonly events: number;
  /** Events of the iteration at which a page ends. */
  readonly ofOneIteration: number;
}

export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly subcode: number,
    message: string,
  ) {
    super(message);
  }
}

/** One text, a list of them, or none. */
export const textsOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : []);

const at = (item: Item, path: string): unknown => path.split('.').reduce<unknown>((value, key) => (value as Item | null | undefined)?.[key], item);

/** `id`, `name` and lists of values as the server matches them; `-value` leaves out. */
export function matching<T extends Item>(items: readonly T[], question: Item): readonly T[] {
  const lists = ['id', 'user', 'tags', 'system_tags', 'type', 'status', 'project', 'parent', 'task'];
  return items.filter((item) => {
    if (typeof question.name === 'string' && !pattern(question.name).test(String(item.name))) return false;
    for (const constraint of textsOf(question.status_changed)) {
      const [, sign, date = ''] = /^(>=|>|<=|<)?(.*)$/.exec(constraint) ?? [];
      const [held, bound] = [Date.parse(`${item.status_changed}`), Date.parse(date)];
      if (!(sign === '>=' ? held >= bound : sign === '<=' ? held <= bound : held === bound)) return false;
    }
    return lists.every((field) => {
      const wanted = textsOf(question[field]);
      const held = textsOf(item[field]);
      const [out, among] = [wanted.filter((one) => one.startsWith('-')).map((one) => one.slice(1)), wanted.filter((one) => !one.startsWith('-'))];
      return !out.some((one) => held.includes(one)) && (among.length === 0 || among.some((one) => held.includes(one)));
    });
  });
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new Refused(400, 21, `Malformed regular expression: pattern=${text}`);
  }
}

/** Order, page and fields of a list. */
export function paged<T extends Item>(
  items: readonly T[],
  { order_by: order, page, page_size: size, only_fields: only }: Item,
  fields: ReadonlySet<string>,
): readonly Item[] {
  const sorted = [...items].sort((a, b) => {
    for (const name of textsOf(order)) {
      const [sign, field] = name.startsWith('-') ? [-1, name.slice(1)] : [1, name];
      const [left, right] = [at(a, field), at(b, field)].map((value) => String(value ?? ''));
      if (left !== right) return (left as string) < (right as string) ? -sign : sign;
    }
    return 0;
  });
  const shown = typeof page === 'number' && typeof size === 'number' ? sorted.slice(page * size, (page + 1) * size) : sorted;
  const wanted = textsOf(only);
  const unknown = wanted.filter((field) => !fields.has(field.split('.')[0] ?? ''));
  if (unknown.length > 0) throw new Refused(400, 14, `Fields not defined for object: fields=${unknown.join()}`);
  if (wanted.length === 0) return shown;
  return shown.map((item) => Object.fromEntries(['id', ...wanted.map((field) => field.split('.')[0] as string)].map((field) => [field, item[field]])));
}

/** References become objects, as the calls that end in `_ex` tell them. */
export function joined(item: Item, { projects, users }: Held, only: readonly string[]): Item {
  const join = (field: string, among: readonly (Item & { readonly id: string })[]): Item => {
    const id = item[field];
    if (typeof id !== 'string') return {};
    const name = only.includes(`${field}.name`) ? { name: among.find((one) => one.id === id)?.name } : {};
    return { [field]: { id, ...name } };
  };
  return { ...item, ...join('project', projects), ...join('user', users), ...(typeof item.parent === 'string' ? { parent: item.parent } : {}) };
}

/** What `events.get_task_events` answers: it goes on below or above the last iteration of a page, and where that is 0 from the start again. */
export function eventPage(drawn: DrawnTask, question: Item, sizes: Sizes): Item {
  const scroll =
    typeof question.scroll_id === 'string'
      ? (JSON.parse(Buffer.from(question.scroll_id, 'base64').toString()) as { readonly from: number | null; readonly total: number })
      : null;
  if (scroll && scroll.from === null) return { events: [], returned: 0, total: scroll.total, scroll_id: question.scroll_id };
  const {
    event_type: type,
    order = 'asc',
    batch_size: asked = 500,
  } = question as { readonly event_type?: string; readonly order?: string; readonly batch_size?: number };
  const of = drawn.events.filter((event) => type === undefined || event.type === type);
  const falls = order === 'desc';
  const sorted = [...of].sort((a, b) => (falls ? b.iter - a.iter : a.iter - b.iter));
  // As the server: `if from_key_value:`.
  const rest = scroll?.from ? sorted.filter(({ iter }) => (falls ? iter < (scroll.from as number) : iter > (scroll.from as number))) : sorted;
  const page = rest.slice(0, Math.min(asked, sizes.events));
  const last = page.at(-1)?.iter ?? null;
  const held = new Set(page);
  page.push(
    ...of
      .filter(({ iter }) => iter === last)
      .slice(0, sizes.ofOneIteration)
      .filter((event) => !held.has(event)),
  );
  const total = scroll?.total ?? of.length;
  return { events: page.map((event) => eventItem(drawn, event)), returned: page.length, total, scroll_id: scrollId({ from: last, total }) };
}

/** What `events.get_scalar_metric_data` answers: 500 at once, from a list that is held. */
export function metricPage(drawn: DrawnTask, { metric, scroll_id: scroll }: Item): Item {
  const from = typeof scroll === 'string' ? (JSON.parse(Buffer.from(scroll, 'base64').toString()) as { readonly from: number }).from : 0;
  const of = drawn.events.filter((event) => event.type === 'training_stats_scalar' && event.metric === metric).sort((a, b) => b.iter - a.iter);
  const page = of.slice(from, from + 500);
  return {
    events: page.map((event) => eventItem(drawn, event)),
    returned: page.length,
    total: Math.min(of.length, 10_000),
    scroll_id: scrollId({ from: from + 500 }),
  };
}

const scrollId = (state: object): string => Buffer.from(JSON.stringify(state)).toString('base64');
const eventItem = ({ task }: DrawnTask, event: DrawnEvent): Item => ({
  ...event,
  task: task.id,
  worker: 'lab:0',
  model_event: false,
  '@timestamp': '2026-03-01T10:00:00.000Z',
});
