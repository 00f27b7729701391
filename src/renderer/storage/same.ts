// Whether two stored values are the same, NaN and −0 told apart as they are.

/** Deep equality over plain data: arrays, objects, primitives, bigint. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, at) => same(value, b[at]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  // A field that is undefined is stored as one that is not there.
  const keys = (of: Record<string, unknown>): readonly string[] => Object.keys(of).filter((key) => of[key] !== undefined);
  const names = keys(left);
  return names.length === keys(right).length && names.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}
