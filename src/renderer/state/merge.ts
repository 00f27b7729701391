// Brings two changes of one thing together: of an open workspace in two windows, or of a step that is undone below a later change.

/** Nothing stands here: a key, member or entry that one side does not have. */
const absent = Symbol('absent');

/**
 * Three-way merge of plain data, maps and sets. What only one side changed is taken from it, member by member; where both changed the
 * same member, `mine` stays. Gives `mine` itself back where nothing came from the other side.
 * @param base what both sides started from
 */
export function mergeChanges<T>(base: T, mine: T, theirs: T): T {
  return merged(base, mine, theirs) as T;
}

function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  // By identity first: in a history most parts are the very same object.
  if (theirs === base || mine === theirs) return mine;
  if (mine === base) return same(mine, theirs) ? mine : theirs;
  if (base instanceof Map && mine instanceof Map && theirs instanceof Map) return mergeMaps(base, mine, theirs) ?? mine;
  if (base instanceof Set && mine instanceof Set && theirs instanceof Set) {
    const members = mergeMaps(asMap(base), asMap(mine), asMap(theirs));
    return members ? new Set(members.keys()) : mine;
  }
  // The order of a list is a change too, and that of whoever changed it.
  if (isListed(base) && isListed(mine) && isListed(theirs) && !same(mine, base)) {
    const members = mergeMaps(byId(base), byId(mine), byId(theirs));
    return members ? [...members.values()] : mine;
  }
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) {
    const members = mergeMaps(new Map(Object.entries(base)), new Map(Object.entries(mine)), new Map(Object.entries(theirs)));
    return members ? Object.fromEntries(members) : mine;
  }
  return same(mine, base) && !same(mine, theirs) ? theirs : mine;
}

type Members = ReadonlyMap<unknown, unknown>;

/** Null where nothing comes from the other side. */
function mergeMaps(base: Members, mine: Members, theirs: Members): Members | null {
  const of = (map: Members, key: unknown): unknown => (map.has(key) ? map.get(key) : absent);
  const result = new Map<unknown, unknown>();
  let differs = false;
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const own = of(mine, key);
    const value = merged(of(base, key), own, of(theirs, key));
    differs ||= value !== own && !Object.is(value, own);
    if (value !== absent) result.set(key, value);
  }
  return differs ? result : null;
}

/** Equal in all they hold. Order counts in lists only; NaN is NaN. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)));
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((value) => b.has(value));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, at) => same(value, b[at]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map) && !(value instanceof Set);

type Listed = readonly { readonly id: string }[];

/** A list whose members have an id each: they are merged one by one. */
const isListed = (value: unknown): value is Listed => Array.isArray(value) && value.every((one) => isPlain(one) && typeof one.id === 'string');
const byId = (list: Listed): ReadonlyMap<string, unknown> => new Map(list.map((one) => [one.id, one]));
const asMap = (set: ReadonlySet<unknown>): ReadonlyMap<unknown, true> => new Map([...set].map((one) => [one, true]));
