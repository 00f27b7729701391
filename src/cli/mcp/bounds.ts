// Answers that fit: whole items first, then shorter lists within them; what was left out is said, and how to ask for it.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A part of an answer that was cut. */
export type LeftOut = { readonly what: string; readonly kept: number; readonly of: number; readonly narrow: string };

export interface Bounded {
  readonly document: JsonObject;
  readonly leftOut: readonly LeftOut[];
  /** Items of the list that are in the document. */
  readonly kept: number;
}

interface Level {
  readonly items: number;
  readonly text: number;
}

/** From whole to hardly anything; the first at which an item fits is taken: fewer items whole are worth more than many in pieces. */
const levels: readonly Level[] = [
  { items: Number.POSITIVE_INFINITY, text: Number.POSITIVE_INFINITY },
  { items: 100, text: 4000 },
  { items: 30, text: 1500 },
  { items: 10, text: 600 },
  { items: 4, text: 300 },
  { items: 1, text: 120 },
];
/** An object with more members is a table (params, tags), not a record. */
const mostMembers = 60;
/** Room for the words on what was left out. */
const reserve = 1200;

/**
 * Cuts a document to a number of characters as JSON.
 * @param list name of the member that is cut by whole items from its end; null where there is none
 * @param narrow how to ask for what is left out
 */
export function bounded(document: JsonObject, limit: number, { list, narrow }: { readonly list: string | null; readonly narrow: string }): Bounded {
  const listed = list === null ? undefined : document[list];
  const items = isArray(listed) ? listed : [];
  if (sizeOf(document) <= limit) return { document, leftOut: [], kept: items.length };
  const rest = Object.fromEntries(Object.entries(document).filter(([key]) => key !== list));
  for (const level of levels) {
    const found = attempt(rest, items, level, { list, room: limit - reserve, narrow });
    if (found && (found.kept > 0 || items.length === 0)) return found;
  }
  return { document: {}, leftOut: [{ what: 'the whole answer', kept: 0, of: 1, narrow }], kept: 0 };
}

/** Null where not even the members beside the list fit. */
function attempt(
  rest: JsonObject,
  items: readonly Json[],
  level: Level,
  { list, room, narrow }: { readonly list: string | null; readonly room: number; readonly narrow: string },
): Bounded | null {
  const cuts = new Map<string, { kept: number; of: number }>();
  const shortRest = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, cut(value, key, level, cuts)]));
  let size = sizeOf(shortRest) + (list?.length ?? 0) + 8;
  if (size > room) return null;
  const kept: Json[] = [];
  for (const item of items) {
    const short = cut(item, `${list}[]`, level, cuts);
    size += sizeOf(short) + 1;
    if (size > room) break;
    kept.push(short);
  }
  const leftOut = [...cuts].slice(0, 8).map(([what, { kept: left, of }]) => ({ what, kept: left, of, narrow }));
  if (kept.length < items.length) leftOut.unshift({ what: list ?? '', kept: kept.length, of: items.length, narrow });
  return { document: list === null ? shortRest : { ...shortRest, [list]: kept }, leftOut, kept: kept.length };
}

function cut(value: Json, place: string, level: Level, cuts: Map<string, { kept: number; of: number }>): Json {
  const note = (of: number, kept: number, where: string) => {
    if (of > (cuts.get(where)?.of ?? 0)) cuts.set(where, { kept, of });
  };
  if (typeof value === 'string') {
    if (value.length <= level.text) return value;
    note(value.length, level.text, `characters of ${place}`);
    return `${value.slice(0, level.text)}…`;
  }
  if (isArray(value)) {
    if (value.length > level.items) note(value.length, level.items, place);
    return value.slice(0, level.items).map((one) => cut(one, `${place}[]`, level, cuts));
  }
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value);
  const isTable = members.length > Math.max(mostMembers, level.items);
  if (isTable) note(members.length, level.items, place);
  return Object.fromEntries(
    (isTable ? members.slice(0, level.items) : members).map(([key, one]) => [key, cut(one, isTable ? `${place}.*` : `${place}.${key}`, level, cuts)]),
  );
}

const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const sizeOf = (value: Json): number => JSON.stringify(value).length;
