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
  if (same(mine, theirs) || same(theirs, base)) return mine;
  if (same(mine, base)) return theirs;
  const both = mergeMembers(base, mine, theirs);
  return same(both, mine) ? mine : both;
}

function mergeMembers(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (base instanceof Map && mine instanceof Map && theirs instanceof Map) return mergeMaps(base, mine, theirs);
  if (base instanceof Set && mine instanceof Set && theirs instanceof Set) return new Set(mergeMaps(asMap(base), asMap(mine), asMap(theirs)).keys());
  if (isListed(base) && isListed(mine) && isListed(theirs)) return [...mergeMaps(byId(base), byId(mine), byId(theirs)).values()];
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) {
    return Object.fromEntries(mergeMaps(new Map(Object.entries(base)), new Map(Object.entries(mine)), new Map(Object.entries(theirs))));
  }
  return mine;
}

function mergeMaps(base: ReadonlyMap<unknown, unknown>, mine: ReadonlyMap<unknown, unknown>, theirs: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  const of = (map: ReadonlyMap<unknown, unknown>, key: unknown): unknown => (map.has(key) ? map.get(key) : absent);
  const result = new Map<unknown, unknown>();
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const value = merged(of(base, key), of(mine, key), of(theirs, key));
    if (value !== absent) result.set(key, value);
  }
  return result;
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
