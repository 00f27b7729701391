// The seed among the params: what names a replicate, and is no param of the model.

import { sameValue } from '../compare/same-value';
import { isSeedKey } from '../compare/seed-keys';
import type { Value, Values } from '../model/values';

/** The seed-like key that tells replicates apart: the first by name that varies, else the first; null where there is none. */
export function seedOf(rows: readonly Values[]): string | null {
  const first = new Map<string, Value>();
  const varied = new Set<string>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (!isSeedKey(key)) continue;
      if (!first.has(key)) first.set(key, value);
      else if (!sameValue(first.get(key), value)) varied.add(key);
    }
  }
  const keys = [...first.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return keys.find((key) => varied.has(key)) ?? keys[0] ?? null;
}

export const withoutSeeds = (params: Values): Values => Object.fromEntries(Object.entries(params).filter(([key]) => !isSeedKey(key)));
